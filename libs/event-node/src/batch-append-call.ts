import { type BatchChunk, decodeBatchChunk } from './append-messages.js';
import { type BatchError, batchFailure, batchSuccess } from './batch-answers.js';
import type { Call } from './call.js';
import { uuidText } from './event-id.js';
import type { MessageLimit } from './frames.js';
import { type Append, type AppendOutcome, type Journal } from './journal.js';
import type { ProposedEvent } from './proposed-event.js';
import {
  APPEND_BYTES_MAX,
  eventBytes,
  problemWith,
  type ReceivedAppends,
} from './received-appends.js';
import { CallError, status } from './status.js';

/** The client cuts batches into messages of about 3 MiB, and the protocol allows for some more. */
const MESSAGE_LIMIT: MessageLimit = {
  bytesMax: 17 * 1024 * 1024,
  exceeded: () => new CallError(status.resourceExhausted, 'The message is too long.'),
};

/** An append that is not complete by then is given up, whatever its deadline. */
const COMPLETE_MS = 10_000;
/** A client that leaves so many appends unfinished after their answer is not heeding the protocol. */
const ABANDONED_MAX = 1_000;
/** While so much waits to be written, nothing more is read from the call. */
const WAITING_BYTES_MAX = 8 * 1024 * 1024;

export interface BatchAppendOptions {
  readonly journal: Journal;
  readonly received: ReceivedAppends;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Serves BatchAppend: many appends on one long call, each cut into chunks that share a correlation id,
 * and answered exactly once. Appends are made in the order in which their last chunks arrive.
 */
export async function serveBatchAppend(call: Call, options: BatchAppendOptions): Promise<void> {
  const batch = new BatchCall(call, options);
  try {
    await call.receive({ limit: MESSAGE_LIMIT, mayIdle: true }, (message) => {
      batch.take(message);
    });
    await batch.settled();
    call.end();
  } finally {
    batch.drop();
  }
}

/** One append of which further chunks are to come. */
interface Incomplete {
  readonly target: Pick<Append, 'stream' | 'expected'>;
  readonly events: ProposedEvent[];
  readonly timer: NodeJS.Timeout;
  /** Of its events. */
  size: number;
  /** Of its messages. */
  reserved: number;
}

class BatchCall {
  readonly #call: Call;
  readonly #options: BatchAppendOptions;
  readonly #incomplete = new Map<string, Incomplete>();
  /** Answered before their last chunk, which is still to be dropped. */
  readonly #abandoned = new Set<string>();
  readonly #making = new Set<Promise<void>>();
  #waitingBytes = 0;
  #answers: Buffer[] = [];
  #sending: Promise<void> | undefined;

  constructor(call: Call, options: BatchAppendOptions) {
    this.#call = call;
    this.#options = options;
  }

  take(message: Buffer): void {
    const chunk = decodeBatchChunk(message);
    const id = uuidText(chunk.correlationId);
    if (this.#abandoned.has(id)) {
      if (chunk.isFinal) this.#abandoned.delete(id);
      return;
    }
    const append = this.#incomplete.get(id) ?? this.#begin(id, chunk);
    if (append === undefined) return;
    append.reserved += message.length;
    this.#options.received.reserve(message.length);
    const problem = chunk.problem ?? problemIn(chunk.events);
    if (problem !== undefined) {
      this.#giveUp(id, { kind: 'bad-request', message: problem }, chunk.isFinal);
      return;
    }
    for (const event of chunk.events) append.size += eventBytes(event);
    if (append.size > APPEND_BYTES_MAX) {
      this.#giveUp(id, { kind: 'too-big', bytesMax: APPEND_BYTES_MAX }, chunk.isFinal);
      return;
    }
    for (const event of chunk.events) append.events.push(event);
    if (chunk.isFinal) this.#make(id, append);
  }

  /** Resolves when everything that was complete is answered. */
  async settled(): Promise<void> {
    while (this.#making.size > 0) await Promise.all(this.#making);
    while (this.#sending) await this.#sending;
  }

  /** Forgets what will never be complete. */
  drop(): void {
    for (const id of [...this.#incomplete.keys()]) this.#forget(id);
  }

  #begin(id: string, { target, deadline, isFinal, problem }: BatchChunk): Incomplete | undefined {
    if (target === undefined) {
      const message = problem ?? 'The first chunk of an append names its stream.';
      this.#answer(
        batchFailure({ correlationId: id, stream: '' }, { kind: 'bad-request', message }),
      );
      if (!isFinal) this.#abandon(id);
      return undefined;
    }
    const left = Math.min((deadline ?? Infinity) - this.#options.now(), COMPLETE_MS);
    if (left <= 0) {
      const stream = target.stream;
      this.#answer(batchFailure({ correlationId: id, stream }, { kind: 'timeout' }));
      if (!isFinal) this.#abandon(id);
      return undefined;
    }
    const timer = setTimeout(() => {
      this.#giveUp(id, { kind: 'timeout' }, false);
    }, left);
    const append: Incomplete = { target, events: [], timer, size: 0, reserved: 0 };
    this.#incomplete.set(id, append);
    return append;
  }

  #giveUp(id: string, error: BatchError, isFinal: boolean): void {
    const append = this.#forget(id);
    if (append === undefined) return;
    this.#answer(batchFailure({ correlationId: id, stream: append.target.stream }, error));
    if (!isFinal) this.#abandon(id);
  }

  #abandon(id: string): void {
    this.#abandoned.add(id);
    if (this.#abandoned.size > ABANDONED_MAX) {
      this.#call.fail(new CallError(status.resourceExhausted, 'Too many unfinished appends.'));
    }
  }

  #forget(id: string): Incomplete | undefined {
    const append = this.#incomplete.get(id);
    if (append === undefined) return undefined;
    clearTimeout(append.timer);
    this.#incomplete.delete(id);
    this.#options.received.release(append.reserved);
    return append;
  }

  /** The journal takes its place in the order at once; the answer comes when it is durable. */
  #make(id: string, { target, events, reserved }: Incomplete): void {
    clearTimeout(this.#incomplete.get(id)?.timer);
    this.#incomplete.delete(id);
    this.#waitingBytes += reserved;
    if (this.#waitingBytes > WAITING_BYTES_MAX) this.#call.pause();
    const answered = { correlationId: id, stream: target.stream };
    const made = this.#options.journal
      .append({ ...target, events })
      .then(
        (outcome) => {
          this.#answer(answerTo(answered, outcome, target.expected));
        },
        (error: unknown) => {
          this.#refused(answered, error);
        },
      )
      .finally(() => {
        this.#making.delete(made);
        this.#options.received.release(reserved);
        this.#waitingBytes -= reserved;
        if (this.#waitingBytes <= WAITING_BYTES_MAX) this.#call.resume();
      });
    this.#making.add(made);
  }

  #refused(answered: { correlationId: string; stream: string }, error: unknown): void {
    if (error instanceof CallError && error.code !== status.unavailable) {
      this.#answer(batchFailure(answered, { kind: 'bad-request', message: error.message }));
    } else {
      // Nothing more is accepted at all: ending the call tells the client to connect anew.
      this.#call.fail(
        error instanceof CallError ? error : new CallError(status.internal, String(error)),
      );
    }
  }

  /** The answers of one commit go out in one piece. */
  #answer(answer: Buffer): void {
    this.#answers.push(answer);
    this.#sending ??= this.#send().finally(() => (this.#sending = undefined));
  }

  async #send(): Promise<void> {
    await Promise.resolve();
    while (this.#answers.length > 0) {
      const bytes = Buffer.concat(this.#answers);
      this.#answers = [];
      await this.#call.send(bytes);
    }
  }
}

function answerTo(
  answered: { readonly correlationId: string; readonly stream: string },
  outcome: AppendOutcome,
  expected: Append['expected'],
): Buffer {
  if (outcome.kind === 'deleted') return batchFailure(answered, outcome);
  return outcome.kind === 'conflict'
    ? batchFailure(answered, { kind: 'conflict', current: outcome.current, expected })
    : batchSuccess(answered, outcome.last);
}

function problemIn(events: readonly ProposedEvent[]): string | undefined {
  const lacking = events.some(({ type, contentType }) => type === '' || contentType === '');
  if (lacking) return 'An event needs a type and a content-type.';
  return events.map(problemWith).find((problem) => problem !== undefined);
}
