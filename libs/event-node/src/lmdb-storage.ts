import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { open, type Database, type RootDatabase } from 'lmdb';
import { BoundedMap } from './bounded-map.js';
import { decodeRecord, encodeRecord, INTEGER_BYTES, INTEGER_MAX, integerKey } from './record.js';
import type { Entry, EventStorage, EventToStore, Place, StreamRange } from './storage.js';

const FORMAT = '1';
const FORMAT_KEY = Buffer.from('format');
const STREAM_NUMBERS_KEPT = 20_000;
const ID_BYTES = 16;

type Bytes = Database<Buffer, Buffer>;

/**
 * Opens the storage in a folder, which is made where there is none. Its tables:
 *   events   position -> record
 *   streams  name -> number, so that the keys of the index are short
 *   index    stream number, revision -> position, event id
 *   ids      event id, stream number -> revision, position
 */
export function openLmdbStorage(folder: string): EventStorage {
  mkdirSync(folder, { recursive: true });
  const root = open<Buffer, Buffer>({
    path: join(folder, 'events.mdb'),
    noSubdir: true,
    encoding: 'binary',
    keyEncoding: 'binary',
    // A commit is on disk before it is reported; with overlapping syncs it would be only on its way.
    overlappingSync: false,
    // With it, lmdb makes promises of its own, which nobody can catch when a commit fails.
    eventTurnBatching: false,
    maxDbs: 8,
  });
  refuseOtherFormats(root);
  makeNameDurable(folder);
  return new LmdbStorage(root);
}

class LmdbStorage implements EventStorage {
  readonly #root: RootDatabase<Buffer, Buffer>;
  readonly #events: Bytes;
  readonly #streams: Bytes;
  readonly #index: Bytes;
  readonly #ids: Bytes;
  readonly #streamNumbers = new BoundedMap<string, number>(STREAM_NUMBERS_KEPT);
  /** Those of the commit on its way: the bounded map may forget them before they can be looked up. */
  readonly #newStreams = new Map<string, number>();
  #lastStreamNumber: number;

  constructor(root: RootDatabase<Buffer, Buffer>) {
    this.#root = root;
    this.#events = openTable(root, 'events');
    this.#streams = openTable(root, 'streams');
    this.#index = openTable(root, 'index');
    this.#ids = openTable(root, 'ids');
    this.#lastStreamNumber = lastKey(this.#index)?.readUIntBE(0, INTEGER_BYTES) ?? 0;
  }

  async append(batch: readonly EventToStore[]): Promise<void> {
    const first = batch[0];
    if (first === undefined) return;
    const writes: Promise<boolean>[] = [];
    const isOurs = this.#events.ifNoExists(integerKey(first.position), () => {
      for (const event of batch) this.#put(event, writes);
    });
    const [isCommitted] = await Promise.all([isOurs, ...writes]).catch(throwReason);
    this.#newStreams.clear();
    if (!isCommitted) throw new Error('another process has written to the data folder');
  }

  #put(event: EventToStore, writes: Promise<boolean>[]): void {
    const { position, revision, id } = event;
    const streamNumber = this.#numberOf(event.stream) ?? this.#newStream(event.stream, writes);
    const record = encodeRecord({ position, streamNumber, revision }, event.message);
    writes.push(
      this.#events.put(integerKey(position), record),
      this.#index.put(pair(streamNumber, revision), Buffer.concat([integerKey(position), id])),
      this.#ids.put(Buffer.concat([id, integerKey(streamNumber)]), pair(revision, position)),
    );
  }

  #newStream(name: string, writes: Promise<boolean>[]): number {
    this.#lastStreamNumber += 1;
    this.#newStreams.set(name, this.#lastStreamNumber);
    writes.push(this.#streams.put(Buffer.from(name), integerKey(this.#lastStreamNumber)));
    return this.#lastStreamNumber;
  }

  read(position: number, expected?: { stream: string; revision: number }): Buffer {
    const record = this.#events.get(integerKey(position));
    if (expected === undefined) return decodeRecord(position, record);
    const streamNumber = this.#numberOf(expected.stream) ?? 0;
    return decodeRecord(position, record, { streamNumber, revision: expected.revision });
  }

  findInStream(stream: string, range: StreamRange): Entry[] {
    const number = this.#numberOf(stream);
    if (number === undefined) return [];
    const reverse = range.direction === 'backwards';
    const start = pair(number, Math.min(range.from, INTEGER_MAX));
    const end = reverse ? pair(number, 0) : pair(number, INTEGER_MAX);
    return Array.from(
      this.#index.getRange({ start, end, inclusiveEnd: true, reverse, limit: range.limit }),
      ({ key, value }) => ({
        revision: key.readUIntBE(INTEGER_BYTES, INTEGER_BYTES),
        position: value.readUIntBE(0, INTEGER_BYTES),
        id: value.subarray(INTEGER_BYTES, INTEGER_BYTES + ID_BYTES),
      }),
    );
  }

  findId(stream: string, id: Buffer): Place | undefined {
    const number = this.#numberOf(stream);
    if (number === undefined) return undefined;
    const place = this.#ids.get(Buffer.concat([id, integerKey(number)]));
    if (place === undefined) return undefined;
    return {
      revision: place.readUIntBE(0, INTEGER_BYTES),
      position: place.readUIntBE(INTEGER_BYTES, INTEGER_BYTES),
    };
  }

  lastPosition(): number {
    return lastKey(this.#events)?.readUIntBE(0, INTEGER_BYTES) ?? 0;
  }

  async close(): Promise<void> {
    await this.#root.close();
  }

  #numberOf(stream: string): number | undefined {
    const kept = this.#streamNumbers.get(stream) ?? this.#newStreams.get(stream);
    if (kept !== undefined) return kept;
    const number = this.#streams.get(Buffer.from(stream))?.readUIntBE(0, INTEGER_BYTES);
    if (number !== undefined) this.#streamNumbers.set(stream, number);
    return number;
  }
}

function openTable(root: RootDatabase<Buffer, Buffer>, name: string): Bytes {
  return root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
}

function lastKey(table: Bytes): Buffer | undefined {
  const [last] = table.getKeys({ reverse: true, limit: 1 });
  return last;
}

function pair(first: number, second: number): Buffer {
  const bytes = Buffer.allocUnsafe(2 * INTEGER_BYTES);
  bytes.writeUIntBE(first, 0, INTEGER_BYTES);
  bytes.writeUIntBE(second, INTEGER_BYTES, INTEGER_BYTES);
  return bytes;
}

/** lmdb rejects with a bare notice that holds the promise of the reason. */
async function throwReason(failure: { commitError?: Promise<never> }): Promise<never> {
  await failure.commitError;
  throw failure as Error;
}

function refuseOtherFormats(root: RootDatabase<Buffer, Buffer>): void {
  const about = openTable(root, 'about');
  const found = about.get(FORMAT_KEY)?.toString();
  if (found === undefined) about.putSync(FORMAT_KEY, Buffer.from(FORMAT));
  else if (found !== FORMAT) {
    throw new Error(
      `The data folder has format ${found}, and this event node reads format ${FORMAT}.`,
    );
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
