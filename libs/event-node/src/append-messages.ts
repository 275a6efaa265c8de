import type { ExpectedRevision } from './commit-check.js';
import { parseUuid } from './event-id.js';
import type { ProposedEvent } from './proposed-event.js';
import { APPEND_EVENTS_MAX } from './received-appends.js';
import { invalidArgument } from './status.js';
import { STREAM_NAME_BYTES_MAX } from './storage.js';
import { metadataStream } from './stream-metadata.js';
import { WireReader } from './wire.js';

/*
 * The messages that every append passes through, read by hand: the numbers are those of the fields in the
 * published protocol. The specs hold them to the generated classes.
 */

export interface Target {
  readonly stream: string;
  readonly expected: ExpectedRevision;
}

export type AppendMessage =
  | ({ readonly kind: 'target' } & Target)
  | { readonly kind: 'event'; readonly event: ProposedEvent };

/** In milliseconds: since the epoch, or from its arrival. */
export type Deadline = { readonly at: number } | { readonly in: number };

/** A part of a batch: the first of a correlation names the target. */
export interface BatchChunk {
  /** The 16 bytes of the correlation's UUID. */
  readonly correlationId: Buffer;
  readonly target?: Target;
  readonly deadline?: Deadline;
  readonly events: readonly ProposedEvent[];
  readonly isFinal: boolean;
  /** What is wrong with it, where something is: the append with that correlation cannot be made. */
  readonly problem?: string;
}

export function decodeAppend(bytes: Buffer): AppendMessage {
  const reader = new WireReader(bytes);
  let message: AppendMessage | undefined;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) message = { kind: 'target', ...readTarget(reader.message()).target };
    else if (field === 2) message = { kind: 'event', event: proposedEvent(reader.message()) };
    else reader.skip();
  }
  if (message === undefined) {
    throw invalidArgument('An append message holds neither options nor an event.');
  }
  return message;
}

/** Throws only where it cannot even be told which append it belongs to. */
export function decodeBatchChunk(bytes: Buffer): BatchChunk {
  const reader = new WireReader(bytes);
  const chunk: { -readonly [Field in keyof BatchChunk]?: BatchChunk[Field] } = {};
  const events: ProposedEvent[] = [];
  try {
    for (let field = reader.next(); field !== 0; field = reader.next()) {
      if (field === 1) chunk.correlationId = uuid(reader.message());
      else if (field === 2) Object.assign(chunk, readTarget(reader.message()));
      else if (field === 3) takeEvent(reader, events, chunk);
      else if (field === 4) chunk.isFinal = reader.number() !== 0;
      else reader.skip();
    }
  } catch (error) {
    if (chunk.correlationId === undefined) throw error;
    chunk.problem = (error as Error).message;
  }
  const { correlationId, isFinal = false, ...rest } = chunk;
  if (correlationId === undefined) throw invalidArgument('A batch without correlation id.');
  return { ...rest, correlationId, events, isFinal };
}

/** What is wrong with an event is noted, and the rest is read on: whether the chunk is the last one counts. */
function takeEvent(
  reader: WireReader,
  events: ProposedEvent[],
  chunk: { problem?: string | undefined },
): void {
  const event = reader.message();
  // One too many is enough to refuse them all.
  if (events.length > APPEND_EVENTS_MAX) return;
  try {
    events.push(proposedEvent(event));
  } catch (error) {
    chunk.problem ??= (error as Error).message;
  }
}

/** The options of an append; those of a batch have a deadline besides. */
function readTarget(reader: WireReader): { readonly target: Target; readonly deadline?: Deadline } {
  let stream: string | undefined;
  let expected: ExpectedRevision | undefined;
  let deadline: Deadline | undefined;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) stream = streamName(reader.message());
    else if (field === 2) expected = reader.number();
    else if (field === 6) deadline = { at: milliseconds(reader.message()) };
    else if (field === 7) deadline = { in: milliseconds(reader.message()) };
    else {
      expected = expectedByField[field] ?? expected;
      reader.skip();
    }
  }
  if (stream === undefined) throw invalidArgument('The name of the stream is missing.');
  if (expected === undefined) {
    throw invalidArgument('An append does not say which revision it expects.');
  }
  return { target: { stream, expected }, ...(deadline !== undefined && { deadline }) };
}

const expectedByField: Readonly<Record<number, ExpectedRevision>> = {
  3: 'no-stream',
  4: 'any',
  5: 'stream-exists',
};

/** A point in time or a length of it: both are seconds and nanoseconds. */
function milliseconds(reader: WireReader): number {
  let sum = 0;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) sum += reader.signed() * 1000;
    else if (field === 2) sum += reader.signed() / 1e6;
    else reader.skip();
  }
  return sum;
}

const METADATA_PREFIX = Buffer.from(metadataStream(''));

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function streamName(reader: WireReader): string {
  let bytes: Buffer = Buffer.alloc(0);
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 3) bytes = reader.bytes();
    else reader.skip();
  }
  return checkedName(bytes);
}

/** The name of a stream from its bytes; throws where the node takes no such name. */
export function checkedName(bytes: Uint8Array): string {
  if (bytes.length === 0) throw invalidArgument('The name of the stream is missing.');
  // Longer ones are not even decoded. The metadata of a stream are a stream too, with a prefix to its name.
  const length = bytes.length - (isOfMetadata(bytes) ? METADATA_PREFIX.length : 0);
  if (length > STREAM_NAME_BYTES_MAX) {
    throw invalidArgument(
      `The name of the stream has ${String(length)} bytes; ` +
        `at most ${String(STREAM_NAME_BYTES_MAX)} are taken.`,
    );
  }
  try {
    return utf8.decode(bytes);
  } catch {
    throw invalidArgument('The name of the stream is not UTF-8.');
  }
}

function isOfMetadata(name: Uint8Array): boolean {
  return METADATA_PREFIX.equals(name.subarray(0, METADATA_PREFIX.length));
}

const NONE: Buffer = Buffer.alloc(0);

function proposedEvent(reader: WireReader): ProposedEvent {
  let id: Buffer | undefined;
  const properties = { type: '', 'content-type': '' };
  let metadata = NONE;
  let data = NONE;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) id = uuid(reader.message());
    else if (field === 2) readProperty(reader.message(), properties);
    else if (field === 3) metadata = reader.bytes();
    else if (field === 4) data = reader.bytes();
    else reader.skip();
  }
  if (id === undefined) throw invalidArgument('The id of an event is not a UUID.');
  const { type, 'content-type': contentType } = properties;
  return { id, type, contentType, metadata, data };
}

function readProperty(reader: WireReader, into: Record<string, string>): void {
  let key = '';
  let value = '';
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) key = reader.text();
    else if (field === 2) value = reader.text();
    else reader.skip();
  }
  if (key === 'type' || key === 'content-type') into[key] = value;
}

/** In its text form, or as two 64-bit halves. */
function uuid(reader: WireReader): Buffer {
  let bytes: Buffer | undefined;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) bytes = halves(reader.message());
    else if (field === 2) bytes = parseUuid(reader.text());
    else reader.skip();
  }
  if (bytes === undefined) throw invalidArgument('The id of an event is not a UUID.');
  return bytes;
}

function halves(reader: WireReader): Buffer {
  const bytes = Buffer.alloc(16);
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1 || field === 2) bytes.writeBigUInt64BE(reader.uint64(), (field - 1) * 8);
    else reader.skip();
  }
  return bytes;
}
