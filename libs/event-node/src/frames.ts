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

const NOTHING: Buffer = Buffer.alloc(0);

/** Cuts the bytes of a request into its messages, however they arrive. */
export class FrameReader {
  readonly #limit: MessageLimit;
  /** What there is of an unfinished message, with room for more of it. */
  #held = NOTHING;
  #length = 0;
  #wanted = PREFIX_BYTES;

  constructor(limit: MessageLimit) {
    this.#limit = limit;
  }

  /** Whether the bytes so far end in the middle of a message. */
  get isUnfinished(): boolean {
    return this.#length > 0;
  }

  /** How much memory an unfinished message takes. */
  get heldBytes(): number {
    return this.#held.length;
  }

  /** The messages completed by this chunk. */
  push(chunk: Buffer): Buffer[] {
    if (!this.isUnfinished) return this.#messagesIn(chunk);
    this.#hold(chunk);
    if (this.#length < this.#wanted) return [];
    const bytes = this.#held.subarray(0, this.#length);
    this.#held = NOTHING;
    this.#length = 0;
    return this.#messagesIn(bytes);
  }

  /** What is left over after the last of them is held. */
  #messagesIn(bytes: Buffer): Buffer[] {
    const messages: Buffer[] = [];
    let offset = 0;
    for (;;) {
      this.#wanted = this.#frameBytes(bytes, offset);
      if (bytes.length - offset < this.#wanted) break;
      messages.push(bytes.subarray(offset + PREFIX_BYTES, offset + this.#wanted));
      offset += this.#wanted;
    }
    if (offset < bytes.length) this.#hold(bytes.subarray(offset));
    return messages;
  }

  #frameBytes(bytes: Buffer, offset: number): number {
    if (bytes.length - offset < PREFIX_BYTES) return PREFIX_BYTES;
    if (bytes[offset] !== 0) throw notServed('compression of messages');
    const length = bytes.readUInt32BE(offset + 1);
    if (length > this.#limit.bytesMax) throw this.#limit.exceeded();
    return PREFIX_BYTES + length;
  }

  /** Copied: a small piece would keep all that arrived with it, and many would each have their object. */
  #hold(piece: Buffer): void {
    const length = this.#length + piece.length;
    if (length > this.#held.length) {
      const room = Math.max(length, Math.min(this.#wanted, 2 * this.#held.length));
      const grown = Buffer.allocUnsafeSlow(room);
      this.#held.copy(grown, 0, 0, this.#length);
      this.#held = grown;
    }
    this.#held.set(piece, this.#length);
    this.#length = length;
  }
}
