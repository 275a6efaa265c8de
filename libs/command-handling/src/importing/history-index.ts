import { createHash } from 'node:crypto';
import type { HistoryLineReader } from '#libs/event-log';
import { registrantIdOf, registrantStream } from '#libs/kernel';
import { BadLines } from './bad-lines.js';
import { UuidTable } from './uuid-table.js';

const LINE_BYTES_MAX = 1024 * 1024;
const NEWLINE = 0x0a;
const FIRST_CAPACITY = 4096;

/** What a line is before it is looked at, and after. */
const lineStates = { taken: 0, bad: 1, passedOver: 2 } as const;

/** Gives the bytes of a file that lies on this machine. */
export interface ByteSource {
  /** Valid until the next reading. */
  read(offset: number, length: number): Uint8Array;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Where each line of a history file stands, whose stream it is of and which id it has, so that the lines of
 * one person can be read together, wherever they stand. It is fed the bytes of the file, once and in order;
 * about 40 bytes of memory a line.
 */
export class HistoryIndex {
  readonly bad = new BadLines();
  readonly ids = new UuidTable();
  readonly registrants = new UuidTable();
  readonly #others = new Map<string, OtherStream>();
  readonly #otherNames: string[] = [];
  readonly #hash = createHash('sha256');
  readonly #reader: HistoryLineReader;
  #offsets = new Float64Array(FIRST_CAPACITY);
  #lengths = new Uint32Array(FIRST_CAPACITY);
  #numbers = new Uint32Array(FIRST_CAPACITY);
  /** Of a registrant its number; of another stream its number's complement. */
  #streams = new Int32Array(FIRST_CAPACITY);
  #idNumbers = new Uint32Array(FIRST_CAPACITY);
  #states = new Uint8Array(FIRST_CAPACITY);
  #size = 0;
  /** The bytes after the last newline, and where in the file they begin. */
  #rest: Buffer = Buffer.alloc(0);
  #restAt = 0;
  #isTooLong = false;
  #lines = 0;
  #sha256: string | undefined;

  constructor(reader: HistoryLineReader) {
    this.#reader = reader;
  }

  /** How many lines were kept: those whose outer form is right. They are named by their place, from 0. */
  get size(): number {
    return this.#size;
  }

  /** SHA-256 of the file, in hex, once it has ended. */
  get sha256(): string {
    if (this.#sha256 === undefined) throw new Error('The file has not ended yet.');
    return this.#sha256;
  }

  /** Takes the next bytes of the file. */
  write(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    const bytes = this.#rest.length === 0 ? asBuffer(chunk) : Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      this.#line(bytes.subarray(start, end), this.#restAt + start);
      start = end + 1;
    }
    this.#restAt += start;
    this.#rest = Buffer.from(bytes.subarray(start));
    if (this.#rest.length <= LINE_BYTES_MAX) return;
    this.#isTooLong = true;
    this.#restAt += this.#rest.length;
    this.#rest = Buffer.alloc(0);
  }

  end(): void {
    if (this.#rest.length > 0 || this.#isTooLong) this.#line(this.#rest, this.#restAt);
    this.#rest = Buffer.alloc(0);
    this.#sha256 = this.#hash.digest('hex');
  }

  /** The number of the line in the file, from 1. */
  lineNumber(place: number): number {
    return this.#numbers[place] ?? 0;
  }

  text(place: number, source: ByteSource): string {
    return utf8.decode(source.read(this.#offsets[place] ?? 0, this.#lengths[place] ?? 0));
  }

  bytesOf(place: number): number {
    return this.#lengths[place] ?? 0;
  }

  idNumber(place: number): number {
    return this.#idNumbers[place] ?? 0;
  }

  /** The registrant's number; undefined where the line is of another stream. */
  registrant(place: number): number | undefined {
    const stream = this.#streams[place] ?? 0;
    return stream < 0 ? undefined : stream;
  }

  stream(place: number): string {
    const stream = this.#streams[place] ?? 0;
    return stream < 0
      ? (this.#otherNames[~stream] ?? '')
      : registrantStream(this.registrants.at(stream));
  }

  isTaken(place: number): boolean {
    return this.#states[place] === lineStates.taken;
  }

  isPassedOver(place: number): boolean {
    return this.#states[place] === lineStates.passedOver;
  }

  /** The line is right, and not to be imported. */
  passOver(place: number): void {
    this.#states[place] = lineStates.passedOver;
  }

  setBad(place: number, problem: string): void {
    this.#states[place] = lineStates.bad;
    this.bad.add(this.lineNumber(place), problem);
  }

  /** The places of the lines of each registrant, beside each other, each one's in the order of the file. */
  byRegistrant(): RegistrantPlaces {
    const ends = new Uint32Array(this.registrants.size + 1);
    for (let place = 0; place < this.#size; place += 1) {
      const registrant = this.#streams[place] ?? -1;
      if (registrant >= 0) ends[registrant + 1] = (ends[registrant + 1] ?? 0) + 1;
    }
    for (let at = 1; at < ends.length; at += 1) ends[at] = (ends[at] ?? 0) + (ends[at - 1] ?? 0);
    const starts = ends.slice();
    const places = new Uint32Array(ends.at(-1) ?? 0);
    for (let place = 0; place < this.#size; place += 1) {
      const registrant = this.#streams[place] ?? -1;
      if (registrant < 0) continue;
      const at = starts[registrant] ?? 0;
      places[at] = place;
      starts[registrant] = at + 1;
    }
    return {
      of: (registrant) => places.subarray(ends[registrant] ?? 0, ends[registrant + 1] ?? 0),
    };
  }

  /** The streams that are no registrant's, by the order in which they came. */
  get others(): ReadonlyMap<string, readonly number[]> {
    return new Map([...this.#others].map(([stream, { places }]) => [stream, places]));
  }

  #line(bytes: Uint8Array, offset: number): void {
    this.#lines += 1;
    const number = this.#lines;
    const isTooLong = this.#isTooLong || bytes.length > LINE_BYTES_MAX;
    this.#isTooLong = false;
    try {
      if (isTooLong) throw new Error(`is longer than ${String(LINE_BYTES_MAX)} bytes.`);
      this.#keep(bytes, { number, offset });
    } catch (error) {
      this.bad.add(number, error instanceof Error ? error.message : String(error));
    }
  }

  #keep(bytes: Uint8Array, { number, offset }: { number: number; offset: number }): void {
    const text = decoded(bytes);
    if (text.trim() === '') return;
    const { id, stream } = this.#reader.envelope(text);
    const known = this.ids.size;
    const idNumber = this.ids.add(id);
    if (idNumber < known) throw new Error('has the id of an earlier line.');
    if (this.#size === this.#offsets.length) this.#grow();
    const place = this.#size;
    this.#size += 1;
    this.#offsets[place] = offset;
    this.#lengths[place] = bytes.length;
    this.#numbers[place] = number;
    this.#streams[place] = this.#streamNumber(stream, place);
    this.#idNumbers[place] = idNumber;
  }

  #streamNumber(stream: string, place: number): number {
    const registrantId = registrantIdOf(stream);
    if (registrantId !== undefined) return this.registrants.add(registrantId);
    const known = this.#others.get(stream);
    if (known) {
      known.places.push(place);
      return ~known.number;
    }
    const number = this.#otherNames.push(stream) - 1;
    this.#others.set(stream, { number, places: [place] });
    return ~number;
  }

  #grow(): void {
    const capacity = this.#size * 2;
    this.#offsets = grown(this.#offsets, new Float64Array(capacity));
    this.#lengths = grown(this.#lengths, new Uint32Array(capacity));
    this.#numbers = grown(this.#numbers, new Uint32Array(capacity));
    this.#streams = grown(this.#streams, new Int32Array(capacity));
    this.#idNumbers = grown(this.#idNumbers, new Uint32Array(capacity));
    this.#states = grown(this.#states, new Uint8Array(capacity));
  }
}

interface OtherStream {
  readonly number: number;
  readonly places: number[];
}

export interface RegistrantPlaces {
  readonly of: (registrant: number) => Uint32Array;
}

function grown<Column extends { set(from: Column): void }>(from: Column, into: Column): Column {
  into.set(from);
  return into;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function decoded(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Error('is not UTF-8.');
  }
}
