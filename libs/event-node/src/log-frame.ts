import { crc32c } from './crc32c.js';
import {
  type AppendToStore,
  DamagedEvent,
  type Direction,
  type EventToStore,
  REMOVE_INDEX,
  type StoredEvent,
} from './storage.js';

/*
 * The stored form of one append, which is read for as long as there are data folders:
 *    0  magic          4 bytes, "PBL1"
 *    4  head length    4 bytes, of all that comes before the messages
 *    8  body length    4 bytes, of the messages
 *   12  head checksum  4 bytes, CRC-32C of the head from byte 16 on
 *   16  offset         6 bytes, where in the log this frame begins
 *   22  unused         6 bytes of zeros; earlier versions wrote how far the log was durable
 *   28  position       6 bytes, of the first event
 *   34  revision       6 bytes, of the first event
 *   40  count          4 bytes, of the events
 *   44  name length    2 bytes, then the name of the stream
 *   ..  for each event: id 16 bytes, length of the message 4, its CRC-32C 4, length of the type 2, type
 *   ..  the messages, as they are sent to readers
 * All integers are big-endian.
 */
const MAGIC = 0x50_42_4c_31;
export const MAGIC_BYTES = Buffer.from('PBL1');
const HEAD_LENGTH_AT = 4;
const BODY_LENGTH_AT = 8;
const CHECKSUM_AT = 12;
const CHECKED_FROM = 16;
const OFFSET_AT = 16;
const UNUSED_AT = 22;
const POSITION_AT = 28;
const REVISION_AT = 34;
const COUNT_AT = 40;
const NAME_LENGTH_AT = 44;
const NAME_AT = 46;
/** No record is shorter, and so much of one tells how long it is. */
export const FRAME_BYTES_MIN = NAME_AT;
const ENTRY_FIXED_BYTES = 26;
const ID_BYTES = 16;

/** The widest integer stored: 6 bytes, which sort as their numbers do. */
export const INTEGER_BYTES = 6;
export const INTEGER_MAX = 2 ** (8 * INTEGER_BYTES) - 1;

/** The revision of the event after which a stream can never have another one. */
export const TOMBSTONE_REVISION = 2 ** (8 * INTEGER_BYTES) - 1;

export function isTombstone(revision: number): boolean {
  return revision === TOMBSTONE_REVISION;
}

export function frameBytes({ stream, events }: AppendToStore): number {
  let bytes = NAME_AT + Buffer.byteLength(stream);
  for (const { type, message } of events) {
    bytes += ENTRY_FIXED_BYTES + Buffer.byteLength(type) + message.length;
  }
  return bytes;
}

/** Writes the frame for that offset of the log into the buffer from `at` on, and gives where it ends. */
export function writeFrame(
  into: Buffer,
  at: number,
  { append, offset }: { readonly append: AppendToStore; readonly offset: number },
): number {
  const nameLength = into.write(append.stream, at + NAME_AT);
  into.writeUInt16BE(nameLength, at + NAME_LENGTH_AT);
  const bodyAt = writeEntries(into, at + NAME_AT + nameLength, append.events);
  let end = bodyAt;
  for (const { message } of append.events) {
    into.set(message, end);
    end += message.length;
  }
  into.writeUInt32BE(MAGIC, at);
  into.writeUInt32BE(bodyAt - at, at + HEAD_LENGTH_AT);
  into.writeUInt32BE(end - bodyAt, at + BODY_LENGTH_AT);
  into.writeUIntBE(offset, at + OFFSET_AT, INTEGER_BYTES);
  into.fill(0, at + UNUSED_AT, at + POSITION_AT);
  into.writeUIntBE(append.position, at + POSITION_AT, INTEGER_BYTES);
  into.writeUIntBE(append.revision, at + REVISION_AT, INTEGER_BYTES);
  into.writeUInt32BE(append.events.length, at + COUNT_AT);
  into.writeUInt32BE(crc32c(into, at + CHECKED_FROM, bodyAt), at + CHECKSUM_AT);
  return end;
}

function writeEntries(into: Buffer, at: number, events: readonly EventToStore[]): number {
  let end = at;
  for (const { id, type, message } of events) {
    into.set(id, end);
    into.writeUInt32BE(message.length, end + ID_BYTES);
    into.writeUInt32BE(crc32c(message), end + ID_BYTES + 4);
    const typeLength = into.write(type, end + ENTRY_FIXED_BYTES);
    into.writeUInt16BE(typeLength, end + ID_BYTES + 8);
    end += ENTRY_FIXED_BYTES + typeLength;
  }
  return end;
}

/** A frame as it lies in a buffer. Its events are looked up one after the other, as they are wanted. */
export interface Frame {
  readonly bytes: Buffer;
  /** Where in the buffer it begins. */
  readonly at: number;
  /** Where in the log it begins, and its length there. */
  readonly offset: number;
  readonly length: number;
  readonly headLength: number;
  readonly position: number;
  readonly revision: number;
  readonly count: number;
}

/** How long the frame that begins there says to be; undefined where none begins. */
export function frameLengthAt(bytes: Buffer, at: number): number | undefined {
  if (bytes.length - at < NAME_AT || bytes.readUInt32BE(at) !== MAGIC) return undefined;
  return bytes.readUInt32BE(at + HEAD_LENGTH_AT) + bytes.readUInt32BE(at + BODY_LENGTH_AT);
}

/** Where in the log it says to lie. */
export function frameOffsetAt(bytes: Buffer, at: number): number | undefined {
  if (frameLengthAt(bytes, at) === undefined) return undefined;
  return bytes.readUIntBE(at + OFFSET_AT, INTEGER_BYTES);
}

/** How long its head says to be, all that comes before the messages. */
export function headLengthAt(bytes: Buffer, at: number): number | undefined {
  if (frameLengthAt(bytes, at) === undefined) return undefined;
  return bytes.readUInt32BE(at + HEAD_LENGTH_AT);
}

/**
 * The frame that begins there and at that place in the log. Its head is checked, its messages not yet,
 * and need not be in the buffer. Throws `DamagedEvent` where it is not what was laid down.
 */
export function readFrame(bytes: Buffer, at: number, offset: number): Frame {
  const damaged = (finding: string): DamagedEvent =>
    new DamagedEvent(`record at byte ${String(offset)} of the log`, finding, REMOVE_INDEX);
  const length = frameLengthAt(bytes, at);
  if (length === undefined) throw damaged('no record begins there');
  const headLength = bytes.readUInt32BE(at + HEAD_LENGTH_AT);
  if (headLength < NAME_AT || at + headLength > bytes.length) throw damaged('it is cut off');
  if (bytes.readUInt32BE(at + CHECKSUM_AT) !== crc32c(bytes, at + CHECKED_FROM, at + headLength)) {
    throw damaged('the checksum of its head does not match');
  }
  if (bytes.readUIntBE(at + OFFSET_AT, INTEGER_BYTES) !== offset) {
    throw damaged('it belongs to another place of the log');
  }
  return {
    bytes,
    at,
    offset,
    length,
    headLength,
    position: bytes.readUIntBE(at + POSITION_AT, INTEGER_BYTES),
    revision: bytes.readUIntBE(at + REVISION_AT, INTEGER_BYTES),
    count: bytes.readUInt32BE(at + COUNT_AT),
  };
}

export function streamOf({ bytes, at }: Frame): string {
  const length = bytes.readUInt16BE(at + NAME_LENGTH_AT);
  return bytes.toString('utf8', at + NAME_AT, at + NAME_AT + length);
}

/** The id of each event, in order. */
export function idsOf(frame: Frame): Buffer[] {
  const ids: Buffer[] = [];
  walk(frame, frame.count, ({ entryAt }) => {
    ids.push(frame.bytes.subarray(entryAt, entryAt + ID_BYTES));
  });
  return ids;
}

/** Whether all messages are there and what was laid down. */
export function isWhole(frame: Frame): boolean {
  const { bytes, at, length } = frame;
  if (at + length > bytes.length) return false;
  let isRight = true;
  walk(frame, frame.count, ({ entryAt, messageAt, messageLength }) => {
    const end = messageAt + messageLength;
    if (!isRightMessage(bytes, entryAt, [messageAt, end])) isRight = false;
  });
  return isRight;
}

/** Which events of a frame are wanted, by their indexes, and in which direction. */
export interface Part {
  readonly from: number;
  /** One past the last. */
  readonly until: number;
  readonly direction: Direction;
  /** Nothing is added any more to a page that has so many bytes of messages. */
  readonly bytesMax: number;
}

/** Events on their way to a reader, and how many bytes their messages are. */
export interface Page {
  readonly events: StoredEvent[];
  bytes: number;
}

/**
 * Adds those events of the frame. Throws `DamagedEvent` at a wrong checksum, with those before it, in that
 * direction, added.
 */
export function takeEvents(frame: Frame, page: Page, part: Part): void {
  const places: EntryPlace[] = [];
  walk(frame, part.until, (place) => {
    if (place.index >= part.from) places.push(place);
  });
  if (part.direction === 'backwards') places.reverse();
  for (const place of places) {
    if (page.bytes >= part.bytesMax) return;
    const { entryAt, messageAt, messageLength } = place;
    if (!isRightMessage(frame.bytes, entryAt, [messageAt, messageAt + messageLength])) {
      throw damagedMessage(frame, place.index);
    }
    page.events.push(new EventInFrame(frame, place));
    page.bytes += messageLength;
  }
}

/** Messages that lie side by side in the bytes of their frame. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/**
 * The messages of the part, forwards: the first however long it is, and more as far as they fit into
 * `bytesMax`. They end before a damaged one; throws `DamagedEvent` where that is the very first.
 */
export function messagesIn(frame: Frame, { from, until, bytesMax }: Omit<Part, 'direction'>): Span {
  const { bytes, at, headLength } = frame;
  let entryAt = at + NAME_AT + bytes.readUInt16BE(at + NAME_LENGTH_AT);
  let end = at + headLength;
  let start = end;
  let index = 0;
  for (; index < until; index += 1) {
    const next = end + bytes.readUInt32BE(entryAt + ID_BYTES);
    if (index < from) start = next;
    else if (index > from && next - start > bytesMax) break;
    else if (!isRightMessage(bytes, entryAt, [end, next])) {
      if (index === from) throw damagedMessage(frame, index);
      break;
    }
    entryAt += ENTRY_FIXED_BYTES + bytes.readUInt16BE(entryAt + ID_BYTES + 8);
    end = next;
  }
  return { start, end, count: index - from };
}

interface EntryPlace {
  readonly index: number;
  readonly entryAt: number;
  readonly messageAt: number;
  readonly messageLength: number;
}

/** Calls with each entry before the until-th in turn. */
function walk(
  { bytes, at, headLength }: Frame,
  until: number,
  visit: (entry: EntryPlace) => void,
): void {
  let entryAt = at + NAME_AT + bytes.readUInt16BE(at + NAME_LENGTH_AT);
  let messageAt = at + headLength;
  for (let index = 0; index < until; index += 1) {
    const messageLength = bytes.readUInt32BE(entryAt + ID_BYTES);
    visit({ index, entryAt, messageAt, messageLength });
    entryAt += ENTRY_FIXED_BYTES + bytes.readUInt16BE(entryAt + ID_BYTES + 8);
    messageAt += messageLength;
  }
}

function isRightMessage(
  bytes: Buffer,
  entryAt: number,
  [start, end]: readonly [start: number, end: number],
): boolean {
  return (
    end <= bytes.length && bytes.readUInt32BE(entryAt + ID_BYTES + 4) === crc32c(bytes, start, end)
  );
}

function damagedMessage({ position }: Frame, index: number): DamagedEvent {
  return new DamagedEvent(
    `event at position ${String(position + index)}`,
    'its checksum does not match',
  );
}

/** Most readers want the message alone, so the rest is taken out of the bytes when it is asked for. */
class EventInFrame implements StoredEvent {
  constructor(
    private readonly frame: Frame,
    private readonly place: EntryPlace,
  ) {}

  get position(): number {
    return this.frame.position + this.place.index;
  }

  get revision(): number {
    return this.frame.revision + this.place.index;
  }

  get stream(): string {
    return streamOf(this.frame);
  }

  get id(): Buffer {
    return this.frame.bytes.subarray(this.place.entryAt, this.place.entryAt + ID_BYTES);
  }

  get type(): string {
    const typeAt = this.place.entryAt + ENTRY_FIXED_BYTES;
    const length = this.frame.bytes.readUInt16BE(this.place.entryAt + ID_BYTES + 8);
    return this.frame.bytes.toString('utf8', typeAt, typeAt + length);
  }

  get messageLength(): number {
    return this.place.messageLength;
  }

  copyMessage(into: Buffer, at: number): void {
    const { messageAt, messageLength } = this.place;
    this.frame.bytes.copy(into, at, messageAt, messageAt + messageLength);
  }

  get message(): Buffer {
    const { messageAt, messageLength } = this.place;
    return this.frame.bytes.subarray(messageAt, messageAt + messageLength);
  }
}
