import type { RecordedEvent } from '#libs/kernel';

/** One batch reads and writes at most the documents of so many events. */
const BATCH_MAX = 500;
/** So many events may wait before the log is kept waiting. */
const WAITING_MAX = 2_000;

/**
 * Gathers the events that arrive while a batch is being written into the next one: a single event is
 * written at once, a flood in large pieces.
 */
export class Batcher {
  #waiting: RecordedEvent[] = [];
  #writing: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly write: (batch: readonly RecordedEvent[]) => Promise<void>,
    private readonly onFailure: () => void,
  ) {}

  /** Waits where too many events wait already. */
  async add(event: RecordedEvent): Promise<void> {
    this.#waiting.push(event);
    this.#writing ??= this.#writeAll();
    if (this.#waiting.length >= WAITING_MAX) await this.#writing;
  }

  /** Forgets what waits; the batch being written is finished. */
  drop(): void {
    this.#waiting = [];
  }

  /** Resolves when nothing is being written; throws why a batch could not be. */
  async settled(): Promise<void> {
    await this.#writing;
    if (this.#failure) throw this.#failure.error;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#failure) {
      try {
        await this.write(this.#waiting.splice(0, BATCH_MAX));
      } catch (error) {
        this.#failure = { error };
        this.onFailure();
      }
    }
    this.#writing = undefined;
  }
}
