import type { ProposedEvent } from './proposed-event.js';
import { CallError, invalidArgument, status } from './status.js';

/** What the data, metadata and type of all events of one append may come to, in bytes. */
export const APPEND_BYTES_MAX = 1024 * 1024;

/**
 * What is laid down around the data of the events of one append, in bytes: however small they are, its
 * record is to be read in one piece.
 */
const AROUND_BYTES_MAX = 4 * APPEND_BYTES_MAX;
/** Around one event, beside the name of its stream: ids, numbers, properties. */
const AROUND_EVENT_BYTES = 256;

/** How much the appends that are being received may hold, all together, before more are turned away. */
const RECEIVING_BYTES_MAX = 64 * 1024 * 1024;

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

/** Throws where the append has more events than are laid down as one record. */
export function requireOneRecord(stream: string, count: number): void {
  const each = AROUND_EVENT_BYTES + Buffer.byteLength(stream);
  const most = Math.floor(AROUND_BYTES_MAX / each);
  if (count <= most) return;
  throw invalidArgument(
    `An append to a stream with a name so long may hold ${String(most)} events, ` +
      `and this one holds ${String(count)}.`,
  );
}

/** What an event counts towards the size of its append. */
export function eventBytes({ data, metadata, type }: ProposedEvent): number {
  return data.length + metadata.length + Buffer.byteLength(type);
}

/** Counts what all calls together are holding of appends that are not answered yet. */
export class ReceivedAppends {
  #bytes = 0;

  reserve(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > RECEIVING_BYTES_MAX) {
      throw new CallError(status.unavailable, 'The event node is busy with other appends.');
    }
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
  }
}
