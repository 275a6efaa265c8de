import {
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
import { logOf } from './logs.js';
import { checkSealedForm } from './sealed-content.js';

/** A line of a history file whose outer form is right; what it holds is not looked at yet. */
export interface HistoryEnvelope {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}

/** Reads single lines of a history file. Every error says what is wrong, and repeats no value of the line. */
export class HistoryLineReader {
  readonly #codec: Codec;

  constructor(tables: readonly EventTable[], keys?: RegistrantKeys) {
    this.#codec = createCodec(tables, keys);
  }

  /** Throws where the line is no JSON, or not of the form of an event. */
  envelope(text: string): HistoryEnvelope {
    const value = parse(text);
    refuse(envelope(value, ''));
    return value as HistoryEnvelope;
  }

  /** Whether the line of the event holds personal content in clear. */
  isInClear({ data }: HistoryEnvelope, event: RecordedEvent): boolean {
    const isEncrypted = shape.isPlainObject(data) && data[SEALED_FIELD] !== undefined;
    return !isEncrypted && this.#codec.holdsPersonal(event);
  }

  /** The event in today's shape. Throws what is wrong with it by the table of its type. */
  event(stored: StoredEvent): RecordedEvent {
    checkSealed(stored);
    const event = this.#codec.decode(stored);
    refuse([...this.#codec.check(event), ...ofItsRegistrant(event)]);
    return event;
  }

  asStored(stored: StoredEvent): RecordedEvent {
    return this.#codec.asStored(stored);
  }
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
