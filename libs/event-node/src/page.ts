import { encodeResolved, recordedData } from './recorded-message.js';
import type { EventStorage, StoredEvent } from './storage.js';
import { LINK_TYPE } from './stream-metadata.js';
import { viewOf } from './stream-view.js';

/** One piece of bytes for the whole page: framing and writing cost by the piece. */
export function joined(page: readonly StoredEvent[]): Buffer {
  let length = 0;
  for (const event of page) length += event.messageLength;
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  for (const event of page) {
    event.copyMessage(bytes, at);
    at += event.messageLength;
  }
  return bytes;
}

export function isLink({ type }: StoredEvent): boolean {
  return type === LINK_TYPE;
}

/** The link with the event to which it leads; by itself where that is not to be seen. */
export function resolved(link: StoredEvent, storage: EventStorage, now: number): Buffer {
  return encodeResolved(link, targetOf(link, storage, now));
}

const LINK = /^(\d{1,15})@(.+)$/s;

function targetOf(link: StoredEvent, storage: EventStorage, now: number): StoredEvent | undefined {
  const [, revision, stream] = LINK.exec(recordedData(link.message).toString()) ?? [];
  if (revision === undefined || stream === undefined) return undefined;
  const view = viewOf(stream, storage, now);
  if (view === 'absent' || view === 'tombstoned') return undefined;
  const range = { from: Number(revision), direction: 'forwards', limit: 1 } as const;
  const [event] = storage.readStream(stream, range);
  const isThere = event?.revision === Number(revision) && event.revision >= view.first;
  return isThere ? event : undefined;
}
