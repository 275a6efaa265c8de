import { describe, expect, it } from '@jest/globals';
import { checkAppend } from './commit-check.js';
import { historyOf } from './history.js';
import { TOMBSTONE_REVISION } from './log-frame.js';
import type { EventStorage, Range, StoredEvent } from './storage.js';

const EVENTS = 5_000;

function idOf(revision: number): Buffer {
  const id = Buffer.alloc(16);
  id.writeUInt32BE(revision);
  return id;
}

let read = 0;

/** A stream of many events, of which each that is read is counted. */
function aLongStream(): EventStorage {
  read = 0;
  const storage = {
    last: (stream: string) =>
      stream === 'a' ? { revision: EVENTS - 1, position: EVENTS } : undefined,
    readStream: (_: string, { from, limit }: Range) => {
      const count = Math.max(0, Math.min(limit, EVENTS - from));
      read += count;
      return Array.from({ length: count }, (__, at) => {
        const revision = from + at;
        return { id: idOf(revision), revision, position: revision + 1 } as StoredEvent;
      });
    },
  };
  return storage as unknown as EventStorage;
}

describe('the check of an append that is repeated', () => {
  it('reads each of its events once, however many they are', () => {
    const storage = aLongStream();
    const ids = Array.from({ length: EVENTS }, (_, revision) => idOf(revision));

    const verdict = checkAppend(
      'no-stream',
      ids,
      historyOf('a', storage, () => []),
    );

    expect(verdict).toMatchObject({ kind: 'repeated', last: { position: EVENTS } });
    expect(read).toBe(EVENTS);
  });

  it.each<[string, Buffer, string]>([
    ['is repeated', idOf(7), 'repeated'],
    ['meets a conflict', Buffer.alloc(16, 9), 'conflict'],
  ])('reads no more than one event where an append of one %s', (_, id, kind) => {
    const verdict = checkAppend(
      6,
      [id],
      historyOf('a', aLongStream(), () => []),
    );

    expect(verdict.kind).toBe(kind);
    expect(read).toBe(1);
  });
});

describe('the history of a stream of metadata', () => {
  it('is at its end where an earlier version laid down that it is deleted for ever', () => {
    const last = (stream: string) =>
      stream === '$$a' ? { revision: TOMBSTONE_REVISION, position: 9 } : undefined;
    const storage = { last } as unknown as EventStorage;

    expect(historyOf('$$a', storage, () => []).isTombstoned).toBe(true);
  });
});
