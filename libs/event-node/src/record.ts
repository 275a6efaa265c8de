import { crc32c } from './crc32c.js';
import { DamagedEvent } from './storage.js';

/*
 * The stored form of an event, which is read for as long as there are data folders:
 *   0  checksum   4 bytes, CRC-32C of the position (6 bytes) and of all that follows
 *   4  stream     6 bytes, number of the stream
 *  10  revision   6 bytes
 *  16  message    the bytes sent to readers
 * All integers are big-endian. The stream and revision are there so that a wrong index shows.
 */
const STREAM_AT = 4;
const REVISION_AT = 10;
const MESSAGE_AT = 16;

/** The widest integer stored: 6 bytes, which sort as their numbers do. */
export const INTEGER_BYTES = 6;
export const INTEGER_MAX = 2 ** (8 * INTEGER_BYTES) - 1;

export interface RecordHeader {
  readonly position: number;
  readonly streamNumber: number;
  readonly revision: number;
}

export function integerKey(value: number): Buffer {
  const key = Buffer.allocUnsafe(INTEGER_BYTES);
  key.writeUIntBE(value, 0, INTEGER_BYTES);
  return key;
}

export function encodeRecord(header: RecordHeader, message: Uint8Array): Buffer {
  const record = Buffer.allocUnsafe(MESSAGE_AT + message.length);
  record.writeUIntBE(header.streamNumber, STREAM_AT, INTEGER_BYTES);
  record.writeUIntBE(header.revision, REVISION_AT, INTEGER_BYTES);
  record.set(message, MESSAGE_AT);
  record.writeUInt32BE(checksum(header.position, record), 0);
  return record;
}

/** The message of a stored record. Throws `DamagedEvent` where it is not what was stored at that position. */
export function decodeRecord(
  position: number,
  record: Buffer | undefined,
  expected?: Omit<RecordHeader, 'position'>,
): Buffer {
  if (record === undefined) throw new DamagedEvent(position, 'it is missing');
  if (record.length < MESSAGE_AT) throw new DamagedEvent(position, 'it is too short');
  if (record.readUInt32BE(0) !== checksum(position, record)) {
    throw new DamagedEvent(position, 'its checksum does not match');
  }
  if (expected !== undefined && !belongsTo(record, expected)) {
    throw new DamagedEvent(position, 'the index names it as part of another stream');
  }
  return record.subarray(MESSAGE_AT);
}

function belongsTo(record: Buffer, expected: Omit<RecordHeader, 'position'>): boolean {
  return (
    record.readUIntBE(STREAM_AT, INTEGER_BYTES) === expected.streamNumber &&
    record.readUIntBE(REVISION_AT, INTEGER_BYTES) === expected.revision
  );
}

function checksum(position: number, record: Buffer): number {
  return crc32c(record, STREAM_AT, crc32c(integerKey(position)));
}
