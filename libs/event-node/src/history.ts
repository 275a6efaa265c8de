import type { StreamHistory } from './commit-check.js';
import { isTombstone } from './log-frame.js';
import type { PendingStream } from './pending-events.js';
import {
  describedStream,
  isMetadataStream,
  isSoftDeleted,
  metadataOf,
  metadataStream,
} from './stream-metadata.js';
import { lastEvent } from './stream-view.js';
import type { EventStorage } from './storage.js';

/** What is pending of a stream, newest first. */
export type PendingOf = (stream: string) => readonly PendingStream[];

/** A stream as the writer sees it: what is pending, newest first, and then what is durable. */
export function historyOf(
  stream: string,
  storage: EventStorage,
  pendingOf: PendingOf,
): StreamHistory {
  const pending = pendingOf(stream);
  const current = lastRevision(stream, storage, pendingOf);
  const ofMetadata = isMetadataStream(stream);
  const hasMetadata = !ofMetadata && lastRevision(metadataStream(stream), storage, pendingOf) >= 0;
  return {
    current,
    hasMetadata,
    isTombstoned: isTombstone(
      ofMetadata ? lastRevision(describedStream(stream), storage, pendingOf) : current,
    ),
    isSoftDeleted:
      hasMetadata && isSoftDeleted(metadataOf(stream, (name) => newest(name, storage, pendingOf))),

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

/** Of the last event, durable or not; -1 where there is none. */
export function lastRevision(stream: string, storage: EventStorage, pendingOf: PendingOf): number {
  return pendingOf(stream)[0]?.last?.revision ?? storage.last(stream)?.revision ?? -1;
}

/** The last event of a stream, durable or not. */
export function newest(
  stream: string,
  storage: EventStorage,
  pendingOf: PendingOf,
): { readonly message: Buffer } | undefined {
  return pendingOf(stream)[0]?.last ?? lastEvent(stream, storage);
}
