import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '#libs/kernel';
import { DamagedPersonalContent, type EventName } from './errors.js';

/*
 * The bytes of the field `encrypted`: version 1, key id (16), nonce (12), ciphertext, tag (16), in
 * base64url. A format of storage: written once, kept for ever.
 */
const CIPHER = 'aes-256-gcm';
const VERSION = 1;
const KEY_ID_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCE_AT = 1 + KEY_ID_BYTES;
const CIPHERTEXT_AT = NONCE_AT + NONCE_BYTES;

export const KEY_BYTES = 32;

/** The leaf of an event commits to the key by this. */
function keyIdOf(key: Uint8Array): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, KEY_ID_BYTES);
}

/** Binds the content to its event, so that it opens in no other. */
function associatedData(event: EventName): Buffer {
  return Buffer.from(canonicalJson([event.stream, event.type, event.id]));
}

let nonces = Buffer.alloc(0);

/** Random bytes that nobody else gets; asking the system for many at once costs as much as for few. */
function freshNonce(): Buffer {
  if (nonces.length === 0) nonces = randomBytes(NONCE_BYTES * 512);
  const nonce = nonces.subarray(0, NONCE_BYTES);
  nonces = nonces.subarray(NONCE_BYTES);
  return nonce;
}

/** The text of the field `encrypted` for the personal fields of one event. */
export function seal(event: EventName, personal: unknown, key: Uint8Array): string {
  const nonce = freshNonce();
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(event));
  const ciphertext = Buffer.concat([
    cipher.update(canonicalJson(personal), 'utf8'),
    cipher.final(),
  ]);
  const version = Buffer.from([VERSION]);
  const parts = [version, keyIdOf(key), nonce, ciphertext, cipher.getAuthTag()];
  return Buffer.concat(parts).toString('base64url');
}

/** The personal fields again; throws `DamagedPersonalContent` where anything was altered. */
export function unseal(event: EventName, sealed: unknown, key: Uint8Array): unknown {
  const bytes = bytesOf(event, sealed);
  if (!bytes.subarray(1, NONCE_AT).equals(keyIdOf(key))) {
    throw new DamagedPersonalContent(event, 'it was encrypted under another key');
  }
  const tagAt = bytes.length - TAG_BYTES;
  const nonce = bytes.subarray(NONCE_AT, CIPHERTEXT_AT);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(event));
  decipher.setAuthTag(bytes.subarray(tagAt));
  try {
    const opened = decipher.update(bytes.subarray(CIPHERTEXT_AT, tagAt));
    return JSON.parse(Buffer.concat([opened, decipher.final()]).toString('utf8'));
  } catch {
    throw new DamagedPersonalContent(event, 'it was altered, or belongs to another event');
  }
}

function bytesOf(event: EventName, sealed: unknown): Buffer {
  const bytes = Buffer.from(typeof sealed === 'string' ? sealed : '', 'base64url');
  // Node reads base64url leniently; only the one text that stands for these bytes was written.
  if (bytes.toString('base64url') !== sealed || bytes.length < CIPHERTEXT_AT + TAG_BYTES) {
    throw new DamagedPersonalContent(event, 'it is not in the form in which it is stored');
  }
  if (bytes[0] !== VERSION) {
    throw new DamagedPersonalContent(event, `its format ${String(bytes[0])} is not known here`);
  }
  return bytes;
}

/** Throws `DamagedPersonalContent` where the text has not the stored form, whatever the key. */
export function checkSealedForm(event: EventName, sealed: unknown): void {
  bytesOf(event, sealed);
}
