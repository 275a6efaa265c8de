import type { Entry, Place } from './storage.js';

/** The revision that a stream must have for an append to go through. */
export type ExpectedRevision = number | 'any' | 'no-stream' | 'stream-exists';

/** What the check asks of a stream: everything written so far, durable or still on its way. */
export interface StreamHistory {
  /** Revision of the last event; -1 where there is none. */
  readonly current: number;
  /** Deleted for ever. */
  readonly isTombstoned: boolean;
  /** Deleted until the next append. */
  readonly isSoftDeleted: boolean;
  /** A stream of which only the metadata are written exists as well. */
  readonly hasMetadata: boolean;
  /** Its events from there on, in order, so many at most. */
  entriesFrom(revision: number, limit: number): Iterator<Entry>;
  find(id: Buffer): Place | undefined;
}

export type Verdict =
  | { readonly kind: 'append' }
  /** The same events were appended before; the place is that of the last of them. */
  | { readonly kind: 'repeated'; readonly last: Place }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'deleted' };

const APPEND: Verdict = { kind: 'append' };
const CONFLICT: Verdict = { kind: 'conflict' };
const DELETED: Verdict = { kind: 'deleted' };

/**
 * Whether events may be appended. An append whose events are already there, under the same ids, is a
 * repeat of one that was acknowledged or whose answer was lost: it succeeds and changes nothing.
 */
export function checkAppend(
  expected: ExpectedRevision,
  ids: readonly Buffer[],
  history: StreamHistory,
): Verdict {
  const { current } = history;
  if (history.isTombstoned) return DELETED;
  if (expected === 'stream-exists') {
    if (history.isSoftDeleted) return DELETED;
    if (current < 0 && !history.hasMetadata) return CONFLICT;
  }
  if (expected === 'any' || expected === 'stream-exists') return checkAnywhere(ids, history);
  const expectedNumber = expected === 'no-stream' ? -1 : expected;
  if (expectedNumber === current) return APPEND;
  if (expectedNumber > current) return CONFLICT;
  const isRecreated =
    expected === 'no-stream' && history.isSoftDeleted && !beginsAgain(ids, history);
  return isRecreated ? APPEND : checkRepeatAfter(expectedNumber, ids, history);
}

/** Whether the first of the events is that with which the stream once began. */
function beginsAgain([first]: readonly Buffer[], history: StreamHistory): boolean {
  const began = history.entriesFrom(0, 1).next();
  return began.done !== true && first?.equals(began.value.id) === true;
}

/** Whether a stream may be deleted: there must be one, and it must be where it is expected. */
export function checkDeletion(
  expected: ExpectedRevision,
  history: StreamHistory,
  isForEver: boolean,
): Verdict {
  const { current, hasMetadata } = history;
  if (history.isTombstoned || (history.isSoftDeleted && !isForEver)) return DELETED;
  if (current < 0 && !hasMetadata) return CONFLICT;
  if (expected === 'any' || expected === 'stream-exists') return APPEND;
  return (expected === 'no-stream' ? -1 : expected) === current ? APPEND : CONFLICT;
}

/** With no revision to start from, the ids themselves tell: all known, none known, or a mixture. */
function checkAnywhere(ids: readonly Buffer[], history: StreamHistory): Verdict {
  let last: Place | undefined;
  for (const [index, id] of ids.entries()) {
    const place = history.find(id);
    if (place === undefined) return index === 0 ? APPEND : CONFLICT;
    last = place;
  }
  return last === undefined ? APPEND : { kind: 'repeated', last };
}

/** The stream has moved on; only the very same events at the very same revisions are a repeat. */
function checkRepeatAfter(
  expected: number,
  ids: readonly Buffer[],
  history: StreamHistory,
): Verdict {
  let last: Place | undefined;
  const entries = history.entriesFrom(expected + 1, ids.length);
  for (const id of ids) {
    const next = entries.next();
    if (next.done === true || !next.value.id.equals(id)) return CONFLICT;
    last = next.value;
  }
  return last === undefined ? CONFLICT : { kind: 'repeated', last };
}
