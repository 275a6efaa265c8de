import { isTombstone } from './log-frame.js';
import { recordedAt } from './recorded-message.js';
import { isSoftDeleted, metadataOf } from './stream-metadata.js';
import type { EventStorage, StoredEvent } from './storage.js';

/** How much of a stream its readers see. */
export interface StreamWindow {
  /** Of the last event. */
  readonly last: number;
  /** The first revision that is seen. */
  readonly first: number;
  /** Milliseconds since the epoch; what is older is not seen. */
  readonly notBefore?: number;
}

/** What a reader finds under the name of a stream, by what is durable. */
export function viewOf(
  stream: string,
  storage: EventStorage,
  now: number,
): StreamWindow | 'absent' | 'tombstoned' {
  const last = storage.last(stream)?.revision;
  if (last === undefined) return 'absent';
  if (isTombstone(last)) return 'tombstoned';
  const metadata = metadataOf(stream, (name) => lastEvent(name, storage));
  if (isSoftDeleted(metadata)) return 'absent';
  const { maxCount = Infinity, truncateBefore = 0, maxAgeMs } = metadata;
  return {
    last,
    first: Math.max(0, truncateBefore, last - maxCount + 1),
    ...(maxAgeMs !== undefined && { notBefore: now - maxAgeMs }),
  };
}

export function lastEvent(stream: string, storage: EventStorage): StoredEvent | undefined {
  const last = storage.last(stream);
  if (last === undefined) return undefined;
  return storage.readStream(stream, { from: last.revision, direction: 'backwards', limit: 1 })[0];
}

export function isSeen(event: StoredEvent, { first, notBefore }: StreamWindow): boolean {
  if (event.revision < first) return false;
  return notBefore === undefined || recordedAt(event.message) >= notBefore;
}
