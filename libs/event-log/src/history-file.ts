import { canonicalJson, type EventTable, type RecordedEvent } from '#libs/kernel';
import type { StoredEvent } from './codec.js';
import type { RegistrantKeys } from './keys.js';
import { HistoryLineReader } from './line-reader.js';
import { type Line, readLines, UnreadableLine } from './lines.js';

/** What is wrong with a line of a history file; it repeats no value of it. */
export class HistoryLineError extends Error {
  constructor(
    /** From 1. */
    readonly line: number,
    reason: string,
  ) {
    super(`line ${String(line)}: ${reason}`);
    this.name = 'HistoryLineError';
  }
}

export interface HistoryOptions {
  /** Every event type that may stand in the file. */
  readonly tables: readonly EventTable[];
  /** Open what is encrypted in the file; without its key such content is absent. */
  readonly keys?: RegistrantKeys;
  /** Give data and metadata as they stand in the file, encrypted or of an older version. */
  readonly asStored?: boolean;
  /** Told of a bad line, which is then passed over; without it the first one is thrown. */
  readonly onInvalid?: (error: HistoryLineError) => void;
}

/** An event as a line of a history file, the newline included. */
export function historyLine(event: Omit<RecordedEvent, 'revision' | 'position'>): string {
  const { id, stream, type, data, metadata } = event;
  return `${canonicalJson({ id, stream, type, data, metadata })}\n`;
}

/**
 * The events of a history file in the order of its lines, each one checked: its form, its type and
 * version, its data against the table of its type. The position is the line number, revisions are
 * counted. Throws `HistoryLineError` at the first bad line.
 */
export async function* readHistory(
  source: AsyncIterable<Uint8Array | string>,
  options: HistoryOptions,
): AsyncGenerator<RecordedEvent, void> {
  const reading = new HistoryReading(options);
  for await (const line of linesOf(source)) {
    const event = reading.take(line);
    if (!(event instanceof HistoryLineError)) yield event;
    else if (options.onInvalid === undefined) throw event;
    else options.onInvalid(event);
  }
}

async function* linesOf(source: AsyncIterable<Uint8Array | string>): AsyncGenerator<Line, void> {
  try {
    yield* readLines(source);
  } catch (error) {
    // What is not text cannot be passed over: nobody knows where the next line begins.
    throw error instanceof UnreadableLine
      ? new HistoryLineError(error.number, error.reason)
      : error;
  }
}

/** What is remembered from line to line. */
class HistoryReading {
  readonly #reader: HistoryLineReader;
  readonly #asStored: boolean;
  readonly #revisions = new Map<string, number>();
  readonly #ids = new Set<string>();

  constructor({ tables, keys, asStored: isAsStored = false }: HistoryOptions) {
    this.#reader = new HistoryLineReader(tables, keys);
    this.#asStored = isAsStored;
  }

  take({ number, text }: Line): RecordedEvent | HistoryLineError {
    try {
      return this.#event(number, text);
    } catch (error) {
      return new HistoryLineError(number, error instanceof Error ? error.message : String(error));
    }
  }

  #event(number: number, text: string): RecordedEvent {
    const { id, stream, type, data, metadata } = this.#reader.envelope(text);
    if (this.#ids.has(id)) throw new Error('has the id of an earlier line.');
    const revision = this.#revisions.get(stream) ?? 0;
    const stored: StoredEvent = { id, stream, type, data, metadata, revision, position: number };
    const event = this.#reader.event(stored);
    this.#ids.add(id);
    this.#revisions.set(stream, revision + 1);
    return this.#asStored ? this.#reader.asStored(stored) : event;
  }
}
