import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Frame,
  frameBytes,
  frameLengthAt,
  idsOf,
  messagesIn,
  type Page,
  readFrame,
  streamOf,
  takeEvents,
  writeFrame,
} from './log-frame.js';
import { dropDamagedIndex, type FrameEntry, LogIndex } from './log-index.js';
import { checkedReading, headsFrom, SCAN_BYTES } from './log-scan.js';
import { RECENT_IDS, RecentIds } from './recent-ids.js';
import { Segments } from './segments.js';
import {
  type AppendToStore,
  DamagedEvent,
  type EventStorage,
  type Messages,
  NotLaidDown,
  PAGE_BYTES,
  type Place,
  REMOVE_INDEX,
  type Range,
  type StoredEvent,
} from './storage.js';

const NOTHING = Buffer.alloc(0);
/** A record longer than a page is kept for the next page, as several readers may be in some at a time. */
const LONG_KEPT = 4;

/** What one commit laid down. */
export interface Written {
  readonly appends: number;
  readonly events: number;
  readonly bytes: number;
  /** How long it took to write them and to know them on disk. */
  readonly seconds: number;
}

export interface LogStorageOptions {
  readonly folder: string;
  /** Told now and then how far the index is made anew, in bytes of the log. */
  readonly onIndexing?: (done: number, of: number) => void;
  /** Told of an index that was damaged, and is made anew. */
  readonly onFault?: (fault: Error) => void;
  /** Told of each commit, to count it. */
  readonly onWritten?: (written: Written) => void;
  readonly segmentBytes?: number;
}

/**
 * Opens the log of a folder; `close` it before opening it again. The index catches up first, and a torn
 * record at the very end, which nobody was told of, is dropped. Throws `DamagedEvent` where the log is
 * not what was laid down.
 */
export async function openLogStorage(options: LogStorageOptions): Promise<EventStorage> {
  const { folder, segmentBytes, onWritten } = options;
  const { onIndexing = () => undefined, onFault = () => undefined } = options;
  if (existsSync(join(folder, 'events.mdb'))) {
    throw new Error(
      'it holds events in the form of an earlier version of Portbook, which this one does not read. ' +
        'Go on with that version there, and give this one another data folder.',
    );
  }
  const segments = new Segments(folder, segmentBytes);
  let index: LogIndex | undefined;
  try {
    dropDamagedIndex(folder, onFault);
    index = new LogIndex(folder);
    const storage = new LogStorage(segments, index, onWritten);
    await storage.catchUp(onIndexing);
    return storage;
  } catch (error) {
    await index?.close();
    segments.close();
    throw error;
  }
}

class LogStorage implements EventStorage {
  readonly #segments: Segments;
  readonly #index: LogIndex;
  readonly #ids = new RecentIds();
  /** Read into and copied out of at once, so that pages leave no garbage of their own. */
  readonly #scratch = Buffer.allocUnsafeSlow(PAGE_BYTES);
  readonly #onWritten: LogStorageOptions['onWritten'];
  #long: readonly Frame[] = [];
  #lastPosition = 0;

  constructor(segments: Segments, index: LogIndex, onWritten: LogStorageOptions['onWritten']) {
    this.#segments = segments;
    this.#index = index;
    this.#onWritten = onWritten;
  }

  async append(appends: readonly AppendToStore[]): Promise<void> {
    if (appends.length === 0) return;
    const { bytes, frames } = laidOut(appends, this.#segments.prepare());
    await this.#index.room();
    const began = performance.now();
    await this.#segments.append(bytes);
    this.#onWritten?.({
      appends: appends.length,
      events: frames.reduce((sum, { count }) => sum + count, 0),
      bytes: bytes.length,
      seconds: (performance.now() - began) / 1000,
    });
    this.#index.add(frames);
    for (const append of appends) this.#remember(append);
  }

  readAll({ from, direction, limit }: Range): StoredEvent[] {
    if (from < 1 || from > this.#lastPosition + 1 || limit < 1) return [];
    return direction === 'forwards'
      ? this.#allForwards(from, limit)
      : this.#allBackwards(from, limit);
  }

  readMessages(from: number, limit: number, into: Buffer): Messages {
    const pointer =
      from >= 1 && from <= this.#lastPosition ? this.#index.frameHolding(from) : undefined;
    let [bytes, length, count] = [into, 0, 0];
    if (pointer === undefined || limit < 1) return { bytes: NOTHING, count };
    try {
      for (const frame of this.#framesAt(pointer.offset, this.#scratch)) {
        const start = Math.max(0, from + count - frame.position);
        const until = Math.min(frame.count, start + limit - count);
        const span = messagesIn(frame, { from: start, until, bytesMax: bytes.length - length });
        const isLonger = span.end - span.start > bytes.length - length;
        if (isLonger && count > 0) break;
        if (isLonger) bytes = Buffer.allocUnsafe(span.end - span.start);
        length += frame.bytes.copy(bytes, length, span.start, span.end);
        count += span.count;
        if (start + span.count < frame.count || count === limit) break;
      }
    } catch (error) {
      // What stands before the damage is still handed out.
      if (count === 0) throw error;
    }
    return { bytes: bytes.subarray(0, length), count };
  }

  readStream(stream: string, range: Range): StoredEvent[] {
    return collected((page) => {
      for (const { offset } of this.#index.framesOf(stream, range)) {
        const frame = this.#frameAt(offset);
        if (streamOf(frame) !== stream) {
          const place = `record at byte ${String(offset)} of the log`;
          const finding = 'the index names it as part of another stream';
          throw new DamagedEvent(place, finding, REMOVE_INDEX);
        }
        takePart(frame, page, { ...range, first: frame.revision });
        if (isFull(page, range.limit)) return;
      }
    });
  }

  last(stream: string): Place | undefined {
    return this.#index.last(stream);
  }

  findId(stream: string, id: Buffer): Place | undefined {
    return this.#ids.find(stream, id);
  }

  lastPosition(): number {
    return this.#lastPosition;
  }

  async close(): Promise<void> {
    await this.#index.close();
    this.#segments.close();
  }

  /** Takes up what the index does not know yet, and remembers the last ids. */
  async catchUp(onIndexing: (done: number, of: number) => void): Promise<void> {
    const { offset, position } = this.#index.end;
    if (offset > this.#segments.end) {
      throw new DamagedEvent(
        `log at byte ${String(this.#segments.end)}`,
        `it ends there, and ${String(offset)} bytes of it are known to have been written`,
      );
    }
    this.#requireOwnIndex();
    const add = (frame: Frame): void => {
      const { position, revision, count, offset, length } = frame;
      this.#index.add([{ stream: streamOf(frame), revision, position, count, offset, length }]);
    };
    let end = { offset, position };
    while (end.offset < this.#segments.end) {
      end = checkedReading(this.#segments, end, add);
      if (end.offset - offset <= SCAN_BYTES) continue;
      await this.#index.flush();
      onIndexing(end.offset, this.#segments.end);
    }
    this.#lastPosition = end.position;
    await this.#index.flush();
    this.#rememberLastIds();
  }

  /** Where the index ends, a record must: else what follows would be taken for a torn end, and cut. */
  #requireOwnIndex(): void {
    const { offset, position } = this.#index.end;
    if (offset === 0) return;
    const pointer = this.#index.frameHolding(position);
    const last = pointer && this.#frameAt(pointer.offset);
    const isOwn =
      last !== undefined &&
      last.offset + last.length === offset &&
      last.position + last.count === position + 1;
    if (isOwn) return;
    const place = `log at byte ${String(offset)}`;
    throw new DamagedEvent(place, 'the index ends there, and no record does', REMOVE_INDEX);
  }

  #rememberLastIds(): void {
    const from = Math.max(1, this.#lastPosition - RECENT_IDS + 1);
    const pointer = this.#index.frameHolding(from);
    if (pointer === undefined) return;
    for (const frame of headsFrom(this.#segments, pointer.offset)) this.#rememberFrame(frame);
  }

  #rememberFrame(frame: Frame): void {
    const stream = streamOf(frame);
    const { position, revision } = frame;
    for (const [at, id] of idsOf(frame).entries()) {
      this.#ids.add(stream, id, { revision: revision + at, position: position + at });
    }
  }

  #remember({ stream, position, revision, events }: AppendToStore): void {
    for (const [at, { id }] of events.entries()) {
      this.#ids.add(stream, id, { revision: revision + at, position: position + at });
    }
    this.#lastPosition = position + events.length - 1;
  }

  #allForwards(from: number, limit: number): StoredEvent[] {
    const pointer = from <= this.#lastPosition ? this.#index.frameHolding(from) : undefined;
    if (pointer === undefined) return [];
    return collected((page) => {
      for (const frame of this.#framesAt(pointer.offset)) {
        takePart(frame, page, { from, direction: 'forwards', limit, first: frame.position });
        if (isFull(page, limit)) return;
      }
    });
  }

  #allBackwards(from: number, limit: number): StoredEvent[] {
    const start = Math.min(from, this.#lastPosition);
    return collected((page) => {
      for (const { offset } of this.#index.framesBackFrom(start, limit)) {
        const frame = this.#frameAt(offset);
        const first = frame.position;
        takePart(frame, page, { from: start, direction: 'backwards', limit, first });
        if (isFull(page, limit)) return;
      }
    });
  }

  /** The frame that begins there, and those after it that one reading holds. */
  *#framesAt(offset: number, scratch?: Buffer): Generator<Frame> {
    const long = this.#long.find((frame) => frame.offset === offset);
    if (long) {
      yield long;
      return;
    }
    const bytes = scratch
      ? this.#segments.readInto(scratch, offset)
      : this.#segments.read(offset, PAGE_BYTES);
    const first = this.#frameIn(bytes, offset);
    yield first;
    for (let at = first.length; ;) {
      const length = frameLengthAt(bytes, at);
      if (length === undefined || at + length > bytes.length) return;
      yield readFrame(bytes, at, offset + at);
      at += length;
    }
  }

  #frameAt(offset: number): Frame {
    const long = this.#long.find((frame) => frame.offset === offset);
    return long ?? this.#frameIn(this.#segments.read(offset, 4096), offset);
  }

  /** The frame that begins the bytes; they are read again where it is longer. */
  #frameIn(bytes: Buffer, offset: number): Frame {
    const length = frameLengthAt(bytes, 0) ?? 0;
    if (length <= bytes.length) return readFrame(bytes, 0, offset);
    const frame = readFrame(this.#segments.read(offset, length), 0, offset);
    if (length > PAGE_BYTES) this.#long = [frame, ...this.#long].slice(0, LONG_KEPT);
    return frame;
  }
}

/** The bytes of the appends for that place of the log, and where each of them lies. */
function laidOut(
  appends: readonly AppendToStore[],
  offset: number,
): { readonly bytes: Buffer; readonly frames: readonly FrameEntry[] } {
  const frames: FrameEntry[] = [];
  try {
    const bytes = Buffer.allocUnsafe(appends.reduce((sum, each) => sum + frameBytes(each), 0));
    let at = 0;
    for (const append of appends) {
      const end = writeFrame(bytes, at, { append, offset: offset + at });
      const { stream, revision, position, events } = append;
      const place = { offset: offset + at, length: end - at };
      frames.push({ stream, revision, position, count: events.length, ...place });
      at = end;
    }
    return { bytes, frames };
  } catch (error) {
    throw new NotLaidDown((error as Error).message, { cause: error });
  }
}

/**
 * What is taken before a damaged event is still handed out; the next page begins with that event and
 * throws.
 */
function collected(take: (page: Page) => void): StoredEvent[] {
  const page: Page = { events: [], bytes: 0 };
  try {
    take(page);
  } catch (error) {
    if (page.events.length === 0) throw error;
  }
  return page.events;
}

function isFull({ events, bytes }: Page, limit: number): boolean {
  return events.length >= limit || bytes >= PAGE_BYTES;
}

/** Those events of the frame that the range asks for, in its direction; `first` is what it counts by. */
function takePart(
  frame: Frame,
  page: Page,
  { from, direction, limit, first }: Range & { readonly first: number },
): void {
  const room = limit - page.events.length;
  const bytesMax = PAGE_BYTES;
  if (direction === 'forwards') {
    const start = Math.max(0, from - first);
    const until = Math.min(frame.count, start + room);
    takeEvents(frame, page, { from: start, until, direction, bytesMax });
  } else {
    const until = Math.min(frame.count, from - first + 1);
    takeEvents(frame, page, { from: Math.max(0, until - room), until, direction, bytesMax });
  }
}
