import { type Collection, type FieldValue, storedName, type ViewDocument } from './collection.js';
import { compareValues } from './conditions.js';
import { valuesOf } from './document.js';
import { InvalidCursor } from './errors.js';
import type { Query } from './port.js';

export type Sort = Query['sort'];

/** Where a document stands in a sorted list; without a sort by its id alone. */
export interface Place {
  readonly value?: FieldValue;
  readonly id: string;
}

/** Undefined where the document lacks the field, and so is left out. */
export function placeOf(document: ViewDocument, sort: Sort): Place | undefined {
  if (!sort) return { id: document._id };
  const [value] = valuesOf(document, sort.field);
  return value === undefined ? undefined : { value, id: document._id };
}

/** Negative where the first stands before the second. */
export function comparePlaces(a: Place, b: Place, sort: Sort): number {
  const byValue =
    a.value === undefined || b.value === undefined ? 0 : compareValues(a.value, b.value);
  const order = byValue || compareValues(a.id, b.id);
  return sort?.descending ? -order : order;
}

export function encodeCursor(collection: Collection, sort: Sort, place: Place): string {
  const parts = [listName(collection, sort), place.value ?? null, place.id];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The place after which the page begins. Throws InvalidCursor. */
export function decodeCursor(collection: Collection, sort: Sort, cursor: string): Place {
  const [list, value, id, ...more] = partsOf(cursor);
  if (list !== listName(collection, sort) || typeof id !== 'string' || more.length > 0) {
    throw new InvalidCursor();
  }
  if (!sort && value === null) return { id };
  const isValue = ['string', 'number', 'boolean'].includes(typeof value);
  if (!sort || !isValue) throw new InvalidCursor();
  return { value: value as FieldValue, id };
}

function partsOf(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

function listName(collection: Collection, sort: Sort): string {
  const order = sort ? `${sort.descending ? '-' : '+'}${sort.field}` : '';
  return `${storedName(collection)}${order}`;
}
