import { randomUUID } from 'node:crypto';
import { Bell } from './bell.js';
import type { Call } from './call.js';
import { frame, type MessageLimit } from './frames.js';
import type { Journal } from './journal.js';
import {
  decodeRead,
  encodeCaughtUp,
  encodeConfirmation,
  encodeStreamNotFound,
  type ReadFrom,
  type ReadRequest,
} from './messages.js';
import { allSource, streamSource, type Source } from './sources.js';
import { CallError, invalidArgument, status } from './status.js';
import type { Direction, EventStorage, StoredEvent } from './storage.js';

/** Enough messages in one write that framing costs little; the page's bytes are bounded as well. */
const PAGE_EVENTS = 256;

const REQUEST_LIMIT: MessageLimit = {
  bytesMax: 64 * 1024,
  exceeded: () => new CallError(status.resourceExhausted, 'The request is too long.'),
};

/** Serves Read in its forms: a stream or all of them, either way, once or as a subscription. */
export class ReadService {
  readonly #journal: Journal;
  readonly #storage: EventStorage;

  constructor(journal: Journal, storage: EventStorage) {
    this.#journal = journal;
    this.#storage = storage;
  }

  async serve(call: Call): Promise<void> {
    const request = await receiveOne(call);
    if (request.count === undefined) return this.#subscribe(call, request);
    const source = this.#readSource(request);
    if (source === undefined) {
      call.end(encodeStreamNotFound(request.stream ?? ''));
      return;
    }
    await sendPages(call, source, request.count);
    call.end();
  }

  /** What is there now; what is appended while it is read is not waited for. */
  #readSource({ stream, from, direction }: ReadRequest): Source | undefined {
    if (stream === undefined) {
      const last = this.#journal.lastPosition;
      const start = allStart(from, direction, last);
      return allSource(this.#storage, { from: start, direction, lastPosition: () => last });
    }
    const last = this.#lastRevision(stream);
    if (last < 0) return undefined;
    const start = streamStart(from, direction, last);
    return streamSource(this.#storage, stream, { from: start, direction, last });
  }

  async #subscribe(call: Call, request: ReadRequest): Promise<void> {
    const source = this.#subscriptionSource(request);
    const bell = new Bell();
    const unsubscribe = this.#journal.onCommit(bell.ring);
    call.onOver(bell.ring);
    try {
      await call.send(frame(encodeConfirmation(randomUUID())));
      await sendPages(call, source);
      await call.send(frame(encodeCaughtUp()));
      while (!call.isOver) {
        await bell.heard();
        await sendPages(call, source);
      }
    } finally {
      unsubscribe();
    }
  }

  /** Where a subscription is told a revision or position, it begins after it. */
  #subscriptionSource({ stream, from }: ReadRequest): Source {
    const direction = 'forwards';
    if (stream === undefined) {
      const lastPosition = (): number => this.#journal.lastPosition;
      const after = from === 'start' ? 0 : from === 'end' ? lastPosition() : from.at;
      return allSource(this.#storage, { from: after + 1, direction, lastPosition });
    }
    const after = from === 'start' ? -1 : from === 'end' ? this.#lastRevision(stream) : from.at;
    return streamSource(this.#storage, stream, { from: after + 1, direction });
  }

  #lastRevision(stream: string): number {
    return this.#storage.last(stream)?.revision ?? -1;
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

/** A revision is inclusive both ways. */
function streamStart(from: ReadFrom, direction: Direction, last: number): number {
  if (from === 'start') return 0;
  const isBackwards = direction === 'backwards';
  if (from === 'end') return isBackwards ? last : last + 1;
  return isBackwards ? Math.min(from.at, last) : from.at;
}

/** Forwards a position is inclusive; backwards it is exclusive, and the end is behind the last event. */
function allStart(from: ReadFrom, direction: Direction, last: number): number {
  const isBackwards = direction === 'backwards';
  if (from === 'start') return isBackwards ? 0 : 1;
  const at = from === 'end' ? last + 1 : Math.min(from.at, last + 1);
  return isBackwards ? at - 1 : Math.max(at, 1);
}

/** Sends what the source has, page by page, as fast as the reader takes it. */
async function sendPages(call: Call, source: Source, count = Infinity): Promise<void> {
  let remaining = count;
  while (remaining > 0 && !call.isOver) {
    const page = source.page(Math.min(remaining, PAGE_EVENTS));
    if (page.length === 0) return;
    remaining -= page.length;
    await call.send(joined(page));
  }
}

/** One piece of bytes for the whole page: framing and writing cost by the piece. */
function joined(page: readonly StoredEvent[]): Buffer {
  const bytes = Buffer.allocUnsafe(page.reduce((sum, event) => sum + event.messageLength, 0));
  let at = 0;
  for (const event of page) {
    event.copyMessage(bytes, at);
    at += event.messageLength;
  }
  return bytes;
}
