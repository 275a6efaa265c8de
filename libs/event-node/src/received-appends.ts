import type { ProposedEvent } from './proposed-event.js';
import { CallError, status } from './status.js';

/** What the data, metadata and type of all events of one append may come to, in bytes. */
export const APPEND_BYTES_MAX = 1024 * 1024;

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
