import type { Collection, FieldKind, FieldValue, ViewDocument } from './collection.js';
import { InvalidDocument } from './errors.js';
import type { GuardedWrite } from './port.js';

const ID_BYTES_MAX = 200;
const VALUE_BYTES_MAX = 1_000;
/** What an ordered key cannot hold: control characters, and half of a surrogate pair. */
const NOT_IN_KEYS = /[\p{Cc}\p{Surrogate}]/u;

/** Names of fields that a MongoDB, or a server like it, takes for something else. */
const UNFIT_NAME = /^\$|[.\0]/;

/** A guarded write with its document as the text that is stored; without one it is removed. */
export type EncodedWrite =
  | { readonly id: string; readonly text: string; readonly replaces?: number }
  | { readonly id: string; readonly text?: undefined; readonly replaces: number };

/** Whether a field of a document may hold the value; by any other value nothing can be found. */
export function isStorable(value: FieldValue): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return typeof value === 'boolean' || fitsInKey(value, VALUE_BYTES_MAX);
}

/** Whether a document may have this id. */
export function isId(id: string): boolean {
  return id !== '' && fitsInKey(id, ID_BYTES_MAX);
}

function fitsInKey(text: string, bytesMax: number): boolean {
  return Buffer.byteLength(text) <= bytesMax && !NOT_IN_KEYS.test(text);
}

/** Checks the writes of one call before any of them is done. Throws InvalidDocument, which repeats no value. */
export function encodeWrites(
  collection: Collection,
  writes: readonly GuardedWrite[],
): readonly EncodedWrite[] {
  const encoded = writes.map((write) => encodeWrite(collection, write));
  if (new Set(encoded.map(({ id }) => id)).size < encoded.length) {
    throw new InvalidDocument(
      `Two writes of one call name the same document of ${collection.name}.`,
    );
  }
  return encoded;
}

function encodeWrite(collection: Collection, write: GuardedWrite): EncodedWrite {
  if ('remove' in write) return { id: write.remove, replaces: write.replaces };
  const { document, replaces } = write;
  checkDocument(collection, document);
  const text = JSON.stringify(document);
  return { id: document._id, text, ...(replaces !== undefined && { replaces }) };
}

function checkDocument(collection: Collection, document: ViewDocument): void {
  const { _id: id, position } = document;
  if (!isId(id)) {
    throw new InvalidDocument(`A document of ${collection.name} has an _id that cannot be a key.`);
  }
  if (!Number.isSafeInteger(position) || position < 0) {
    throw new InvalidDocument(`A document of ${collection.name} has no position of the log.`);
  }
  if (!isPortable(document)) {
    throw new InvalidDocument(
      `A document of ${collection.name} has a field whose name begins with $ or holds a dot, or a ` +
        'list in a list: not every store can keep it.',
    );
  }
  for (const [field, kind] of Object.entries<FieldKind | undefined>(collection.fields)) {
    const content = contentOf(document, field);
    if (content === undefined) continue;
    const isList = Array.isArray(content);
    const values: readonly unknown[] = isList ? content : [content];
    if (isList !== (kind === 'list') || !values.every((value) => isFieldValue(value))) {
      throw new InvalidDocument(`${collection.name} cannot be queried by what ${field} holds.`);
    }
  }
}

/** Every adapter asks for it, so that a projection which passes on one passes on all. */
function isPortable(content: unknown): boolean {
  if (Array.isArray(content)) {
    return content.every((element) => !Array.isArray(element) && isPortable(element));
  }
  if (typeof content !== 'object' || content === null) return true;
  return Object.entries(content).every(
    ([name, value]) => !UNFIT_NAME.test(name) && isPortable(value),
  );
}

function isFieldValue(value: unknown): value is FieldValue {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return false;
  }
  return isStorable(value);
}

function contentOf(document: ViewDocument, field: string): unknown {
  return (document as unknown as Readonly<Record<string, unknown>>)[field];
}

/** The values by which a stored document is found in a declared field, none twice. */
export function valuesOf(document: ViewDocument, field: string): readonly FieldValue[] {
  const content = contentOf(document, field);
  if (content === undefined) return [];
  return Array.isArray(content) ? [...new Set(content as FieldValue[])] : [content as FieldValue];
}

/** A document from the text in which it is stored: each reader has a copy of its own. */
export function decodeDocument(text: string): ViewDocument {
  return JSON.parse(text) as ViewDocument;
}
