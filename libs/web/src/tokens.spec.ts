import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '#libs/settings';
import { ensureIssuerKey, publicKeys, readJwk } from './issuer-key.js';
import { mintToken } from './mint-token.js';
import { createTokenVerifier, type VerifyToken } from './token-verifier.js';

const names = { issuer: 'portbook', audience: 'portbook' };
let folder: string;
let keysDir: string;
let verify: VerifyToken;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portbook-tokens-'));
  keysDir = join(folder, 'keys');
  verify = await createTokenVerifier({
    keysDir,
    auth: { ...names, keys: { kind: 'development' } },
  });
});

afterAll(() => rm(folder, { recursive: true }));

const key = () => ensureIssuerKey(keysDir);

async function statusOf(token: string, by: VerifyToken = verify): Promise<number> {
  try {
    await by(token);
    return 200;
  } catch (error) {
    return (error as { details: { status: number } }).details.status;
  }
}

describe("the development issuer's key", () => {
  it('is made once, whoever asks first, and can be read by its owner only', async () => {
    const dir = join(folder, 'raced');
    const keys = await Promise.all([1, 2, 3, 4].map(() => ensureIssuerKey(dir)));

    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    expect((await stat(join(dir, 'issuer.json'))).mode & 0o777).toBe(0o600);
    const open = JSON.parse(await readFile(join(dir, 'jwks.json'), 'utf8'));
    expect(open.keys).toEqual([expect.objectContaining({ kid: keys[0]?.kid })]);
    expect(open.keys[0]).not.toHaveProperty('d');
  });

  it('lies in a file of which an error repeats nothing', async () => {
    const file = join(folder, 'broken.json');
    await writeFile(file, '{"d":"s3cret"');

    await expect(readJwk(file)).rejects.toThrow(/^(?!.*s3cret).*no private key/);
  });
});

describe('a token', () => {
  it('names who acts and in which roles', async () => {
    const token = await mintToken({ key: await key(), ...names, role: 'auditor' });

    expect(await verify(token)).toEqual({ id: 'development-auditor', roles: ['auditor'] });
  });

  it('holds for 12 hours unless told otherwise, and not after', async () => {
    const expired = await mintToken({ key: await key(), ...names, role: 'officer', seconds: -60 });
    const token = await mintToken({ key: await key(), ...names, role: 'officer' });
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

    expect(claims.exp - claims.iat).toBe(12 * 60 * 60);
    expect(await statusOf(expired)).toBe(401);
  });

  it('gives no role that this registry does not know', async () => {
    const token = await new SignJWT({ roles: ['admiral', 'officer', 7] })
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuer('portbook')
      .setAudience('portbook')
      .setSubject('a')
      .setExpirationTime('1h')
      .sign(await importJWK(await key(), 'ES256'));

    expect((await verify(token)).roles).toEqual(['officer']);
  });

  it.each([
    ['of another issuer', { issuer: 'other' }],
    ['for another audience', { audience: 'other' }],
    ['of nobody', { subject: '' }],
    ['of somebody with too long a name', { subject: 'x'.repeat(201) }],
  ])('%s is refused', async (_, other) => {
    const token = await mintToken({ key: await key(), ...names, role: 'officer', ...other });
    expect(await statusOf(token)).toBe(401);
  });

  it('signed by another key, by nobody or with the public key as a secret is refused', async () => {
    const stranger = await generateKeyPair('ES256');
    const claims = { roles: ['officer'], iss: 'portbook', aud: 'portbook', sub: 'a' };
    const exp = Math.floor(Date.now() / 1000) + 60;
    const forged = await new SignJWT({ ...claims, exp })
      .setProtectedHeader({ alg: 'ES256' })
      .sign(stranger.privateKey);
    const unsigned = new UnsecuredJWT({ ...claims, exp }).encode();
    const shared = await new SignJWT({ ...claims, exp })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(JSON.stringify(publicKeys(await key()))));

    for (const token of [forged, unsigned, shared, 'a.b.c', '']) {
      expect(await statusOf(token)).toBe(401);
    }
  });

  it('is checked by the key set of a file', async () => {
    const verifyByFile = await createTokenVerifier({
      keysDir,
      auth: { ...names, keys: { kind: 'file', file: join(keysDir, 'jwks.json') } },
    });
    const token = await mintToken({ key: await key(), ...names, role: 'operator' });

    expect(await statusOf(token, verifyByFile)).toBe(200);
  });

  it('cannot be checked at all while the key set is away, which is 503 and not 401', async () => {
    const verifyByUrl = await createTokenVerifier({
      keysDir,
      auth: { ...names, keys: { kind: 'url', url: new URL('http://127.0.0.1:1/keys') } },
    });
    const token = await mintToken({ key: await key(), ...names, role: 'operator' });

    expect(await statusOf(token, verifyByUrl)).toBe(503);
  });
});

describe('a file of keys that is none', () => {
  it('stops the start with its name', async () => {
    const auth: Settings['auth'] = { ...names, keys: { kind: 'file', file: '/nowhere.json' } };

    await expect(createTokenVerifier({ keysDir, auth })).rejects.toThrow(
      /^AUTH_JWKS_FILE=\/nowhere.json: /,
    );
  });
});
