import type { StreamHistory } from './commit-check.js';
import type { PendingStream } from './pending-events.js';
import type { EventStorage } from './storage.js';

/** A stream as the writer sees it: what is pending, newest first, and then what is durable. */
export function historyOf(
  stream: string,
  storage: EventStorage,
  pending: readonly PendingStream[],
): StreamHistory {
  return {
    current: pending[0]?.last?.revision ?? storage.last(stream)?.revision ?? -1,

    entryAt(revision) {
      for (const part of pending) {
        const entry = part.entryAt(revision);
        if (entry !== undefined) return entry;
      }
      const range = { from: revision, direction: 'forwards', limit: 1 } as const;
      const [event] = storage.readStream(stream, range);
      return event?.revision === revision ? event : undefined;
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
