import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * RFC 8785. Keys whose value is undefined are left out; a value for which JSON has no form (NaN, a
 * function, undefined in a list, half of a surrogate pair, a circle) throws.
 */
export function canonicalJson(value: unknown): string {
  if (isInOrder(value)) {
    const text = JSON.stringify(value);
    // Half of a surrogate pair is written as its escape, which else stands in few texts.
    if (!text.includes(SURROGATE_ESCAPE)) return text;
  }
  const text = canonicalize(value);
  refuseWithoutForm(value);
  return text ?? '';
}

const SURROGATE_ESCAPE = String.raw`\ud`;

/**
 * Whether all keys stand in their order already and every value has a form: what is read back from
 * canonical text, or put together in that order. Its plain JSON, many times faster, is the canonical one.
 */
function isInOrder(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      if (value === null) return true;
      return Array.isArray(value) ? isListInOrder(value) : areKeysInOrder(value);
    case 'undefined':
    case 'bigint':
    case 'function':
    case 'symbol':
      return false;
  }
}

/** Iterating a list gives its holes too, as undefined. */
function isListInOrder(list: readonly unknown[]): boolean {
  for (const entry of list) {
    if (!isInOrder(entry)) return false;
  }
  return true;
}

function areKeysInOrder(value: object): boolean {
  if ('toJSON' in value) return false;
  let before = '';
  for (const key in value) {
    const entry = (value as Readonly<Record<string, unknown>>)[key];
    if (key < before || (entry !== undefined && !isInOrder(entry))) return false;
    before = key;
  }
  return true;
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

/** Of a text that comes piece by piece, so that it never has to be held as a whole. */
export function sha256HexOf(pieces: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

/** Hex SHA-256 of the canonical JSON. */
export function contentHash(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}
