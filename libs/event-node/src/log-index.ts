import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { open, type Database, type RootDatabase } from 'lmdb';
import { BoundedMap } from './bounded-map.js';
import { flawOfLmdbFile } from './lmdb-file.js';
import { INTEGER_BYTES, INTEGER_MAX } from './log-frame.js';
import type { Place, Range } from './storage.js';

/** Where the events of one append lie. */
export interface FrameEntry {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly count: number;
  readonly offset: number;
  readonly length: number;
}

/** Where a frame lies, and the first event in it. */
export type FramePointer = Pick<FrameEntry, 'position' | 'offset'>;
export type StreamPointer = Pick<FrameEntry, 'revision' | 'position' | 'count' | 'offset'>;

type Bytes = Database<Buffer, Buffer>;

const FILE = 'index.mdb';
const FORMAT_KEY = Buffer.from('format');
const FORMAT = 'log-index-1';
const END_KEY = Buffer.from('end');
const STREAMS_KEPT = 10_000;
/** Commits to the index cost a sync each, and nobody waits for them: they are gathered. */
const GATHER_MS = 50;
/** What is not in the database yet is kept in memory, so there must be an end of it. */
const RECENT_MAX = 20_000;

/**
 * Removes an index that LMDB would not survive; the next one is made from the log. Other damage is told by
 * an error, or by the end of the process: a mapped file cannot be tried.
 */
export function dropDamagedIndex(folder: string, onFault: (fault: Error) => void): void {
  const path = join(folder, FILE);
  const flaw = flawOfLmdbFile(path);
  if (flaw === undefined) return;
  rmSync(path);
  onFault(new Error(`The index ${path} is damaged: ${flaw}. It is made anew from the log.`));
}

/**
 * Where the frames of the log lie, by position and by stream. It can be made anew from the log at any
 * time, and is allowed to lag behind it: what is not in the database yet is known in memory.
 */
export class LogIndex {
  readonly #root: RootDatabase<Buffer, Buffer>;
  readonly #about: Bytes;
  readonly #frames: Bytes;
  readonly #streams: Bytes;
  readonly #entries: Bytes;
  readonly #lastOf = new BoundedMap<string, Place>(STREAMS_KEPT);
  readonly #numbers = new BoundedMap<string, number>(STREAMS_KEPT);
  readonly #newNumbers = new Map<string, number>();
  #lastNumber: number;
  #recent: FrameEntry[] = [];
  readonly #recentOf = new Map<string, FrameEntry[]>();
  #flushing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #fault: Error | undefined;

  constructor(folder: string) {
    const path = join(folder, FILE);
    try {
      this.#root = open<Buffer, Buffer>({
        path,
        noSubdir: true,
        encoding: 'binary',
        keyEncoding: 'binary',
        overlappingSync: false,
        // With it, lmdb makes promises of its own, which nobody can catch when a commit fails.
        eventTurnBatching: false,
        maxDbs: 8,
      });
      this.#about = openTable(this.#root, 'about');
      this.#frames = openTable(this.#root, 'frames');
      this.#streams = openTable(this.#root, 'streams');
      this.#entries = openTable(this.#root, 'entries');
      this.#lastNumber = lastKey(this.#entries)?.readUIntBE(0, INTEGER_BYTES) ?? 0;
    } catch (error) {
      throw withRemedy(error, path);
    }
    refuseOtherFormats(this.#about);
  }

  /** The place in the log up to which the database knows it, and the last position before it. */
  get end(): { readonly offset: number; readonly position: number } {
    const end = this.#about.get(END_KEY);
    if (end === undefined) return { offset: 0, position: 0 };
    return { offset: integer(end, 0), position: integer(end, 1) };
  }

  /** Known from now on; in the database a little later. Throws where an earlier commit failed. */
  add(frames: readonly FrameEntry[]): void {
    if (this.#fault) throw this.#fault;
    for (const frame of frames) {
      this.#recent.push(frame);
      const own = this.#recentOf.get(frame.stream);
      if (own) own.push(frame);
      else this.#recentOf.set(frame.stream, [frame]);
      this.#lastOf.set(frame.stream, lastIn(frame));
    }
    this.#timer ??= setTimeout(() => {
      void this.flush();
    }, GATHER_MS);
  }

  /** Resolves when there is room for more. Throws where an earlier commit failed. */
  async room(): Promise<void> {
    if (this.#fault) throw this.#fault;
    if (this.#recent.length >= RECENT_MAX) await this.flush();
  }

  /** Resolves when all that is known is in the database. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#flushing ??= this.#flush().finally(() => (this.#flushing = undefined)));
  }

  /** The frame that holds the position. */
  frameHolding(position: number): FramePointer | undefined {
    return this.framesBackFrom(position, 1)[0];
  }

  /** The frame that holds the position, and those before it, the later first. */
  framesBackFrom(position: number, limit: number): FramePointer[] {
    const found: FramePointer[] = [];
    for (let at = this.#recent.length - 1; at >= 0 && found.length < limit; at -= 1) {
      const frame = this.#recent[at];
      if (frame && frame.position <= position) found.push(frame);
    }
    if (found.length >= limit) return found;
    const start = integers(Math.min(found.at(-1)?.position ?? position + 1, INTEGER_MAX) - 1);
    const range = { start, end: integers(0), reverse: true, limit: limit - found.length };
    for (const { key, value } of this.#frames.getRange(range)) {
      found.push({ position: integer(key, 0), offset: integer(value, 0) });
    }
    return found;
  }

  /** The frames of a stream that hold the revision and those after it, or before it. */
  framesOf(stream: string, { from, direction, limit }: Range): StreamPointer[] {
    const recent = this.#recentOf.get(stream) ?? [];
    // A commit that is just done stands in both; what is in memory goes before.
    const bound = recent[0]?.revision ?? Infinity;
    const stored = (range: Range): StreamPointer[] =>
      this.#stored(stream, range).filter(({ revision }) => revision < bound);
    if (direction === 'backwards') {
      const newer = recent.filter(({ revision }) => revision <= from).reverse();
      return [...newer, ...stored({ from, direction, limit })].slice(0, limit);
    }
    const holding = stored({ from, direction: 'backwards', limit: 1 });
    const later = stored({ from: from + 1, direction, limit });
    return [...holding, ...later, ...recent].filter((frame) => lastIn(frame).revision >= from);
  }

  last(stream: string): Place | undefined {
    const kept = this.#lastOf.get(stream);
    if (kept !== undefined) return kept;
    const range = { from: INTEGER_MAX, direction: 'backwards', limit: 1 } as const;
    const [frame] = this.framesOf(stream, range);
    const last = frame && lastIn(frame);
    if (last) this.#lastOf.set(stream, last);
    return last;
  }

  async close(): Promise<void> {
    if (!this.#fault) await this.flush();
    clearTimeout(this.#timer);
    await this.#root.close();
  }

  async #flush(): Promise<void> {
    while (this.#recent.length > 0 && !this.#fault) {
      const batch = this.#recent.slice(0, RECENT_MAX);
      try {
        await this.#commit(batch);
      } catch (fault) {
        this.#fault = new Error(
          `the index could not be written (${fault instanceof Error ? fault.message : String(fault)})`,
        );
        return;
      }
      this.#forget(batch);
    }
  }

  async #commit(batch: readonly FrameEntry[]): Promise<void> {
    const [first] = batch;
    const last = batch.at(-1);
    if (!first || !last) return;
    const writes: Promise<boolean>[] = [];
    const isOurs = this.#frames.ifNoExists(integers(first.position), () => {
      for (const frame of batch) this.#put(frame, writes);
      const end = integers(last.offset + last.length, last.position + last.count - 1);
      writes.push(this.#about.put(END_KEY, end));
    });
    const [isCommitted] = await Promise.all([isOurs, ...writes]).catch(throwReason);
    if (!isCommitted) throw new Error('another process has written to the data folder');
  }

  #put(frame: FrameEntry, writes: Promise<boolean>[]): void {
    const { stream, revision, position, count, offset } = frame;
    const number = this.#numberOf(stream) ?? this.#newNumber(stream, writes);
    writes.push(
      this.#frames.put(integers(position), integers(offset)),
      this.#entries.put(integers(number, revision), integers(position, offset, count)),
    );
  }

  #forget(batch: readonly FrameEntry[]): void {
    this.#recent = this.#recent.slice(batch.length);
    const counts = new Map<string, number>();
    for (const { stream } of batch) counts.set(stream, (counts.get(stream) ?? 0) + 1);
    for (const [stream, count] of counts) {
      const own = (this.#recentOf.get(stream) ?? []).slice(count);
      if (own.length > 0) this.#recentOf.set(stream, own);
      else this.#recentOf.delete(stream);
    }
    this.#newNumbers.clear();
  }

  #stored(stream: string, { from, direction, limit }: Range): StreamPointer[] {
    const number = this.#numberOf(stream);
    if (number === undefined || from < 0) return [];
    const reverse = direction === 'backwards';
    const start = integers(number, Math.min(from, INTEGER_MAX));
    const end = integers(number, reverse ? 0 : INTEGER_MAX);
    const range = { start, end, inclusiveEnd: true, reverse, limit };
    return Array.from(this.#entries.getRange(range), ({ key, value }) => ({
      revision: integer(key, 1),
      position: integer(value, 0),
      offset: integer(value, 1),
      count: integer(value, 2),
    }));
  }

  #numberOf(stream: string): number | undefined {
    const kept = this.#numbers.get(stream) ?? this.#newNumbers.get(stream);
    if (kept !== undefined) return kept;
    const stored = this.#streams.get(Buffer.from(stream));
    const number = stored && integer(stored, 0);
    if (number !== undefined) this.#numbers.set(stream, number);
    return number;
  }

  #newNumber(stream: string, writes: Promise<boolean>[]): number {
    this.#lastNumber += 1;
    this.#newNumbers.set(stream, this.#lastNumber);
    writes.push(this.#streams.put(Buffer.from(stream), integers(this.#lastNumber)));
    return this.#lastNumber;
  }
}

function lastIn({ revision, position, count }: Omit<StreamPointer, 'offset'>): Place {
  return { revision: revision + count - 1, position: position + count - 1 };
}

function openTable(root: RootDatabase<Buffer, Buffer>, name: string): Bytes {
  return root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
}

function lastKey(table: Bytes): Buffer | undefined {
  const [last] = table.getKeys({ reverse: true, limit: 1 });
  return last;
}

function integers(...values: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * INTEGER_BYTES);
  for (const [at, value] of values.entries()) {
    bytes.writeUIntBE(value, at * INTEGER_BYTES, INTEGER_BYTES);
  }
  return bytes;
}

function integer(bytes: Buffer, index: number): number {
  return bytes.readUIntBE(index * INTEGER_BYTES, INTEGER_BYTES);
}

/** lmdb rejects with a bare notice that holds the promise of the reason. */
async function throwReason(failure: { commitError?: Promise<never> }): Promise<never> {
  await failure.commitError;
  throw failure as Error;
}

/** LMDB's own errors begin below this; those above are the system's. */
const LMDB_ERROR_MAX = -30_000;

function withRemedy(error: unknown, path: string): unknown {
  const { code, message } = error as { readonly code?: unknown; readonly message?: string };
  if (typeof code !== 'number' || code > LMDB_ERROR_MAX) return error;
  return new Error(
    `its index is damaged (${String(message)}). Remove ${path} and start again: it is made anew from ` +
      'the log, which is not touched.',
    { cause: error },
  );
}

function refuseOtherFormats(about: Bytes): void {
  const found = about.get(FORMAT_KEY)?.toString();
  if (found === undefined) about.putSync(FORMAT_KEY, Buffer.from(FORMAT));
  else if (found !== FORMAT) {
    throw new Error(`the index has format ${found}, and this event node writes ${FORMAT}`);
  }
}
