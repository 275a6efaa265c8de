import { setImmediate } from 'node:timers/promises';
import { type Collection, type FieldValue, storedName, type ViewDocument } from './collection.js';
import { fulfils, matches } from './conditions.js';
import { decodeDocument } from './document.js';
import { type KeyRange, rangesOf, under } from './lmdb-keys.js';
import type { Tables } from './lmdb-tables.js';
import {
  comparePlaces,
  decodeCursor,
  encodeCursor,
  type Place,
  placeOf,
  type Sort,
} from './place.js';
import type { Condition, Page, Query } from './port.js';

/** Up to so many candidates are read and sorted; beyond that a list is walked in its order. */
const CANDIDATES_MAX = 500;
/** So many documents one page reads at most while it looks for those that match. */
const EXAMINED_MAX = 2_000;

interface Row<View> {
  readonly place: Place;
  /** Absent: examined, and not of the list. */
  readonly document?: View;
}

/** One page, read in one snapshot of the store. */
export function findPage<View extends ViewDocument>(
  tables: Tables,
  collection: Collection<View>,
  query: Query,
): Page<View> {
  const { sort, limit, cursor } = query;
  const after = cursor === undefined ? undefined : decodeCursor(collection, sort, cursor);
  const documents: View[] = [];
  let last: Place | undefined;
  let examined = 0;
  for (const { place, document } of rowsAfter({ tables, collection, query, after })) {
    if (documents.length === limit && document) return pageBefore(documents);
    if (examined === EXAMINED_MAX) return pageBefore(documents);
    examined += 1;
    if (documents.length < limit) last = place;
    if (document) documents.push(document);
  }
  return { documents };

  function pageBefore(found: readonly View[]): Page<View> {
    return { documents: found, ...(last && { next: encodeCursor(collection, sort, last) }) };
  }
}

interface Search<View extends ViewDocument> {
  readonly tables: Tables;
  readonly collection: Collection<View>;
  readonly query: Query;
  readonly after: Place | undefined;
}

/** Everything that must be looked at behind the place, in the order of the list. */
function rowsAfter<View extends ViewDocument>(search: Search<View>): Iterable<Row<View>> {
  const { tables, collection, query } = search;
  const { where = [] } = query;
  const driver = mostSelective(tables, collection, where);
  return driver && driver.size <= CANDIDATES_MAX ? gathered(search, driver) : walked(search);
}

interface Driver {
  readonly condition: Condition;
  readonly ranges: readonly KeyRange[];
  /** Keys in the ranges, counted up to one more than matters. */
  readonly size: number;
}

/** The condition with the fewest keys in the index, where that is few enough to be counted. */
function mostSelective(
  tables: Tables,
  collection: Collection,
  where: readonly Condition[],
): Driver | undefined {
  let best: Driver | undefined;
  for (const condition of where) {
    const ranges = rangesOf(storedName(collection), condition);
    if (!ranges) continue;
    const size = sizeOf(tables, ranges, best ? best.size : CANDIDATES_MAX + 1);
    if (!best || size < best.size) best = { condition, ranges, size };
  }
  return best;
}

function sizeOf({ index }: Tables, ranges: readonly KeyRange[], countedMax: number): number {
  let size = 0;
  for (const range of ranges) {
    if (size >= countedMax) break;
    size += index.getKeysCount({ ...range, limit: countedMax - size });
  }
  return size;
}

/** Few candidates: all of them are read, and put in order. */
function gathered<View extends ViewDocument>(
  { tables, collection, query, after }: Search<View>,
  driver: Driver,
): Row<View>[] {
  const { where = [], sort } = query;
  const rows: Required<Row<View>>[] = [];
  for (const id of idsIn(tables, driver)) {
    const document = documentOf(tables, collection, id);
    const place = document && placeOf(document, sort);
    if (!document || !place || !matches(document, where)) continue;
    if (!after || comparePlaces(place, after, sort) > 0) rows.push({ place, document });
  }
  return rows.sort((a, b) => comparePlaces(a.place, b.place, sort));
}

/** Ids of the documents that fulfil the driver's condition, none twice. */
function idsIn({ index }: Tables, { condition, ranges }: Driver): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const range of ranges) {
    for (const key of index.getKeys(range)) {
      const { value, id } = indexed(key);
      if (fulfils(condition, value)) ids.add(id);
    }
  }
  return ids;
}

function indexed(key: readonly unknown[]): { readonly value: FieldValue; readonly id: string } {
  const [, , value, id] = key as [string, string, FieldValue, string];
  return { value, id };
}

/** Many candidates: the documents one by one in the order of the list, from the place on. */
function* walked<View extends ViewDocument>(search: Search<View>): Generator<Row<View>> {
  const { tables, collection, query, after } = search;
  const { where = [], sort } = query;
  for (const place of placesFrom(search)) {
    if (after && comparePlaces(place, after, sort) <= 0) continue;
    const document = documentOf(tables, collection, place.id);
    yield { place, ...(document && matches(document, where) && { document }) };
  }
}

function placesFrom<View extends ViewDocument>(search: Search<View>): Iterable<Place> {
  const { sort } = search.query;
  return sort ? placesByValue(search, sort) : placesById(search);
}

/** Along the index of the field, between the bounds that a condition sets to the same field. */
function* placesByValue<View extends ViewDocument>(
  { tables, collection, query, after }: Search<View>,
  { field, descending = false }: NonNullable<Sort>,
): Generator<Place> {
  const name = storedName(collection);
  const narrowed = (query.where ?? [])
    .filter((condition) => condition.field === field)
    .map((condition) => rangesOf(name, condition))
    .find((ranges) => ranges?.length === 1);
  const { start, end } = narrowed?.[0] ?? under(name, field);
  const from = after?.value === undefined ? undefined : [name, field, after.value, after.id];
  const walk = descending
    ? { start: from ?? end, end: start, reverse: true }
    : { start: from ?? start, end };
  for (const key of tables.index.getKeys(walk)) yield indexed(key);
}

/** Along an equality, under which ids stand in order, else along the documents themselves. */
function* placesById<View extends ViewDocument>({
  tables,
  collection,
  query,
  after,
}: Search<View>): Generator<Place> {
  const name = storedName(collection);
  const equality = query.where?.find((condition) => 'equals' in condition);
  const parts = equality ? [name, equality.field, equality.equals] : [name];
  const { start, end } = under(...parts);
  const table = equality ? tables.index : tables.documents;
  for (const key of table.getKeys({ start: after ? [...parts, after.id] : start, end })) {
    yield { id: key.at(-1) as string };
  }
}

/** The stored document, undefined where there is none. */
export function documentOf<View extends ViewDocument>(
  tables: Tables,
  collection: Collection<View>,
  id: string,
): View | undefined {
  const text = tables.documents.get([storedName(collection), id]);
  return text === undefined ? undefined : (decodeDocument(text) as View);
}

/** How many documents are read before others have their turn. */
const COUNTED_A_TURN = 1_000;

/** The number of documents that fulfil all conditions. */
export async function countMatching(
  tables: Tables,
  collection: Collection,
  where: readonly Condition[],
): Promise<number> {
  const [first, ...more] = where;
  if (!first) return tables.documents.getKeysCount(under(storedName(collection)));
  const driver = mostSelective(tables, collection, where);
  // An equality has each document once in the index: its keys are the number.
  if (driver && more.length === 0 && 'equals' in first) {
    return driver.ranges.reduce((sum, range) => sum + tables.index.getKeysCount({ ...range }), 0);
  }
  const ids = driver ? idsIn(tables, driver) : idsOf(tables, collection);
  let count = 0;
  let examined = 0;
  for (const id of ids) {
    const document = documentOf(tables, collection, id);
    if (document && matches(document, where)) count += 1;
    examined += 1;
    if (examined % COUNTED_A_TURN === 0) await setImmediate();
  }
  return count;
}

function idsOf({ documents }: Tables, collection: Collection): readonly string[] {
  const keys = documents.getKeys(under(storedName(collection)));
  return Array.from(keys, ([, id]) => id as string);
}
