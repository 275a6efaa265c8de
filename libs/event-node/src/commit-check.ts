import type { Entry, Place } from './storage.js';

/** The revision that a stream must have for an append to go through. */
export type ExpectedRevision = number | 'any' | 'no-stream' | 'stream-exists';

/** What the check asks of a stream: everything written so far, durable or still on its way. */
export interface StreamHistory {
  /** Revision of the last event; -1 where there is no stream. */
  readonly current: number;
  entryAt(revision: number): Entry | undefined;
  find(id: Buffer): Place | undefined;
}

export type Verdict =
  | { readonly kind: 'append' }
  /** The same events were appended before; the place is that of the last of them. */
  | { readonly kind: 'repeated'; readonly last: Place }
  | { readonly kind: 'conflict' };

const APPEND: Verdict = { kind: 'append' };
const CONFLICT: Verdict = { kind: 'conflict' };

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
  if (current < 0) return expected === 'any' || expected === 'no-stream' ? APPEND : CONFLICT;
  if (expected === 'any' || expected === 'stream-exists') return checkAnywhere(ids, history);
  const expectedNumber = expected === 'no-stream' ? -1 : expected;
  if (expectedNumber === current) return APPEND;
  if (expectedNumber > current) return CONFLICT;
  return checkRepeatAfter(expectedNumber, ids, history);
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
  for (const [index, id] of ids.entries()) {
    const entry = history.entryAt(expected + 1 + index);
    if (!entry?.id.equals(id)) return CONFLICT;
    last = entry;
  }
  return last === undefined ? CONFLICT : { kind: 'repeated', last };
}
