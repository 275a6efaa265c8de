import type { Call } from './call.js';
import { PAGE_BYTES } from './storage.js';

/** How much of what readers have not taken yet may be held, over all connections. */
const HELD_BYTES_MAX = 128 * 1024 * 1024;
/** Taken for a page before it is known how long it is: a longest event fits in. */
export const PAGE_ROOM = 1024 * 1024 + 2 * PAGE_BYTES;
/** Who takes no page for so long is let go where others wait for room. */
const PATIENCE_MS = 30_000;

export interface ReadingMemoryOptions {
  readonly bytesMax?: number;
  readonly patienceMs?: number;
}

/**
 * Counts the pages that readers have not taken yet, so that no crowd of slow ones fills the memory: where
 * too much is held, the next page of each is read in its turn.
 */
export class ReadingMemory {
  readonly #bytesMax: number;
  readonly #patienceMs: number;
  readonly #readers = new Set<Reader>();
  readonly #waiting = new Map<Reader, () => void>();
  #held = 0;
  #watch: NodeJS.Timeout | undefined;

  constructor({ bytesMax = HELD_BYTES_MAX, patienceMs = PATIENCE_MS }: ReadingMemoryOptions = {}) {
    this.#bytesMax = bytesMax;
    this.#patienceMs = patienceMs;
  }

  /** In bytes. */
  get held(): number {
    return this.#held;
  }

  get isFull(): boolean {
    return this.#waiting.size > 0 || this.#held >= this.#bytesMax;
  }

  /** What is sent to the call by it is counted. */
  readerOf(call: Call): Reader {
    const reader = new Reader(call, this);
    this.#readers.add(reader);
    call.onOver(() => {
      this.#readers.delete(reader);
      if (this.#waiting.has(reader)) this.#letIn(reader);
    });
    return reader;
  }

  /** Takes the room of a page: at once, or when the promise resolves. */
  room(reader: Reader): Promise<void> | undefined {
    if (!this.isFull) {
      this.#held += PAGE_ROOM;
      return undefined;
    }
    this.#watch ??= setInterval(() => {
      for (const each of this.#readers) each.letGoWhenStuck();
    }, this.#patienceMs).unref();
    return new Promise((resolve) => {
      this.#waiting.set(reader, resolve);
    });
  }

  release(bytes: number): void {
    this.#held -= bytes;
    for (const reader of this.#waiting.keys()) {
      if (this.#held >= this.#bytesMax) return;
      this.#letIn(reader);
    }
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  #letIn(reader: Reader): void {
    this.#held += PAGE_ROOM;
    const resolve = this.#waiting.get(reader);
    this.#waiting.delete(reader);
    resolve?.();
  }
}

/** The client of one read, and what it has not taken yet. */
export class Reader {
  readonly #call: Call;
  readonly #memory: ReadingMemory;
  #held = 0;
  #isLate = false;

  constructor(call: Call, memory: ReadingMemory) {
    this.#call = call;
    this.#memory = memory;
  }

  get isOver(): boolean {
    return this.#call.isOver;
  }

  /** Others are waited for: what is not needed at once is not to be kept. */
  get isToSave(): boolean {
    return this.#memory.isFull;
  }

  /** Reads a page when there is room for it. What it gives is held until it was sent, and has to be sent. */
  async page(read: () => Buffer | undefined): Promise<Buffer | undefined> {
    const room = this.#memory.room(this);
    if (room) await room;
    let bytes = 0;
    try {
      const page = this.#call.isOver ? undefined : read();
      bytes = heldBy(page);
      return page;
    } finally {
      this.#held += bytes;
      this.#memory.release(PAGE_ROOM - bytes);
    }
  }

  /** Resolves when the client has taken the page, or never will. */
  async send(page: Buffer): Promise<void> {
    if (page.length > 0) await this.#call.sendWhole(page);
    const bytes = heldBy(page);
    this.#held -= bytes;
    this.#isLate = false;
    this.#memory.release(bytes);
  }

  /** To be asked in turns: it is stuck when it holds something and took no page since the last one. */
  letGoWhenStuck(): void {
    if (this.#isLate) this.#call.reset();
    this.#isLate = this.#held > 0;
  }
}

/** All of the memory of which the page is a part. */
function heldBy(page: Buffer | undefined): number {
  return page === undefined || page.length === 0 ? 0 : page.buffer.byteLength;
}
