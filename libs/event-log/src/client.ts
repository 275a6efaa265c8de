import {
  type AllStreamResolvedEvent,
  EventStoreDBClient,
  type ResolvedEvent,
} from '@eventstore/db-client';
import type { EventTable, RecordedEvent } from '#libs/kernel';
import { backOff } from './backoff.js';
import { asLogError, clientErrorType } from './client-errors.js';
import { drain, drainOneAhead } from './client-streams.js';
import { type Codec, createCodec, type StoredEvent } from './codec.js';
import { type Credentials, withCredentials } from './credentials.js';
import { eventReader } from './event-reader.js';
import { EventLogUnavailable } from './errors.js';
import { CAUGHT_UP, follow, isOfLog } from './follow.js';
import type { RegistrantKeys } from './keys.js';
import type { LogName } from './logs.js';
import type {
  AppendOutcome,
  EventLog,
  EventToAppend,
  ExpectedRevision,
  FollowOptions,
  ReadAllOptions,
  ReadStreamOptions,
} from './port.js';
import {
  fromEndOf,
  toClientEvent,
  toClientPosition,
  toClientRevision,
  toNumber,
  toStored,
} from './client-values.js';

export interface EventLogSettings {
  /** `esdb://host:port?tls=false`, `esdb+discover://…` or several hosts. */
  readonly connectionString: string;
  /** For a connection with TLS; without TLS the client sends none. */
  readonly credentials?: Credentials;
  /** Every event type that may lie in the log. */
  readonly tables: readonly EventTable[];
  /** Without keys, personal content is neither opened nor stored. */
  readonly keys?: RegistrantKeys;
  /** How long an append or the next event of a read may take; 5,000 unless said. */
  readonly answerWithinMs?: number;
}

const ANSWER_WITHIN_MS = 5_000;
/** How many events are looked at in one go for the last one of a log. */
const HEAD_PAGE = 512;
/** How many events the client reads ahead of the one that is handled. */
const READ_AHEAD = 128;

/** The event log of an EventStoreDB, or of the embedded node. Connects at the first call. */
export function connectEventLog(settings: EventLogSettings): EventLog {
  return new ClientEventLog(settings);
}

class ClientEventLog implements EventLog {
  readonly #client: EventStoreDBClient;
  readonly #codec: Codec;
  readonly #reader: ReturnType<typeof eventReader>;
  readonly #answerWithinMs: number;
  readonly #closing = new AbortController();

  constructor(settings: EventLogSettings) {
    const { connectionString, credentials } = settings;
    this.#client = EventStoreDBClient.connectionString(
      credentials === undefined ? connectionString : withCredentials(connectionString, credentials),
    );
    this.#codec = createCodec(settings.tables, settings.keys);
    this.#reader = eventReader(this.#codec);
    this.#answerWithinMs = settings.answerWithinMs ?? ANSWER_WITHIN_MS;
  }

  async append(
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Promise<AppendOutcome> {
    if (events.length === 0) throw new TypeError('An append needs an event.');
    const encoded = await this.#codec.encode(stream, events);
    const appended = this.#client.appendToStream(stream, encoded.map(toClientEvent), {
      expectedRevision: toClientRevision(expected),
      deadline: this.#answerWithinMs,
    });
    try {
      const result = await this.#inTime(appended);
      if (!result.success) return { conflict: true };
      const revision = toNumber(result.nextExpectedRevision);
      const position = result.position && toNumber(result.position.commit);
      return { revision, position: position ?? (await this.#positionOf(stream, revision)) };
    } catch (error) {
      if (clientErrorType(error) === 'wrong-expected-version') return { conflict: true };
      throw asLogError(error);
    }
  }

  check(stream: string, events: readonly EventToAppend[]): void {
    this.#codec.tryOut(stream, events);
  }

  async *readStream(
    stream: string,
    options: ReadStreamOptions = {},
  ): AsyncGenerator<RecordedEvent, void> {
    for await (const stored of this.#readStreamStored(stream, options)) {
      yield this.#reader.decode(stored);
    }
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent, void> {
    for await (const stored of this.#readAllOfLog(options)) yield this.#reader.decode(stored);
  }

  async *readAllStored(options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent, void> {
    for await (const stored of this.#readAllOfLog(options)) yield this.#reader.asStored(stored);
  }

  async follow(options: FollowOptions): Promise<void> {
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    const source = {
      subscribe: (after: number | undefined) => this.#subscribe(after, signal),
      decode: this.#reader.decode,
      backOff,
    };
    await follow(source, { ...options, signal });
  }

  async head(log: LogName = 'registry'): Promise<number | undefined> {
    // The last event is mostly of that log; if not, the access log may have written much since.
    let last: StoredEvent | undefined;
    for (let maxCount = 1; ; maxCount = HEAD_PAGE) {
      const page = await this.#pageBackwards(last, maxCount);
      const found = page.find((stored) => isOfLog(stored, log));
      if (found !== undefined || page.length < maxCount) return found?.position;
      last = page.at(-1);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#client.dispose();
  }

  /** Events of the whole store before a position, the last one first. */
  async #pageBackwards(
    before: StoredEvent | undefined,
    maxCount: number,
  ): Promise<readonly StoredEvent[]> {
    const fromPosition = before === undefined ? 'end' : toClientPosition(before.position);
    const page: StoredEvent[] = [];
    const read = this.#client.readAll({ direction: 'backwards', fromPosition, maxCount });
    for await (const stored of this.#drainRead(read)) page.push(stored);
    return page;
  }

  async #positionOf(stream: string, revision: number): Promise<number> {
    const read = this.#readStreamStored(stream, { from: revision, limit: 1 });
    const first = await read.next();
    if (first.done !== true) return first.value.position;
    throw new EventLogUnavailable(`stream ${stream} lacks the revision just appended`);
  }

  async *#readStreamStored(stream: string, options: ReadStreamOptions) {
    const { direction = 'forwards', limit, from } = options;
    if (limit === 0) return;
    const read = this.#client.readStream(
      stream,
      {
        direction,
        fromRevision: from === undefined ? fromEndOf(direction) : BigInt(from),
        ...(limit !== undefined && { maxCount: limit }),
      },
      { highWaterMark: READ_AHEAD },
    );
    try {
      yield* this.#drainRead(read);
    } catch (error) {
      if (clientErrorType(error) !== 'stream-not-found') throw error;
    }
  }

  async *#readAllOfLog(options: ReadAllOptions): AsyncGenerator<StoredEvent, void> {
    const { after, limit = Infinity, log } = options;
    if (limit === 0) return;
    const from = { fromPosition: toClientPosition(after) };
    let given = 0;
    for await (const stored of this.#drainRead(
      this.#client.readAll(from, { highWaterMark: READ_AHEAD }),
    )) {
      // The client reads from a position on, that event included.
      if (!isOfLog(stored, log) || stored.position === after) continue;
      yield stored;
      given += 1;
      if (given >= limit) return;
    }
  }

  async *#drainRead(
    stream: ReturnType<EventStoreDBClient['readStream' | 'readAll']>,
  ): AsyncGenerator<StoredEvent, void> {
    const cancel = (): Promise<void> => stream.cancel();
    const source = { stream, cancel, silenceMaxMs: this.#answerWithinMs };
    try {
      for await (const { event } of drainOneAhead<ResolvedEvent>(source)) {
        if (event !== undefined) yield toStored(event);
      }
    } catch (error) {
      if (clientErrorType(error) === 'stream-not-found') throw error;
      throw asLogError(error);
    }
  }

  async *#subscribe(
    after: number | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<StoredEvent | typeof CAUGHT_UP, void> {
    const stream = this.#client.subscribeToAll(
      { fromPosition: toClientPosition(after) },
      { highWaterMark: READ_AHEAD },
    );
    // In order with the events: the client announces it while events before it still wait here.
    stream.on('caughtUp', () => stream.push(CAUGHT_UP));
    const stop = (): void => void stream.destroy();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const cancel = (): Promise<void> => stream.unsubscribe();
    try {
      for await (const item of drain<AllStreamResolvedEvent | typeof CAUGHT_UP>({
        stream,
        cancel,
      })) {
        if (item === CAUGHT_UP) yield item;
        else if (item.event !== undefined) yield toStored(item.event);
      }
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** The client's own deadline does not cover its connecting, nor what it asks of the server before. */
  async #inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const text = `no answer within ${String(this.#answerWithinMs)} ms`;
      timer = setTimeout(() => {
        reject(new EventLogUnavailable(text));
      }, this.#answerWithinMs);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
