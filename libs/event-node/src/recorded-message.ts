import { uuidText } from './event-id.js';
import { PREFIX_BYTES } from './frames.js';
import type { ProposedEvent } from './messages.js';
import type { Place } from './storage.js';
import { fieldBytes, varintBytes, WireWriter } from './wire.js';

export interface RecordedMessage extends Place {
  readonly stream: string;
  readonly event: ProposedEvent;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

const UUID_TEXT_BYTES = 36;
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
  const numbers = 3 + varintBytes(revision) + 2 * varintBytes(position);
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
    .text(3, stream, nameLength)
    .number(3, revision)
    .number(4, position)
    .number(5, position)
    .head(6, properties[0])
    .text(1, 'type', KEYS.type)
    .text(2, event.type, typeLength)
    .head(6, properties[1])
    .text(1, 'created', KEYS.created)
    .text(2, created, created.length)
    .head(6, properties[2])
    .text(1, 'content-type', KEYS['content-type'])
    .text(2, event.contentType, contentTypeLength);
  if (event.metadata.length > 0) writer.bytes(7, event.metadata);
  if (event.data.length > 0) writer.bytes(8, event.data);
  writer.number(3, position);
  return message;
}

function propertyBytes(keyLength: number, valueLength: number): number {
  return fieldBytes(keyLength) + fieldBytes(valueLength);
}

function optionalBytes(value: Uint8Array): number {
  return value.length === 0 ? 0 : fieldBytes(value.length);
}
