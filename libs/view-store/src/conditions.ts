import type { Collection, FieldKind, FieldValue, ViewDocument } from './collection.js';
import { valuesOf } from './document.js';
import type { Bounds, Condition, Query } from './port.js';

const LIMIT_MAX = 500;

/** Negative where the first is less: booleans, then numbers, then texts by their UTF-8 bytes. */
export function compareValues(a: FieldValue, b: FieldValue): number {
  if (typeof a === 'string' && typeof b === 'string') {
    return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return rank(a) - rank(b) || Number(a) - Number(b);
}

function rank(value: FieldValue): number {
  if (typeof value === 'boolean') return 0;
  return typeof value === 'number' ? 1 : 2;
}

/** Whether one value fulfils the whole condition. */
export function fulfils(condition: Condition, value: FieldValue): boolean {
  if ('equals' in condition) return value === condition.equals;
  if ('in' in condition) return condition.in.includes(value);
  if ('prefix' in condition) return typeof value === 'string' && value.startsWith(condition.prefix);
  return isWithin(condition.range, value);
}

function isWithin({ from, above, to, below }: Bounds, value: FieldValue): boolean {
  const holds = (bound: FieldValue | undefined, test: (order: number) => boolean) =>
    bound === undefined || (typeof bound === typeof value && test(compareValues(value, bound)));
  return (
    holds(from, (order) => order >= 0) &&
    holds(above, (order) => order > 0) &&
    holds(to, (order) => order <= 0) &&
    holds(below, (order) => order < 0)
  );
}

/** Whether the document fulfils every condition. */
export function matches(document: ViewDocument, where: readonly Condition[]): boolean {
  return where.every((condition) =>
    valuesOf(document, condition.field).some((value) => fulfils(condition, value)),
  );
}

/** Throws a TypeError where the conditions ask by what the collection does not declare. */
export function checkConditions(collection: Collection, where: readonly Condition[]): void {
  for (const condition of where) {
    kindOf(collection, condition.field);
    if ('range' in condition && Object.keys(condition.range).length === 0) {
      throw new TypeError(`A range of ${condition.field} has no bound.`);
    }
  }
}

/** The same for a whole query. */
export function checkQuery(collection: Collection, { where = [], sort, limit }: Query): void {
  checkConditions(collection, where);
  if (sort && kindOf(collection, sort.field) !== 'value') {
    throw new TypeError(`${collection.name} cannot be sorted by the list ${sort.field}.`);
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAX) {
    throw new TypeError(`A page has 1 to ${LIMIT_MAX} documents.`);
  }
}

function kindOf(collection: Collection, field: string): FieldKind {
  const fields: Readonly<Record<string, FieldKind | undefined>> = collection.fields;
  const kind = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (kind === undefined) {
    throw new TypeError(`${collection.name} does not declare ${field} as a field to query by.`);
  }
  return kind;
}
