import type { StreamHistory } from './commit-check.js';
import type { PendingStream } from './pending-events.js';
import type { Entry, EventStorage } from './storage.js';

/** A stream as the writer sees it: what is pending, newest first, and then what is durable. */
export function historyOf(
  stream: string,
  storage: EventStorage,
  pending: readonly PendingStream[],
): StreamHistory {
  const durable = (from: number, direction: 'forwards' | 'backwards'): Entry | undefined =>
    storage.findInStream(stream, { from, direction, limit: 1 })[0];

  return {
    current: pending[0]?.current ?? durable(Number.MAX_SAFE_INTEGER, 'backwards')?.revision ?? -1,

    entryAt(revision) {
      for (const part of pending) {
        const entry = part.entryAt(revision);
        if (entry !== undefined) return entry;
      }
      const entry = durable(revision, 'forwards');
      return entry?.revision === revision ? entry : undefined;
    },

    find(id) {
      for (const part of pending) {
        const entry = part.find(id);
        if (entry !== undefined) return entry;
      }
      return storage.findId(stream, id);
    },
  };
}
