import type { EventTable, RecordedEvent } from '#libs/kernel';
import { type Codec, createCodec, type EncodedEvent, type StoredEvent } from './codec.js';
import { eventReader } from './event-reader.js';
import { CAUGHT_UP, follow, isOfLog } from './follow.js';
import { createMemoryKeys, type RegistrantKeys } from './keys.js';
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

/** An event log in memory under the same contract, through the same codec; for specs. */
export function createMemoryEventLog(
  tables: readonly EventTable[],
  keys: RegistrantKeys = createMemoryKeys(),
): EventLog {
  return new MemoryEventLog(createCodec(tables, keys), new Memory());
}

/** The events of a log in memory as a program with other tables, or without its keys, reads them. */
export function reopenMemoryEventLog(
  log: EventLog,
  tables: readonly EventTable[],
  keys: RegistrantKeys = createMemoryKeys(),
): EventLog {
  if (!(log instanceof MemoryEventLog)) throw new TypeError('This log is not in memory.');
  return new MemoryEventLog(createCodec(tables, keys), log.memory);
}

/** Data and metadata as the text that a store would hold, so that nobody can change what is stored. */
type Row = EncodedEvent & Pick<StoredEvent, 'stream' | 'revision' | 'position'>;

class Memory {
  readonly rows: Row[] = [];
  readonly streams = new Map<string, Row[]>();
  /** Wake the followers that wait for the next event. */
  readonly waiting = new Set<() => void>();
}

class MemoryEventLog implements EventLog {
  readonly #codec: Codec;
  readonly #reader: ReturnType<typeof eventReader>;
  readonly #closing = new AbortController();

  constructor(
    codec: Codec,
    readonly memory: Memory,
  ) {
    this.#codec = codec;
    this.#reader = eventReader(codec);
  }

  async append(
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Promise<AppendOutcome> {
    if (events.length === 0) throw new TypeError('An append needs an event.');
    const encoded = await this.#codec.encode(stream, events);
    const rows = this.memory.streams.get(stream) ?? [];
    const repeated = repeatOf(rows, encoded, expected);
    if (repeated !== undefined) return repeated;
    if (expected !== 'any' && rows.length !== next(expected)) return { conflict: true };
    this.memory.streams.set(stream, rows);
    for (const event of encoded) {
      const row = {
        ...event,
        stream,
        revision: rows.length,
        position: this.memory.rows.length + 1,
      };
      rows.push(row);
      this.memory.rows.push(row);
    }
    for (const wake of this.memory.waiting) wake();
    return { revision: rows.length - 1, position: this.memory.rows.length };
  }

  check(stream: string, events: readonly EventToAppend[]): void {
    this.#codec.tryOut(stream, events);
  }

  async *readStream(
    stream: string,
    options: ReadStreamOptions = {},
  ): AsyncGenerator<RecordedEvent, void> {
    const { direction = 'forwards', from, limit = Infinity } = options;
    const rows = [...(this.memory.streams.get(stream) ?? [])];
    const wanted =
      direction === 'forwards'
        ? rows.slice(from ?? 0)
        : rows.slice(0, (from ?? Infinity) + 1).reverse();
    for (const row of wanted.slice(0, limit)) yield this.#reader.decode(parsed(row));
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent, void> {
    for (const stored of this.#after(options)) yield this.#reader.decode(stored);
  }

  async *readAllStored(options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent, void> {
    for (const stored of this.#after(options)) yield this.#reader.asStored(stored);
  }

  async follow(options: FollowOptions): Promise<void> {
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    const source = {
      subscribe: (after: number | undefined) => this.#subscribe(after, signal),
      decode: this.#reader.decode,
      backOff: () => Promise.resolve(),
    };
    await follow(source, { ...options, signal });
  }

  head(log: LogName = 'registry'): Promise<number | undefined> {
    const last = this.memory.rows.findLast((row) => isOfLog(row, log));
    return Promise.resolve(last?.position);
  }

  close(): Promise<void> {
    this.#closing.abort();
    return Promise.resolve();
  }

  #after({ after = 0, limit = Infinity, log }: ReadAllOptions): readonly StoredEvent[] {
    const rows = this.memory.rows.slice(after).filter((row) => isOfLog(row, log));
    return rows.slice(0, limit).map(parsed);
  }

  async *#subscribe(
    after = 0,
    signal: AbortSignal,
  ): AsyncGenerator<StoredEvent | typeof CAUGHT_UP, void> {
    let at = after;
    let isCaughtUp = false;
    while (!signal.aborted) {
      for (let row = this.memory.rows[at]; row !== undefined; row = this.memory.rows[at]) {
        at += 1;
        yield parsed(row);
      }
      if (!isCaughtUp) yield CAUGHT_UP;
      isCaughtUp = true;
      if (at === this.memory.rows.length) await this.#change(signal);
    }
  }

  /** Resolves at the next append, or when the signal aborts. */
  async #change(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.memory.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.memory.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}

function parsed(row: Row): StoredEvent {
  return { ...row, data: JSON.parse(row.data), metadata: JSON.parse(row.metadata) };
}

function next(expected: number | 'no-stream'): number {
  return expected === 'no-stream' ? 0 : expected + 1;
}

/** The outcome again, where exactly these events already stand at the place that was expected. */
function repeatOf(
  rows: readonly Row[],
  events: readonly EncodedEvent[],
  expected: ExpectedRevision,
): AppendOutcome | undefined {
  const from =
    expected === 'any' ? rows.findIndex(({ id }) => id === events[0]?.id) : next(expected);
  const there = from < 0 ? [] : rows.slice(from, from + events.length);
  const last = there.at(-1);
  if (last === undefined || there.length < events.length) return undefined;
  if (!there.every(({ id }, at) => id === events[at]?.id)) return undefined;
  return { revision: last.revision, position: last.position };
}
