import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  write,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DamagedEvent } from './storage.js';

const SEGMENT_NAME = /^log-([0-9a-f]{12})\.pbl$/;
/** A new file is begun once one has grown to this: small enough to copy, few enough to hold open. */
const SEGMENT_BYTES = 512 * 1024 * 1024;

export function isSegment(fileName: string): boolean {
  return SEGMENT_NAME.test(fileName);
}

const writeAt = promisify(write);
const syncData = promisify(fdatasync);

interface Segment {
  /** Where in the log the file begins. */
  readonly start: number;
  readonly file: number;
}

/**
 * The log as one run of bytes, kept in files that are named by the place at which each begins. It is only
 * ever appended to, and a record lies in one file.
 */
export class Segments {
  readonly #folder: string;
  readonly #segmentBytes: number;
  readonly #segments: Segment[] = [];
  #end = 0;

  constructor(folder: string, segmentBytes = SEGMENT_BYTES) {
    this.#folder = folder;
    this.#segmentBytes = segmentBytes;
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder).sort()) {
      const start = SEGMENT_NAME.exec(name)?.[1];
      if (start !== undefined) this.#open(Number.parseInt(start, 16), name);
    }
    if (this.#segments.length === 0) this.#begin(0);
    // What an ended process wrote may only be on its way: nothing may rest on it before it is on disk.
    fdatasyncSync(this.#last().file);
  }

  /** One past the last byte. */
  get end(): number {
    return this.#end;
  }

  /** Where the file that holds the place ends, as far as it is written. */
  segmentEnd(offset: number): number {
    const next = this.#segments[this.#indexOf(offset) + 1];
    return next?.start ?? this.#end;
  }

  /** Whether the place lies in the file that is written to. */
  isInLast(offset: number): boolean {
    return offset >= this.#last().start;
  }

  /** Where bytes appended now will begin. */
  prepare(): number {
    const { start } = this.#last();
    if (this.#end - start >= this.#segmentBytes) this.#begin(this.#end);
    return this.#end;
  }

  /** On disk when the promise resolves. */
  async append(bytes: Buffer): Promise<void> {
    const { start, file } = this.#last();
    for (let written = 0; written < bytes.length;) {
      const at = this.#end - start + written;
      const { bytesWritten } = await writeAt(file, bytes, written, bytes.length - written, at);
      if (bytesWritten === 0) throw new Error('the disk takes no more bytes');
      written += bytesWritten;
    }
    await syncData(file);
    this.#end += bytes.length;
  }

  /** At most so many bytes from there on; fewer at the end of a file. */
  read(offset: number, length: number): Buffer {
    const most = Math.max(0, Math.min(length, this.segmentEnd(offset) - offset));
    return this.readInto(Buffer.allocUnsafe(most), offset);
  }

  /** Likewise, as much as the buffer holds; gives the part of it that was filled. */
  readInto(bytes: Buffer, offset: number): Buffer {
    const { start, file } = this.#segments[this.#indexOf(offset)] ?? this.#last();
    const most = Math.max(0, Math.min(bytes.length, this.segmentEnd(offset) - offset));
    let read = 0;
    while (read < most) {
      const got = readSync(file, bytes, read, most - read, offset - start + read);
      if (got === 0) break;
      read += got;
    }
    return bytes.subarray(0, read);
  }

  /** Drops what stands from there on, which was never acknowledged. */
  truncate(offset: number): void {
    const { start, file } = this.#last();
    ftruncateSync(file, offset - start);
    fsyncSync(file);
    this.#end = offset;
  }

  close(): void {
    for (const { file } of this.#segments.splice(0)) closeSync(file);
  }

  #open(start: number, name: string): void {
    if (start !== this.#end) {
      throw new DamagedEvent(
        `log from byte ${String(this.#end)} on`,
        `the next file, ${name}, begins elsewhere, so a file is missing or was cut`,
      );
    }
    const file = openSync(join(this.#folder, name), 'r+');
    this.#segments.push({ start, file });
    this.#end = start + fstatSync(file).size;
  }

  #begin(start: number): void {
    const name = `log-${start.toString(16).padStart(12, '0')}.pbl`;
    const file = openSync(join(this.#folder, name), 'wx+', 0o600);
    fsyncSync(file);
    makeNameDurable(this.#folder);
    this.#segments.push({ start, file });
  }

  #last(): Segment {
    const last = this.#segments.at(-1);
    if (last === undefined) throw new Error('the log is closed');
    return last;
  }

  #indexOf(offset: number): number {
    const after = this.#segments.findIndex(({ start }) => start > offset);
    return (after < 0 ? this.#segments.length : after) - 1;
  }
}

/** A file that was just made can vanish in a power cut until the folder that names it is on disk. */
function makeNameDurable(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
