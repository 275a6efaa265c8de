import type { Key } from 'lmdb';
import type { FieldValue } from './collection.js';
import { compareValues } from './conditions.js';
import { isStorable } from './document.js';
import type { Bounds, Condition } from './port.js';

/** Sorts behind every value and id: no byte of UTF-8 is that high. */
const END = Buffer.of(0xff);

/** From the first key, which is included where it exists, up to the second, which is not. */
export interface KeyRange {
  readonly start: Key[];
  readonly end: Key[];
}

/** All keys that begin with these parts. */
export function under(...parts: readonly Key[]): KeyRange {
  return { start: [...parts], end: [...parts, END] };
}

/**
 * The ranges of the index in which the ids of all documents that fulfil the condition stand, in
 * order, and perhaps others; undefined where the index is of no help.
 */
export function rangesOf(collection: string, condition: Condition): KeyRange[] | undefined {
  const { field } = condition;
  if ('equals' in condition) return equalTo(collection, field, [condition.equals]);
  if ('in' in condition) return equalTo(collection, field, condition.in);
  if ('range' in condition) return within(under(collection, field), condition.range);
  const { prefix } = condition;
  if (!isStorable(prefix)) return [];
  const last = Buffer.concat([Buffer.from(prefix), END]);
  return [{ start: [collection, field, prefix], end: [collection, field, last] }];
}

function equalTo(collection: string, field: string, values: readonly FieldValue[]): KeyRange[] {
  const storable = values.filter((value) => isStorable(value));
  return [...new Set(storable)].sort(compareValues).map((value) => under(collection, field, value));
}

/** Of two bounds on one side one is enough: whatever is found is tested against the whole condition. */
function within(field: KeyRange, { from, above, to, below }: Bounds): KeyRange[] | undefined {
  const bounds = [from, above, to, below].filter((bound) => bound !== undefined);
  if (!bounds.every((bound) => isStorable(bound))) return undefined;
  const { start } = field;
  const lower = from ?? above;
  const upper = to ?? below;
  return [
    {
      start: lower === undefined ? start : [...start, lower, ...(from === undefined ? [END] : [])],
      end: upper === undefined ? field.end : [...start, upper, ...(to === undefined ? [] : [END])],
    },
  ];
}
