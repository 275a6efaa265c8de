import { createHmac } from 'node:crypto';
import { canonicalJson, sha256Hex } from '#libs/kernel';

/**
 * What tells a repeated request from another one under the same command id, in hex: SHA-256 of the
 * canonical {command, body}; with the registrant's key HMAC-SHA-256, since a plain hash of a body
 * with personal content could be guessed at.
 */
export function requestHash(command: string, body: unknown, key?: Uint8Array): string {
  const text = canonicalJson({ command, body });
  return key === undefined ? sha256Hex(text) : createHmac('sha256', key).update(text).digest('hex');
}
