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
import type { EventStorage, StoredEvent } from './storage.js';

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
    isTombstoned:
      isTombstone(current) ||
      (ofMetadata && isTombstone(lastRevision(describedStream(stream), storage, pendingOf))),
    isSoftDeleted:
      hasMetadata && isSoftDeleted(metadataOf(stream, (name) => newest(name, storage, pendingOf))),

    *entriesFrom(revision, limit) {
      let next = revision;
      for (const event of durableFrom(stream, storage, { revision, limit })) {
        next = event.revision + 1;
        yield event;
      }
      for (const part of pending.toReversed()) yield* part.entriesFrom(next);
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

/** However many are wanted: each page looks up where so many records lie. */
const PAGE_EVENTS = 500;

function* durableFrom(
  stream: string,
  storage: EventStorage,
  { revision, limit }: { readonly revision: number; readonly limit: number },
): Generator<StoredEvent> {
  for (let next = revision; next < revision + limit;) {
    const most = Math.min(PAGE_EVENTS, revision + limit - next);
    const range = { from: next, direction: 'forwards', limit: most } as const;
    const page = storage.readStream(stream, range);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    next = last.revision + 1;
  }
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
