import { uuidText } from './event-id.js';
import { PREFIX_BYTES } from './frames.js';
import type { ProposedEvent } from './proposed-event.js';
import type { Place, StoredEvent } from './storage.js';
import { isTombstone } from './log-frame.js';
import { fieldBytes, LONGEST_BYTES, varintBytes, WireReader, WireWriter } from './wire.js';

export interface RecordedMessage extends Place {
  readonly stream: string;
  readonly event: ProposedEvent;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

const UUID_TEXT_BYTES = 36;
const PROPERTY = 6;
const DATA = 8;
const KEYS = { type: 4, created: 7, 'content-type': 12 } as const;
/** A tick is a ten-thousandth of a millisecond. */
const TICKS_DIGITS = '0000';

/**
 * What a reader is sent for an event, gRPC frame included. It is encoded once, when the event is appended;
 * the numbers are those of the fields in the published protocol.
 */
export function encodeRecorded(recorded: RecordedMessage): Buffer {
  const { event, stream, revision, position, createdAt } = recorded;
  const nameLength = Buffer.byteLength(stream);
  const created = `${String(createdAt)}${TICKS_DIGITS}`;
  const typeLength = Buffer.byteLength(event.type);
  const contentTypeLength = Buffer.byteLength(event.contentType);
  const properties = [
    propertyBytes(KEYS.type, typeLength),
    propertyBytes(KEYS.created, created.length),
    propertyBytes(KEYS['content-type'], contentTypeLength),
  ] as const;
  const revisionBytes = isTombstone(revision) ? LONGEST_BYTES : varintBytes(revision);
  const numbers = 3 + revisionBytes + 2 * varintBytes(position);
  const recordedLength =
    fieldBytes(fieldBytes(UUID_TEXT_BYTES)) +
    fieldBytes(fieldBytes(nameLength)) +
    numbers +
    properties.reduce((sum, length) => sum + fieldBytes(length), 0) +
    optionalBytes(event.metadata) +
    optionalBytes(event.data);
  const readLength = fieldBytes(recordedLength) + 1 + varintBytes(position);
  const length = fieldBytes(readLength);
  const message = Buffer.allocUnsafe(PREFIX_BYTES + length);
  message[0] = 0;
  message.writeUInt32BE(length, 1);
  const writer = new WireWriter(message, PREFIX_BYTES)
    .head(1, readLength)
    .head(1, recordedLength)
    .head(1, fieldBytes(UUID_TEXT_BYTES))
    .text(2, uuidText(event.id), UUID_TEXT_BYTES)
    .head(2, fieldBytes(nameLength))
    .text(3, stream, nameLength);
  if (isTombstone(revision)) writer.longest(3);
  else writer.number(3, revision);
  writer
    .number(4, position)
    .number(5, position)
    .head(PROPERTY, properties[0])
    .text(1, 'type', KEYS.type)
    .text(2, event.type, typeLength)
    .head(PROPERTY, properties[1])
    .text(1, 'created', KEYS.created)
    .text(2, created, created.length)
    .head(PROPERTY, properties[2])
    .text(1, 'content-type', KEYS['content-type'])
    .text(2, event.contentType, contentTypeLength);
  if (event.metadata.length > 0) writer.bytes(7, event.metadata);
  if (event.data.length > 0) writer.bytes(DATA, event.data);
  writer.number(3, position);
  return message;
}

function propertyBytes(keyLength: number, valueLength: number): number {
  return fieldBytes(keyLength) + fieldBytes(valueLength);
}

function optionalBytes(value: Uint8Array): number {
  return value.length === 0 ? 0 : fieldBytes(value.length);
}

/** The event within the message of its reading, as the protocol nests them. */
function recordedEvent(message: Buffer): Buffer {
  const event = new WireReader(message, PREFIX_BYTES);
  event.next();
  const read = event.message();
  read.next();
  return read.bytes();
}

export function recordedData(message: Buffer): Buffer {
  const reader = new WireReader(recordedEvent(message));
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === DATA) return reader.bytes();
    reader.skip();
  }
  return Buffer.alloc(0);
}

/** When the event was recorded, in milliseconds since the epoch. */
export function recordedAt(message: Buffer): number {
  const reader = new WireReader(recordedEvent(message));
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field !== PROPERTY) {
      reader.skip();
      continue;
    }
    const created = createdIn(reader.message());
    if (created !== undefined) return created;
  }
  return 0;
}

function createdIn(property: WireReader): number | undefined {
  let isCreated = false;
  for (let field = property.next(); field !== 0; field = property.next()) {
    const text = property.text();
    if (field === 1) isCreated = text === 'created';
    else if (isCreated) return Number(text.slice(0, -TICKS_DIGITS.length));
  }
  return undefined;
}

/**
 * A link as a reader that resolves links is sent it, gRPC frame included: the event that it leads to, if
 * that is to be had, and the link itself, at whose position it stands.
 */
export function encodeResolved(link: StoredEvent, target: StoredEvent | undefined): Buffer {
  const linkBytes = recordedEvent(link.message);
  const targetBytes = target && recordedEvent(target.message);
  const readLength =
    (targetBytes ? fieldBytes(targetBytes.length) : 0) +
    fieldBytes(linkBytes.length) +
    1 +
    varintBytes(link.position);
  const length = fieldBytes(readLength);
  const message = Buffer.allocUnsafe(PREFIX_BYTES + length);
  message[0] = 0;
  message.writeUInt32BE(length, 1);
  const writer = new WireWriter(message, PREFIX_BYTES).head(1, readLength);
  if (targetBytes) writer.bytes(1, targetBytes);
  writer.bytes(2, linkBytes).number(3, link.position);
  return message;
}
