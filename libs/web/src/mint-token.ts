import { importJWK, type JWK, SignJWT } from 'jose';
import type { Role } from '#libs/access';
import { SIGNING_ALGORITHM } from './issuer-key.js';

export interface TokenRequest {
  /** From `ensureIssuerKey` or `readJwk`. */
  readonly key: JWK;
  readonly issuer: string;
  readonly audience: string;
  readonly role: Role;
  /** Who acts; `development-<role>` where it is absent. */
  readonly subject?: string;
  /** 12 hours where it is absent. */
  readonly seconds?: number;
}

const TWELVE_HOURS = 12 * 60 * 60;

/** A signed token with one role, as the development issuer hands it out. */
export async function mintToken(request: TokenRequest): Promise<string> {
  const { key, issuer, audience, role } = request;
  return new SignJWT({ roles: [role] })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, ...(key.kid && { kid: key.kid }) })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(request.subject ?? `development-${role}`)
    .setIssuedAt()
    .setExpirationTime(`${String(request.seconds ?? TWELVE_HOURS)}s`)
    .sign(await importJWK(key, SIGNING_ALGORITHM));
}
