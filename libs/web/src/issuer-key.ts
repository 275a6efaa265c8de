import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

const ISSUER_KEY_FILE = 'issuer.json';
const PUBLIC_KEYS_FILE = 'jwks.json';
export const SIGNING_ALGORITHM = 'ES256';

/**
 * The private key of the development issuer, made at the first call and kept in the key folder
 * (`issuer.json`, mode 0600), with its public half beside it (`jwks.json`).
 */
export async function ensureIssuerKey(keysDir: string): Promise<JWK> {
  const file = join(keysDir, ISSUER_KEY_FILE);
  const kept = await readJwk(file);
  if (kept) return kept;
  await mkdir(keysDir, { recursive: true, mode: 0o700 });
  await writeOnce(file, JSON.stringify(await newKey(), null, 2));
  const key = await readJwk(file);
  if (!key) throw new Error(`${file} was written and is gone.`);
  await writeOnce(join(keysDir, PUBLIC_KEYS_FILE), JSON.stringify(publicKeys(key), null, 2));
  return key;
}

/** The key set (JWKS) by which others check what the key signed. */
export function publicKeys(key: JWK): { keys: JWK[] } {
  const { d: _secret, ...half } = key;
  return { keys: [half] };
}

/** The key in a file, or undefined where there is no such file. Throws where it is no private key. */
export async function readJwk(file: string): Promise<JWK | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return parseKey(text, file);
}

function parseKey(text: string, file: string): JWK {
  try {
    const key = JSON.parse(text) as JWK;
    if (key.kty === 'EC' && key.crv === 'P-256' && typeof key.d === 'string') return key;
  } catch {
    // A parser's message would repeat what stands in the file.
  }
  throw new Error(`${file} holds no private key for ${SIGNING_ALGORITHM} (a JWK).`);
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, alg: SIGNING_ALGORITHM, use: 'sig', kid: await calculateJwkThumbprint(jwk) };
}

/** Of two processes that write at once the first wins, and nobody reads half a file. */
async function writeOnce(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
}
