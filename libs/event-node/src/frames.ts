import { notServed, type CallError } from './status.js';

/** Before each message: whether it is compressed, and its length. */
export const PREFIX_BYTES = 5;

/** A gRPC frame around one message: not compressed, then its length. */
export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, PREFIX_BYTES);
  return framed;
}

/** How long a message may be, and what is answered to one that is longer. */
export interface MessageLimit {
  readonly bytesMax: number;
  readonly exceeded: () => CallError;
}

/** Cuts the bytes of a request into its messages, however they arrive. */
export class FrameReader {
  readonly #limit: MessageLimit;
  #chunks: Buffer[] = [];
  #length = 0;
  #wanted = PREFIX_BYTES;

  constructor(limit: MessageLimit) {
    this.#limit = limit;
  }

  /** Whether the bytes so far end in the middle of a message. */
  get isUnfinished(): boolean {
    return this.#length > 0;
  }

  /** The messages completed by this chunk. */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#wanted) return [];
    const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#length);
    const messages: Buffer[] = [];
    let offset = 0;
    for (;;) {
      this.#wanted = this.#frameBytes(bytes, offset);
      if (bytes.length - offset < this.#wanted) break;
      messages.push(bytes.subarray(offset + PREFIX_BYTES, offset + this.#wanted));
      offset += this.#wanted;
    }
    this.#keep(bytes.subarray(offset));
    return messages;
  }

  #frameBytes(bytes: Buffer, offset: number): number {
    if (bytes.length - offset < PREFIX_BYTES) return PREFIX_BYTES;
    if (bytes[offset] !== 0) throw notServed('compression of messages');
    const length = bytes.readUInt32BE(offset + 1);
    if (length > this.#limit.bytesMax) throw this.#limit.exceeded();
    return PREFIX_BYTES + length;
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
  }
}
