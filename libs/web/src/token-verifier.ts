import { readFile } from 'node:fs/promises';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { isRole, type Role } from '#libs/access';
import type { Settings } from '#libs/settings';
import { ensureIssuerKey, publicKeys } from './issuer-key.js';
import { Problem, unavailable } from './problem.js';

/** Who sent a request, by their token. */
export interface Principal {
  readonly id: string;
  readonly roles: readonly Role[];
}

/** Answers whose token it is; throws the Problem (401, or 503 where the keys cannot be had). */
export type VerifyToken = (token: string) => Promise<Principal>;

/** Signatures only: a shared secret or `none` would let any holder of a public key sign. */
const ALGORITHMS = [
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
];
const ACTOR_ID_MAX = 200;

/** Throws, in one line, where the key set cannot be read at start. */
export async function createTokenVerifier({
  auth,
  keysDir,
}: Pick<Settings, 'auth' | 'keysDir'>): Promise<VerifyToken> {
  const { issuer, audience } = auth;
  const keys = await keysOf(auth.keys, keysDir);
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: 5,
      });
      return principalOf(payload);
    } catch (error) {
      throw problemOf(error, auth);
    }
  };
}

async function keysOf(keys: Settings['auth']['keys'], keysDir: string): Promise<JWTVerifyGetKey> {
  switch (keys.kind) {
    case 'url':
      return createRemoteJWKSet(keys.url, { timeoutDuration: 3000 });
    case 'file':
      return localKeys(keys.file);
    case 'development':
      return createLocalJWKSet(publicKeys(await ensureIssuerKey(keysDir)));
  }
}

async function localKeys(file: string): Promise<JWTVerifyGetKey> {
  try {
    return createLocalJWKSet(JSON.parse(await readFile(file, 'utf8')) as JSONWebKeySet);
  } catch {
    throw new Error(`AUTH_JWKS_FILE=${file}: this is no readable file with a JSON Web Key Set.`);
  }
}

function principalOf({ sub, ['roles']: claimed }: JWTPayload): Principal {
  if (typeof sub !== 'string' || sub === '' || sub.length > ACTOR_ID_MAX) {
    throw unauthenticated(`The token's subject must have 1 to ${ACTOR_ID_MAX} characters.`);
  }
  return { id: sub, roles: Array.isArray(claimed) ? claimed.filter(isRole) : [] };
}

function problemOf(error: unknown, auth: Settings['auth']): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof errors.JWTExpired) {
    return unauthenticated('The token has expired; get a new one.');
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return unauthenticated(
      `The token must name the issuer "${auth.issuer}" and the audience "${auth.audience}", ` +
        'and say whose it is (sub) and until when it holds (exp).',
    );
  }
  const isTokenFault =
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    error.code !== 'ERR_JOSE_GENERIC';
  if (isTokenFault) {
    return unauthenticated("This is no token signed by a key of this registry's issuer.");
  }
  return unavailable(
    'IssuerUnavailable',
    "The issuer's public keys cannot be had now, so no token can be checked.",
  );
}

/** 401, with the challenge that HTTP asks for. */
export function unauthenticated(detail: string): Problem {
  return new Problem(
    { status: 401, code: 'Unauthenticated', detail },
    { 'WWW-Authenticate': 'Bearer realm="portbook"' },
  );
}
