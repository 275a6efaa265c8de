import { isTombstone } from './log-frame.js';
import { recordedAt } from './recorded-message.js';
import { describedStream, isMetadataStream, isSoftDeleted, metadataOf } from './stream-metadata.js';
import type { EventStorage, StoredEvent } from './storage.js';

/** How much of a stream its readers see. */
export interface StreamWindow {
  /** Of the last event. */
  readonly last: number;
  /** The first revision that is seen. */
  readonly first: number;
}

/** What a reader finds under the name of a stream, by what is durable. */
export function viewOf(
  stream: string,
  storage: EventStorage,
  now: number,
): StreamWindow | 'absent' | 'tombstoned' {
  if (isTombstoned(stream, storage)) return 'tombstoned';
  const last = storage.last(stream)?.revision;
  if (last === undefined) return 'absent';
  const metadata = metadataOf(stream, (name) => lastEvent(name, storage));
  if (isSoftDeleted(metadata)) return 'absent';
  const { maxCount = Infinity, truncateBefore = 0, maxAgeMs } = metadata;
  const first = Math.max(0, truncateBefore, last - maxCount + 1);
  if (maxAgeMs === undefined) return { last, first };
  return {
    last,
    first: firstSince(now - maxAgeMs, { first, last }, (from) => at(stream, from, storage)),
  };
}

/** Whether the stream is deleted for ever; its metadata are together with it. */
export function isTombstoned(stream: string, storage: EventStorage): boolean {
  const described = isMetadataStream(stream) ? describedStream(stream) : stream;
  return [stream, described].some((name) => isTombstone(storage.last(name)?.revision ?? -1));
}

export function lastEvent(stream: string, storage: EventStorage): StoredEvent | undefined {
  const last = storage.last(stream);
  if (last === undefined) return undefined;
  return storage.readStream(stream, { from: last.revision, direction: 'backwards', limit: 1 })[0];
}

function at(stream: string, from: number, storage: EventStorage): StoredEvent | undefined {
  return storage.readStream(stream, { from, direction: 'forwards', limit: 1 })[0];
}

/** The first revision that is not older; the events of a stream stand in the order of their times. */
function firstSince(
  time: number,
  { first, last }: StreamWindow,
  eventAt: (revision: number) => StoredEvent | undefined,
): number {
  let [low, high] = [first, last + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const event = eventAt(middle);
    if (event && recordedAt(event.message) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
