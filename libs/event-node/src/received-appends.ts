import type { ProposedEvent } from './proposed-event.js';

/** What the data, metadata and type of all events of one append may come to, in bytes. */
export const APPEND_BYTES_MAX = 1024 * 1024;

/**
 * What is laid down around the data of the events of one append, in bytes: however small they are, its
 * record is to be read in one piece.
 */
const AROUND_BYTES_MAX = 4 * APPEND_BYTES_MAX;
/** Around one event, beside the name of its stream: ids, numbers, properties. */
const AROUND_EVENT_BYTES = 256;

/** More than any append may hold, whatever the name of its stream: nothing more need be read of it. */
export const APPEND_EVENTS_MAX = AROUND_BYTES_MAX / AROUND_EVENT_BYTES;

/** The log keeps their lengths in two bytes, and no program has longer ones. */
const TYPE_BYTES_MAX = 1024;
const CONTENT_TYPE_BYTES_MAX = 256;

/** Why the event cannot be laid down; undefined where it can. */
export function problemWith({ type, contentType }: ProposedEvent): string | undefined {
  if (Buffer.byteLength(type) > TYPE_BYTES_MAX) {
    return `The type of an event may have ${String(TYPE_BYTES_MAX)} bytes.`;
  }
  if (Buffer.byteLength(contentType) > CONTENT_TYPE_BYTES_MAX) {
    return `The content-type of an event may have ${String(CONTENT_TYPE_BYTES_MAX)} bytes.`;
  }
  return undefined;
}

/** How much one append is, while its events arrive. */
export class AppendSize {
  readonly #eventsMax: number;
  #bytes = 0;
  #events = 0;

  constructor(stream: string) {
    const each = AROUND_EVENT_BYTES + Buffer.byteLength(stream);
    this.#eventsMax = Math.floor(AROUND_BYTES_MAX / each);
  }

  add({ data, metadata, type }: ProposedEvent): void {
    this.#bytes += data.length + metadata.length + Buffer.byteLength(type);
    this.#events += 1;
  }

  /** Why the append is too big; undefined while it is not. */
  get excess(): string | undefined {
    if (this.#bytes > APPEND_BYTES_MAX) {
      return `An append may hold ${String(APPEND_BYTES_MAX)} bytes of events, and this one holds more.`;
    }
    if (this.#events > this.#eventsMax) {
      return `An append to this stream may hold ${String(this.#eventsMax)} events, and this one holds more.`;
    }
    return undefined;
  }
}
