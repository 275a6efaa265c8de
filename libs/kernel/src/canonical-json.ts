import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * RFC 8785. Keys whose value is undefined are left out; a value for which JSON has no form (NaN, a
 * function, undefined in a list, half of a surrogate pair, a circle) throws.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  refuseWithoutForm(value);
  return text ?? '';
}

/** The library writes a function as the bare word `undefined`, and undefined in a list as null. */
function refuseWithoutForm(value: unknown): void {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return;
  if (typeof value !== 'object') {
    throw new TypeError(`A value of type ${typeof value} has no JSON form.`);
  }
  // Iterating a list gives its holes too, as undefined.
  const entries: readonly unknown[] = Array.isArray(value)
    ? Array.from(value)
    : Object.values(value).filter((entry) => entry !== undefined);
  entries.forEach(refuseWithoutForm);
}

export function sha256Hex(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Hex SHA-256 of the canonical JSON. */
export function contentHash(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}
