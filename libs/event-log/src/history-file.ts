import {
  canonicalJson,
  type EventTable,
  isUuid,
  type RecordedEvent,
  registrantIdOf,
  type Shape,
  shape,
  type ShapeIssue,
} from '#libs/kernel';
import { type Codec, createCodec, SEALED_FIELD, type StoredEvent } from './codec.js';
import type { RegistrantKeys } from './keys.js';
import { type Line, readLines, UnreadableLine } from './lines.js';
import { logOf } from './logs.js';
import { checkSealedForm } from './sealed-content.js';

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
  readonly #codec: Codec;
  readonly #asStored: boolean;
  readonly #revisions = new Map<string, number>();
  readonly #ids = new Set<string>();

  constructor({ tables, keys, asStored: isAsStored = false }: HistoryOptions) {
    this.#codec = createCodec(tables, keys);
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
    const { id, stream, type, data, metadata } = envelopeOf(text);
    if (this.#ids.has(id)) throw new Error('has the id of an earlier line.');
    const revision = this.#revisions.get(stream) ?? 0;
    const stored: StoredEvent = { id, stream, type, data, metadata, revision, position: number };
    checkSealed(stored);
    const event = this.#codec.decode(stored);
    refuse([...this.#codec.check(event), ...ofItsRegistrant(event)]);
    this.#ids.add(id);
    this.#revisions.set(stream, revision + 1);
    return this.#asStored ? this.#codec.asStored(stored) : event;
  }
}

interface Envelope {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}

const streamShape: Shape = (value, path) => {
  const problem = 'must be a stream of the registry log, such as registrant-<uuid>';
  return typeof value === 'string' && isStreamOfFiles(value) ? [] : [{ path, problem }];
};

function isStreamOfFiles(stream: string): boolean {
  if (/^(registrant|scenario)-/.test(stream)) return isUuid(stream.replace(/^\w+-/, ''));
  return logOf(stream) === 'registry';
}

const present: Shape = () => [];
const envelope = shape.object({
  id: shape.uuid,
  stream: streamShape,
  type: shape.text(),
  data: present,
  metadata: present,
});

function envelopeOf(text: string): Envelope {
  const value = parse(text);
  refuse(envelope(value, ''));
  return value as Envelope;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message repeats a piece of the line.
    throw new Error('is not JSON.');
  }
}

/** The codec looks at what it has a key for; a file is looked at as a whole. */
function checkSealed(stored: StoredEvent): void {
  const sealed = shape.isPlainObject(stored.data) ? stored.data[SEALED_FIELD] : undefined;
  if (sealed !== undefined) checkSealedForm(stored, sealed);
}

function ofItsRegistrant({ stream, data }: RecordedEvent): readonly ShapeIssue[] {
  const registrantId = registrantIdOf(stream);
  if (registrantId === undefined) return [];
  const named = (data as { readonly registrantId?: unknown }).registrantId;
  const path = 'data.registrantId';
  return named === registrantId ? [] : [{ path, problem: 'must be the one of the stream' }];
}

function refuse(issues: readonly ShapeIssue[]): void {
  if (issues.length === 0) return;
  const list = issues.map(({ path, problem }) => `${path === '' ? 'it' : path} ${problem}`);
  throw new Error(`${list.join('; ')}.`);
}
