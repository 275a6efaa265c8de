import { describe, expect, it } from '@jest/globals';
import { checkAppend } from './commit-check.js';
import { historyOf } from './history.js';
import type { EventStorage, Range, StoredEvent } from './storage.js';

const EVENTS = 5_000;

function idOf(revision: number): Buffer {
  const id = Buffer.alloc(16);
  id.writeUInt32BE(revision);
  return id;
}

describe('the check of an append that is repeated', () => {
  it('reads each of its events once, however many they are', () => {
    let read = 0;
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
    } as unknown as EventStorage;
    const ids = Array.from({ length: EVENTS }, (_, revision) => idOf(revision));

    const verdict = checkAppend(
      'no-stream',
      ids,
      historyOf('a', storage, () => []),
    );

    expect(verdict).toMatchObject({ kind: 'repeated', last: { position: EVENTS } });
    expect(read).toBe(EVENTS);
  });
});
