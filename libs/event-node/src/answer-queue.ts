import type { Call } from './call.js';
import { heldBytes, type RequestMemory } from './request-memory.js';

/** While so much waits to be taken by the client, it is to send no more. */
const WAITING_BYTES_MAX = 256 * 1024;

export interface AnswerQueueOptions {
  readonly call: Call;
  readonly memory: RequestMemory;
  /** Told when answers were taken. */
  readonly onTaken: () => void;
}

/** Answers on their way to a client. Those of one commit go out in one piece. */
export class AnswerQueue {
  readonly #options: AnswerQueueOptions;
  #answers: Buffer[] = [];
  #held = 0;
  #sending: Promise<void> | undefined;

  constructor(options: AnswerQueueOptions) {
    this.#options = options;
  }

  get isFull(): boolean {
    return this.#held > WAITING_BYTES_MAX;
  }

  add(answer: Buffer): void {
    const bytes = heldBytes(answer);
    this.#held += bytes;
    this.#options.memory.count(bytes);
    this.#answers.push(answer);
    this.#sending ??= this.#send().finally(() => (this.#sending = undefined));
  }

  /** Resolves when all of them are sent, or nothing more can be. */
  async sent(): Promise<void> {
    while (this.#sending) await this.#sending;
  }

  async #send(): Promise<void> {
    await Promise.resolve();
    while (this.#answers.length > 0) {
      const held = this.#held;
      const bytes = Buffer.concat(this.#answers);
      this.#answers = [];
      await this.#options.call.sendInTime(bytes);
      this.#held -= held;
      this.#options.memory.release(held);
      this.#options.onTaken();
    }
  }
}
