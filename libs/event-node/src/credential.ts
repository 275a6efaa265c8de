import { randomBytes } from 'node:crypto';
import type { KeyFolder } from './key-folder.js';

/** With what a client makes itself known. */
export interface Credential {
  readonly username: string;
  readonly password: string;
}

const FILE = 'credential.json';

/** The name under which programs of the same installation connect. */
export const LOCAL_USER = 'local';

/**
 * The credential of the programs that may read the key folder, as `file` holds it; made at the first
 * start. It is random, so that the file needs no hash of it beside it.
 */
export function ensureLocalCredential(folder: KeyFolder): {
  readonly credential: Credential;
  readonly file: string;
} {
  const file = folder.pathOf(FILE);
  const kept = folder.readJson(FILE);
  if (isCredential(kept)) return { credential: kept, file };
  if (kept !== undefined) {
    throw new Error(
      `${file} is not {"username": "${LOCAL_USER}", "password": "…"}. ` +
        'Remove it, and the next start makes another.',
    );
  }
  const credential = { username: LOCAL_USER, password: randomBytes(32).toString('base64url') };
  folder.write(FILE, `${JSON.stringify(credential, null, 2)}\n`);
  return { credential, file };
}

/** A password that someone could guess is none: what a person chose belongs into the users' file. */
const PASSWORD_MIN = 32;

function isCredential(value: unknown): value is Credential {
  return (
    typeof value === 'object' &&
    value !== null &&
    'username' in value &&
    value.username === LOCAL_USER &&
    'password' in value &&
    typeof value.password === 'string' &&
    value.password.length >= PASSWORD_MIN
  );
}
