import { invalidArgument } from './status.js';

const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;
const HIGH = 2 ** 28;

/**
 * Reads a protobuf message field by field, without copying. It is used where every event passes: the
 * generated classes cost several times as much.
 */
export class WireReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;
  #wireType = 0;

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = at;
    this.#end = end;
  }

  /** The number of the next field; 0 at the end. Its value must be taken or skipped next. */
  next(): number {
    if (this.#at >= this.#end) return 0;
    const tag = this.#varint();
    this.#wireType = tag & 7;
    const field = tag >>> 3;
    // No field has this number, and to readers it means the end.
    if (field === 0) throw malformed();
    return field;
  }

  /** A varint; what lies beyond the safe integers is given as the largest of them. */
  number(): number {
    if (this.#wireType !== VARINT) throw malformed();
    return this.#varint();
  }

  #varint(): number {
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#byte();
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return low >>> 0;
    }
    let high = 0;
    for (let factor = 1, count = 0; count < 6; factor *= 128, count += 1) {
      const byte = this.#byte();
      high += (byte & 0x7f) * factor;
      if (byte < 0x80) return Math.min(high * HIGH + low, Number.MAX_SAFE_INTEGER);
    }
    throw malformed();
  }

  /** A varint that may stand for a negative number. */
  signed(): number {
    const at = this.#at;
    const value = this.number();
    if (value < Number.MAX_SAFE_INTEGER) return value;
    this.#at = at;
    return Number(BigInt.asIntN(64, this.uint64()));
  }

  /** A varint in full: the sixty-four bits of a negative number count as positive ones. */
  uint64(): bigint {
    if (this.#wireType !== VARINT) throw malformed();
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw malformed();
  }

  bytes(): Buffer {
    const [at, end] = this.#span();
    return this.#bytes.subarray(at, end);
  }

  /** Throws where it is not UTF-8. */
  text(): string {
    const [at, end] = this.#span();
    const text = this.#bytes.toString('utf8', at, end);
    // Bytes that are no UTF-8 are read as this character, and it is seldom meant.
    if (text.includes('\ufffd') && Buffer.from(text).compare(this.#bytes, at, end) !== 0) {
      throw invalidArgument('A text in a message is not UTF-8.');
    }
    return text;
  }

  /** A message within the message. */
  message(): WireReader {
    const [at, end] = this.#span();
    return new WireReader(this.#bytes, at, end);
  }

  /** Passes over the value of a field that nobody wants. */
  skip(): void {
    switch (this.#wireType) {
      case VARINT:
        while (this.#byte() >= 0x80);
        return;
      case FIXED_64:
        this.#advance(8);
        return;
      case BYTES:
        this.#span();
        return;
      case FIXED_32:
        this.#advance(4);
        return;
      default:
        throw malformed();
    }
  }

  #span(): readonly [at: number, end: number] {
    if (this.#wireType !== BYTES) throw malformed();
    const length = this.#varint();
    const at = this.#at;
    this.#advance(length);
    return [at, this.#at];
  }

  #advance(bytes: number): void {
    this.#at += bytes;
    if (this.#at > this.#end) throw malformed();
  }

  #byte(): number {
    if (this.#at >= this.#end) throw malformed();
    const byte = this.#bytes[this.#at] ?? 0;
    this.#at += 1;
    return byte;
  }
}

function malformed(): Error {
  return invalidArgument('A message is not in the format of the protocol.');
}

/** How many bytes the greatest of the signed numbers of 64 bits takes. */
export const LONGEST_BYTES = 9;

/** How many bytes a varint takes. */
export function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}

/** How many bytes a field of bytes takes, with its tag (fields below 16) and length. */
export function fieldBytes(length: number): number {
  return 1 + varintBytes(length) + length;
}

/** Writes a protobuf message into bytes whose length was counted before. */
export class WireWriter {
  readonly #into: Buffer;
  #at: number;

  constructor(into: Buffer, at = 0) {
    this.#into = into;
    this.#at = at;
  }

  /** The head of a field of bytes, whose content is written next. */
  head(field: number, length: number): this {
    this.#into[this.#at] = (field << 3) | BYTES;
    this.#at += 1;
    this.#varint(length);
    return this;
  }

  number(field: number, value: number): this {
    this.#into[this.#at] = field << 3;
    this.#at += 1;
    this.#varint(value);
    return this;
  }

  /** The greatest of the signed numbers of 64 bits. */
  longest(field: number): this {
    this.#into[this.#at] = field << 3;
    this.#into.fill(0xff, this.#at + 1, this.#at + LONGEST_BYTES);
    this.#into[this.#at + LONGEST_BYTES] = 0x7f;
    this.#at += 1 + LONGEST_BYTES;
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.head(field, value.length);
    this.#into.set(value, this.#at);
    this.#at += value.length;
    return this;
  }

  /** `length` is that of the text in UTF-8. */
  text(field: number, value: string, length: number): this {
    this.head(field, length);
    this.#at += this.#into.write(value, this.#at);
    return this;
  }

  #varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#into[this.#at] = (rest % 128) | 128;
      this.#at += 1;
      rest = Math.floor(rest / 128);
    }
    this.#into[this.#at] = rest;
    this.#at += 1;
  }
}
