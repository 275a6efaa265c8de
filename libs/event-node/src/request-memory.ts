import { CallError, status } from './status.js';

/** How much all requests that are not answered yet may hold, over all connections. */
const HELD_BYTES_MAX = 64 * 1024 * 1024;
/** So much of it may be taken by messages that are still to be whole: small ones find room beside great ones. */
const UNFINISHED_SHARE = 0.75;

/** What an event, a message or an answer takes beside its bytes: objects, and what leads to them. */
const AROUND_BYTES = 512;

/** What a message takes while it is held, with the events in it. */
export function heldBytes(message: Uint8Array, events = 0): number {
  return message.length + AROUND_BYTES * (1 + events);
}

/** The message alone, where its events are held for others to come: as a part of more, it keeps all of that. */
export function copied(message: Uint8Array): Buffer {
  const own = Buffer.allocUnsafeSlow(message.length);
  own.set(message);
  return own;
}

/**
 * Counts what requests hold in memory until they are answered, so that no flood of them fills it. What was
 * turned away is counted too, and has to be released.
 */
export class RequestMemory {
  readonly #bytesMax: number;
  #held = 0;

  constructor(bytesMax = HELD_BYTES_MAX) {
    this.#bytesMax = bytesMax;
  }

  /** Throws RESOURCE_EXHAUSTED where too much is held then. */
  reserve(bytes: number): void {
    this.#take(bytes, this.#bytesMax);
  }

  /** Likewise, for a message of which more is to come. */
  reserveUnfinished(bytes: number): void {
    this.#take(bytes, this.#bytesMax * UNFINISHED_SHARE);
  }

  /** Counts what cannot be turned away. */
  count(bytes: number): void {
    this.#held += bytes;
  }

  release(bytes: number): void {
    this.#held -= bytes;
  }

  #take(bytes: number, bytesMax: number): void {
    this.#held += bytes;
    if (this.#held <= bytesMax) return;
    throw new CallError(
      status.resourceExhausted,
      'The event node holds as many unanswered requests as it has memory for. Try again later.',
    );
  }
}
