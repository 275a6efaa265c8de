import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Bell } from './bell.js';
import type { Call } from './call.js';
import { type EventFilter, eventFilter } from './event-filter.js';
import { frame, type MessageLimit } from './frames.js';
import type { Journal } from './journal.js';
import {
  decodeRead,
  encodeCaughtUp,
  encodeCheckpoint,
  encodeConfirmation,
  encodeStreamNotFound,
  type ReadRequest,
} from './messages.js';
import { isLink, joined, resolved } from './page.js';
import { type Reader, ReadingMemory } from './reading-memory.js';
import { allSource, allStart, type Source, streamSource, streamStart } from './sources.js';
import { CallError, invalidArgument, status, streamDeleted } from './status.js';
import { type EventStorage, type Messages, PAGE_BYTES, type StoredEvent } from './storage.js';
import { isTombstoned, viewOf } from './stream-view.js';

/** Enough messages in one write that framing costs little; the page's bytes are bounded as well. */
const PAGE_EVENTS = 256;
const FEW_EVENTS = 32;

const NOTHING = Buffer.alloc(0);

const REQUEST_LIMIT: MessageLimit = {
  bytesMax: 64 * 1024,
  exceeded: () => new CallError(status.resourceExhausted, 'The request is too long.'),
};

export interface ReadServiceOptions {
  readonly journal: Journal;
  readonly storage: EventStorage;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Of all reads together. */
  readonly memory?: ReadingMemory;
}

/** Serves Read in its forms: a stream or all of them, either way, once or as a subscription. */
export class ReadService {
  readonly #options: ReadServiceOptions;
  readonly #memory: ReadingMemory;

  constructor(options: ReadServiceOptions) {
    this.#options = options;
    this.#memory = options.memory ?? new ReadingMemory();
  }

  async serve(call: Call): Promise<void> {
    const request = await receiveOne(call);
    const filter = request.filter && eventFilter(request.filter);
    if (request.count === undefined) return this.#subscribe(call, request, filter);
    const source = this.#readSource(request);
    if (source === undefined) {
      call.end(encodeStreamNotFound(request.stream ?? ''));
      return;
    }
    const reader = this.#memory.readerOf(call);
    await this.#sendPages(reader, source, { request, filter, count: request.count });
    call.end();
  }

  /** What is there now; what is appended while it is read is not waited for. */
  #readSource({ stream, from, direction }: ReadRequest): Source | undefined {
    const { storage, journal } = this.#options;
    if (stream === undefined) {
      const last = journal.lastPosition;
      const start = allStart(from, direction, last);
      return allSource(storage, { from: start, direction, lastPosition: () => last });
    }
    const view = this.#viewOf(stream);
    if (view === undefined) return undefined;
    const start = streamStart(from, direction, view.last);
    return streamSource(storage, stream, { from: start, direction, view });
  }

  async #subscribe(
    call: Call,
    request: ReadRequest,
    filter: EventFilter | undefined,
  ): Promise<void> {
    const source = this.#subscriptionSource(request);
    const progress = filter && new FilterProgress(filter, request.filter?.checkpointEvery ?? 1);
    const bell = new Bell();
    const unsubscribe = this.#options.journal.onCommit(bell.ring);
    call.onOver(bell.ring);
    const reader = this.#memory.readerOf(call);
    const send = (): Promise<void> => this.#sendPages(reader, source, { request, progress });
    try {
      await call.send(frame(encodeConfirmation(randomUUID())));
      await send();
      const checkpoint = progress?.checkpoint();
      if (checkpoint) await call.send(checkpoint);
      await call.send(frame(encodeCaughtUp()));
      while (!call.isOver) {
        await bell.heard();
        // Told before they are sent: what comes after a tombstone is nothing, and what came before is sent.
        const deletion = this.#deletionOf(request.stream);
        await send();
        if (deletion) throw deletion;
      }
    } finally {
      unsubscribe();
    }
  }

  /** Where a subscription is told a revision or position, it begins after it. */
  #subscriptionSource({ stream, from }: ReadRequest): Source {
    const { storage, journal } = this.#options;
    const direction = 'forwards';
    if (stream === undefined) {
      const lastPosition = (): number => journal.lastPosition;
      const after = from === 'start' ? 0 : from === 'end' ? lastPosition() : from.at;
      return allSource(storage, { from: after + 1, direction, lastPosition });
    }
    const view = this.#viewOf(stream);
    const last = storage.last(stream)?.revision ?? -1;
    const after = from === 'start' ? -1 : from === 'end' ? last : from.at;
    // What is appended later is seen whatever the stream shows now.
    const open = view && { ...view, last: Number.MAX_SAFE_INTEGER };
    const first = view === undefined ? Math.max(after, last) + 1 : after + 1;
    return streamSource(storage, stream, { from: first, direction, ...(open && { view: open }) });
  }

  #deletionOf(stream: string | undefined): CallError | undefined {
    if (stream === undefined || !isTombstoned(stream, this.#options.storage)) return undefined;
    return streamDeleted(stream);
  }

  /** Undefined where there is no such stream. Throws where it is deleted for ever. */
  #viewOf(stream: string) {
    const view = viewOf(stream, this.#options.storage, this.#options.now());
    if (view === 'tombstoned') throw streamDeleted(stream);
    return view === 'absent' ? undefined : view;
  }

  /** Sends what the source has, piece by piece, as fast as the reader takes it. */
  async #sendPages(reader: Reader, source: Source, sending: Sending): Promise<void> {
    const { request, filter, progress, count = Infinity } = sending;
    if (!filter && !progress && !request.resolvesLinks && source.messages) {
      return sendMessages(reader, source, count);
    }
    for (let remaining = count; remaining > 0 && !reader.isOver;) {
      const piece = await reader.page(() => {
        const next = this.#piece(source, sending, remaining);
        remaining -= next?.count ?? 0;
        return next?.bytes;
      });
      if (piece === undefined) return;
      await reader.send(piece);
      // A reader that is fast enough is not waited for, and others must have their turn all the same.
      await nextTurn();
    }
  }

  /**
   * The next events that pass, in one piece: empty where none of a page does, undefined at the end. Nothing
   * else is kept while it is sent; what does not fit in is read again.
   */
  #piece(source: Source, sending: Sending, remaining: number): Messages | undefined {
    const { request, filter, progress } = sending;
    const eventsMax = request.resolvesLinks ? FEW_EVENTS : PAGE_EVENTS;
    const page = source.page(filter ? eventsMax : Math.min(remaining, eventsMax));
    if (page.length === 0) return undefined;
    if (!filter && !progress && !request.resolvesLinks) {
      return { bytes: joined(page), count: page.length };
    }
    const messages: Buffer[] = [];
    let [considered, length, count] = [0, 0, 0];
    for (const event of page) {
      if (count === remaining || length >= PAGE_BYTES) break;
      considered += 1;
      if (filter?.(event) ?? progress?.passes(event) ?? true) {
        const message = this.#rendered(event, request);
        messages.push(message);
        length += message.length;
        count += 1;
      }
      const checkpoint = progress?.considered(event);
      if (checkpoint) messages.push(checkpoint);
    }
    source.unread(page.length - considered);
    return { bytes: Buffer.concat(messages), count };
  }

  #rendered(event: StoredEvent, { resolvesLinks }: ReadRequest): Buffer {
    if (!resolvesLinks || !isLink(event)) return event.message;
    return resolved(event, this.#options.storage, this.#options.now());
  }
}

/**
 * Two buffers in turn: one is filled while the other is on its way, and none is made anew for each page,
 * which would cost more than the reading. Where there are few events, as for most who follow the log,
 * buffers of their own would.
 */
async function sendMessages(
  reader: Reader,
  source: Pick<Source, 'page' | 'messages'>,
  count: number,
): Promise<void> {
  let remaining = count;
  for (let found = 0; found < FEW_EVENTS && !reader.isOver;) {
    const page = await reader.page(() => {
      const events = source.page(Math.min(remaining, FEW_EVENTS));
      found = events.length;
      remaining -= found;
      return joined(events);
    });
    if (page === undefined || page.length === 0) return;
    await reader.send(page);
  }
  const spare: Buffer[] = [];
  let sent: Promise<void> = Promise.resolve();
  while (remaining > 0 && !reader.isOver) {
    if (reader.isToSave) {
      await sent;
      spare.length = 0;
    }
    let into: Buffer = NOTHING;
    const page = await reader.page(() => {
      into = spare.pop() ?? Buffer.allocUnsafeSlow(PAGE_BYTES);
      const messages = source.messages?.(Math.min(remaining, PAGE_EVENTS), into);
      remaining -= messages?.count ?? 0;
      return messages?.bytes;
    });
    await sent;
    if (page === undefined || page.length === 0) return;
    sent = reader.send(page).then(() => void spare.push(into));
  }
  await sent;
}

interface Sending {
  readonly request: ReadRequest;
  /** Of a read. */
  readonly filter?: EventFilter | undefined;
  /** Of a filtered subscription. */
  readonly progress?: FilterProgress | undefined;
  readonly count?: number;
}

/** Counts the events that a filtered subscription has considered, and says how far it is. */
class FilterProgress {
  readonly #filter: EventFilter;
  readonly #every: number;
  #considered = 0;
  #position = 0;

  constructor(filter: EventFilter, every: number) {
    this.#filter = filter;
    this.#every = every;
  }

  passes(event: StoredEvent): boolean {
    return this.#filter(event);
  }

  /** A checkpoint each time that so many were considered. */
  considered({ position }: StoredEvent): Buffer | undefined {
    this.#position = position;
    this.#considered += 1;
    return this.#considered % this.#every === 0 ? this.checkpoint() : undefined;
  }

  /** Where it is now; undefined before the first event. */
  checkpoint(): Buffer | undefined {
    return this.#position === 0 ? undefined : frame(encodeCheckpoint(this.#position));
  }
}

async function receiveOne(call: Call): Promise<ReadRequest> {
  const requests: ReadRequest[] = [];
  await call.receive({ limit: REQUEST_LIMIT }, (bytes) => {
    if (requests.push(decodeRead(bytes)) > 1) throw invalidArgument('A read is one request.');
  });
  const [request] = requests;
  if (request === undefined) throw invalidArgument('A read without a request.');
  return request;
}
