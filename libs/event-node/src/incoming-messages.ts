import type { ServerHttp2Stream } from 'node:http2';
import { FrameReader, type MessageLimit } from './frames.js';
import type { RequestMemory } from './request-memory.js';
import { CallError, status } from './status.js';

export interface Receiving {
  readonly limit: MessageLimit;
  /** Any time may pass between two messages; otherwise the whole request has to arrive in time. */
  readonly mayIdle?: boolean;
}

export interface IncomingOptions extends Receiving {
  readonly memory: RequestMemory;
  /** How long the rest of what was begun is waited for, so that it does not hold memory. */
  readonly patienceMs: number;
}

/** The request of a call, cut into its messages. */
export class IncomingMessages {
  readonly #stream: ServerHttp2Stream;
  readonly #options: IncomingOptions;
  readonly #reader: FrameReader;
  #held = 0;
  #late: NodeJS.Timeout | undefined;

  constructor(stream: ServerHttp2Stream, options: IncomingOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#reader = new FrameReader(options.limit);
  }

  /**
   * Hands over the messages as they arrive, and resolves after the last one. Rejects where the request
   * breaks off or does not arrive in time, where there is no memory for it, or where the handler throws.
   */
  handOver(onMessage: (message: Buffer) => void): Promise<void> {
    const stream = this.#stream;
    return new Promise((resolve, reject) => {
      const settle = (error?: Error): void => {
        stream.off('data', onData).off('end', onEnd).off('close', onClose);
        stream.off('pause', onPause).off('resume', onResume);
        clearTimeout(this.#late);
        this.#options.memory.release(this.#held);
        if (error === undefined) resolve();
        else reject(error);
      };
      const onLate = (): void => {
        settle(new CallError(status.deadlineExceeded, 'The rest of the request did not arrive.'));
      };
      const onData = (chunk: Buffer): void => {
        try {
          const completed = this.#take(chunk, onMessage);
          if (this.#options.mayIdle) this.#await(onLate, { isNew: completed > 0 });
        } catch (error) {
          settle(error as Error);
        }
      };
      const onEnd = (): void => {
        // A reset also ends the reading side; taking it for the end would commit half of an append.
        const isWhole = !stream.aborted && stream.rstCode === 0 && !this.#reader.isUnfinished;
        settle(isWhole ? undefined : brokenOff());
      };
      const onClose = (): void => {
        settle(brokenOff());
      };
      // While the node itself lets the client wait, it is not late.
      const onPause = (): void => {
        this.#stopWaiting();
      };
      const onResume = (): void => {
        this.#await(onLate, { isNew: true });
      };
      stream.on('data', onData).once('end', onEnd).once('close', onClose);
      stream.on('pause', onPause).on('resume', onResume);
      this.#await(onLate, { isNew: true });
    });
  }

  /** How many messages were completed. */
  #take(chunk: Buffer, onMessage: (message: Buffer) => void): number {
    const messages = this.#reader.push(chunk);
    const { heldBytes } = this.#reader;
    const more = heldBytes - this.#held;
    this.#held = heldBytes;
    if (more > 0) this.#options.memory.reserveUnfinished(more);
    else this.#options.memory.release(-more);
    for (const message of messages) onMessage(message);
    return messages.length;
  }

  /** Gives what was begun its time; the rest of it does not have it anew with each piece. */
  #await(onLate: () => void, { isNew }: { readonly isNew: boolean }): void {
    const isDue = this.#reader.isUnfinished || !this.#options.mayIdle;
    if (!isDue || this.#stream.isPaused()) {
      this.#stopWaiting();
      return;
    }
    if (this.#late !== undefined && !isNew) return;
    clearTimeout(this.#late);
    this.#late = setTimeout(onLate, this.#options.patienceMs);
  }

  #stopWaiting(): void {
    clearTimeout(this.#late);
    this.#late = undefined;
  }
}

function brokenOff(): CallError {
  return new CallError(status.cancelled, 'The request broke off.');
}
