import { AnswerQueue } from './answer-queue.js';
import { type BatchChunk, type Deadline, decodeBatchChunk } from './append-messages.js';
import { type Answered, type BatchError, batchFailure, batchSuccess } from './batch-answers.js';
import type { Call } from './call.js';
import { uuidText } from './event-id.js';
import type { MessageLimit } from './frames.js';
import { type Append, type AppendOutcome, type Journal } from './journal.js';
import type { ProposedEvent } from './proposed-event.js';
import { APPEND_BYTES_MAX, AppendSize, problemWith } from './received-appends.js';
import { copied, heldBytes, type RequestMemory } from './request-memory.js';
import { CallError, status } from './status.js';

/** The client cuts batches into messages of about 3 MiB, and the protocol allows for some more. */
const MESSAGE_LIMIT: MessageLimit = {
  bytesMax: 17 * 1024 * 1024,
  exceeded: () => new CallError(status.resourceExhausted, 'The message is too long.'),
};

/** An append that is not made by then is answered with a timeout, whatever its deadline. */
const ANSWER_MS = 10_000;
/** A client that leaves so many appends without a last chunk is not heeding the protocol. */
const UNFINISHED_MAX = 1_000;
/** While so much waits to be written, nothing more is read from the call. */
const WAITING_BYTES_MAX = 8 * 1024 * 1024;

export interface BatchAppendOptions {
  readonly journal: Journal;
  readonly memory: RequestMemory;
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

/** An append that is not answered yet, or not made. */
interface Begun {
  readonly target: Pick<Append, 'stream' | 'expected'>;
  readonly answered: Answered;
  readonly events: ProposedEvent[];
  readonly size: AppendSize;
  /** Answers it when its deadline passes. */
  readonly timer: NodeJS.Timeout;
  /** By its messages, in memory. */
  held: number;
  isAnswered: boolean;
}

class BatchCall {
  readonly #call: Call;
  readonly #options: BatchAppendOptions;
  /** Of which further chunks are to come. */
  readonly #unfinished = new Map<string, Begun>();
  /** Answered before their last chunk, which is still to be dropped. */
  readonly #abandoned = new Set<string>();
  /** In the hands of the journal. What a client sends under their names once more is dropped. */
  readonly #making = new Map<string, Promise<void>>();
  readonly #answers: AnswerQueue;
  #waitingBytes = 0;

  constructor(call: Call, options: BatchAppendOptions) {
    this.#call = call;
    this.#options = options;
    this.#answers = new AnswerQueue({
      call,
      memory: options.memory,
      onTaken: () => {
        this.#letSend();
      },
    });
  }

  take(message: Buffer): void {
    let chunk = decodeBatchChunk(message);
    const id = uuidText(chunk.correlationId);
    if (this.#abandoned.has(id)) {
      if (chunk.isFinal) this.#abandoned.delete(id);
      return;
    }
    if (this.#making.has(id)) return;
    const append = this.#unfinished.get(id) ?? this.#begin(id, chunk);
    if (append === undefined) return;
    this.#hold(append, heldBytes(message, chunk.events.length));
    const error = problemOf(append, chunk);
    if (error !== undefined) {
      this.#giveUp(id, error, chunk.isFinal);
      return;
    }
    if (!chunk.isFinal) chunk = decodeBatchChunk(copied(message));
    for (const event of chunk.events) append.events.push(event);
    if (chunk.isFinal) this.#make(id, append);
  }

  /** Resolves when everything is answered, after the end of the request. */
  async settled(): Promise<void> {
    const message = 'The request ended before the last chunk of the append.';
    for (const id of [...this.#unfinished.keys()]) {
      this.#giveUp(id, { kind: 'bad-request', message }, true);
    }
    while (this.#making.size > 0) await Promise.all(this.#making.values());
    await this.#answers.sent();
  }

  /** Forgets what will never be complete. */
  drop(): void {
    for (const id of [...this.#unfinished.keys()]) this.#forget(id);
  }

  #begin(id: string, chunk: BatchChunk): Begun | undefined {
    const { target, deadline, problem, isFinal } = chunk;
    const answered = { correlationId: id, stream: target?.stream ?? '' };
    if (!isFinal) this.#requireFew();
    if (target === undefined) {
      const message = problem ?? 'The first chunk of an append names its stream.';
      this.#answerUnmade(answered, { kind: 'bad-request', message }, isFinal);
      return undefined;
    }
    const left = Math.min(this.#timeUntil(deadline), ANSWER_MS);
    if (left <= 0) {
      this.#answerUnmade(answered, { kind: 'timeout' }, isFinal);
      return undefined;
    }
    const timer = setTimeout(() => {
      this.#timeOut(append);
    }, left);
    const size = new AppendSize(target.stream);
    const append = { target, answered, events: [], size, timer, held: 0, isAnswered: false };
    this.#unfinished.set(id, append);
    return append;
  }

  #timeUntil(deadline: Deadline | undefined): number {
    if (deadline === undefined) return Infinity;
    return 'in' in deadline ? deadline.in : deadline.at - this.#options.now();
  }

  #requireFew(): void {
    if (this.#unfinished.size + this.#abandoned.size < UNFINISHED_MAX) return;
    throw new CallError(status.resourceExhausted, 'Too many unfinished appends.');
  }

  /** Counted before it is refused: what is forgotten releases it. */
  #hold(append: Begun, bytes: number): void {
    append.held += bytes;
    this.#options.memory.reserve(bytes);
  }

  #giveUp(id: string, error: BatchError, isFinal: boolean): void {
    const append = this.#forget(id);
    if (append !== undefined) this.#answerUnmade(append.answered, error, isFinal);
  }

  #answerUnmade(answered: Answered, error: BatchError, isFinal: boolean): void {
    if (!isFinal) this.#abandoned.add(answered.correlationId);
    this.#answer(batchFailure(answered, error));
  }

  #forget(id: string): Begun | undefined {
    const append = this.#unfinished.get(id);
    if (append === undefined) return undefined;
    clearTimeout(append.timer);
    this.#unfinished.delete(id);
    this.#options.memory.release(append.held);
    return append;
  }

  /** The journal takes its place in the order at once; the answer comes when it is durable. */
  #make(id: string, append: Begun): void {
    const { target, answered, events, held } = append;
    this.#unfinished.delete(id);
    this.#waitingBytes += held;
    const made = this.#options.journal
      .append({ ...target, events })
      .then(
        (outcome) => {
          this.#answerMade(append, answerTo(answered, outcome, target.expected));
        },
        (error: unknown) => {
          this.#refused(append, error);
        },
      )
      .finally(() => {
        this.#making.delete(id);
        this.#options.memory.release(held);
        this.#waitingBytes -= held;
        this.#letSend();
      });
    this.#making.set(id, made);
    this.#letSend();
  }

  #timeOut(append: Begun): void {
    const error = { kind: 'timeout' } as const;
    const id = append.answered.correlationId;
    if (this.#unfinished.has(id)) this.#giveUp(id, error, false);
    else this.#answerMade(append, batchFailure(append.answered, error));
  }

  #refused(append: Begun, error: unknown): void {
    if (error instanceof CallError && error.code !== status.unavailable) {
      const failure = { kind: 'bad-request', message: error.message } as const;
      this.#answerMade(append, batchFailure(append.answered, failure));
    } else {
      clearTimeout(append.timer);
      // Nothing more is accepted at all: ending the call tells the client to connect anew.
      this.#call.fail(
        error instanceof CallError ? error : new CallError(status.internal, String(error)),
      );
    }
  }

  /** Once only: the journal may be done with it after its deadline. */
  #answerMade(append: Begun, answer: Buffer): void {
    if (append.isAnswered) return;
    append.isAnswered = true;
    clearTimeout(append.timer);
    this.#answer(answer);
  }

  #answer(answer: Buffer): void {
    this.#answers.add(answer);
    this.#letSend();
  }

  /** The client, as long as what it has sent, and what it was answered, does not pile up. */
  #letSend(): void {
    if (this.#waitingBytes > WAITING_BYTES_MAX || this.#answers.isFull) this.#call.pause();
    else this.#call.resume();
  }
}

/** Why the append cannot be made with this chunk of it; undefined where it can. */
function problemOf({ size }: Begun, { problem, events }: BatchChunk): BatchError | undefined {
  const message = problem ?? problemIn(events);
  if (message !== undefined) return { kind: 'bad-request', message };
  for (const event of events) size.add(event);
  return size.excess === undefined ? undefined : { kind: 'too-big', bytesMax: APPEND_BYTES_MAX };
}

function answerTo(
  answered: Answered,
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
