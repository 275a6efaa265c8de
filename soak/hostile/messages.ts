/*
 * Requests of the protocol, written by hand: the client would refuse to send them. The numbers are those of
 * the fields in the published protocol.
 */

export const EMPTY: Buffer = Buffer.alloc(0);

/** A gRPC frame around one message. */
export function framed(message: Buffer): Buffer {
  return Buffer.concat([frameHead(message.length), message]);
}

export function frameHead(length: number): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(length, 1);
  return head;
}

function field(number: number, ...content: readonly Buffer[]): Buffer {
  const length = content.reduce((sum, { length }) => sum + length, 0);
  return Buffer.concat([Buffer.from([(number << 3) | 2]), varint(length), ...content]);
}

function numberField(number: number, value: number): Buffer {
  return Buffer.concat([Buffer.from([number << 3]), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

const ANY_REVISION = field(4);

/** The options of an append to a stream, whatever its revision. */
export function appendTarget(stream: Buffer): Buffer {
  return field(1, namedStream(stream), ANY_REVISION);
}

export interface BatchChunk {
  readonly correlation: number;
  /** Absent in chunks after the first. */
  readonly stream?: Buffer;
  /** In seconds since the epoch. */
  readonly deadline?: number;
  readonly events?: readonly Buffer[];
}

/** The last chunk of an append. */
export function batchChunk({ correlation, stream, deadline, events = [] }: BatchChunk): Buffer {
  const until = deadline === undefined ? EMPTY : field(6, numberField(1, deadline));
  return Buffer.concat([
    field(1, id(correlation)),
    stream === undefined ? EMPTY : field(2, namedStream(stream), ANY_REVISION, until),
    ...events,
    numberField(4, 1),
  ]);
}

/** As small as an event can be; the field has number 2 in an append, and 3 in a batch. */
export function tinyEvent(number: 2 | 3, at: number): Buffer {
  return field(number, field(1, id(at)), property('type', 't'), property('content-type', 'c'));
}

const IDS_AS_TEXT = field(9, field(2));
const UNFILTERED = field(8);
const FROM_START_OF_ALL = field(2, field(2));
const ALL_OF_THEM = numberField(5, 1_000_000);

/** A read of a whole stream, its links resolved. */
export function readOfLinks(stream: string): Buffer {
  const fromStart = field(1, namedStream(Buffer.from(stream)), field(3));
  return field(1, fromStart, numberField(4, 1), ALL_OF_THEM, UNFILTERED, IDS_AS_TEXT);
}

export const subscriptionToAll = field(1, FROM_START_OF_ALL, field(6), UNFILTERED, IDS_AS_TEXT);

/** A read of all streams whose names an expression matches. */
export function filteredRead(expression: string): Buffer {
  const filter = field(7, field(1, field(1, Buffer.from(expression))), numberField(3, 32));
  return field(1, FROM_START_OF_ALL, ALL_OF_THEM, filter, IDS_AS_TEXT);
}

function namedStream(name: Buffer): Buffer {
  return field(1, field(3, name));
}

/** Of the form in two halves. */
function id(number: number): Buffer {
  return field(1, numberField(1, 1), numberField(2, number));
}

function property(key: string, value: string): Buffer {
  return field(2, field(1, Buffer.from(key)), field(2, Buffer.from(value)));
}
