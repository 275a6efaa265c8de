import type { Call } from './call.js';
import type { MessageLimit } from './frames.js';
import type { Append, Journal } from './journal.js';
import {
  decodeAppend,
  encodeAppended,
  encodeConflict,
  type AppendMessage,
  type ProposedEvent,
} from './messages.js';
import { CallError, invalidArgument, notServed, status } from './status.js';

/** What the data, metadata and type of all events of one append may come to, in bytes. */
const APPEND_BYTES_MAX = 1024 * 1024;

/** A message holds one event; ids, names and properties come on top of what is counted. */
const MESSAGE_LIMIT: MessageLimit = {
  bytesMax: APPEND_BYTES_MAX + 64 * 1024,
  exceeded: appendTooBig,
};

/** How much the appends that are being received may hold, all together, before more are turned away. */
const RECEIVING_BYTES_MAX = 64 * 1024 * 1024;

/** Serves Append: one stream and expected revision, then the events, which become one commit. */
export class AppendService {
  readonly #journal: Journal;
  #receivingBytes = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  async serve(call: Call): Promise<void> {
    const incoming = new IncomingAppend();
    let received = 0;
    try {
      await call.receive(MESSAGE_LIMIT, (bytes) => {
        received += bytes.length;
        this.#reserve(bytes.length);
        incoming.add(decodeAppend(bytes));
      });
      const append = incoming.complete();
      refuseMetadata(append.stream);
      const outcome = await this.#journal.append(append);
      call.end(
        outcome.kind === 'conflict'
          ? encodeConflict(outcome.current, append.expected)
          : encodeAppended(outcome.last),
      );
    } finally {
      this.#receivingBytes -= received;
    }
  }

  #reserve(bytes: number): void {
    this.#receivingBytes += bytes;
    if (this.#receivingBytes > RECEIVING_BYTES_MAX) {
      throw new CallError(status.unavailable, 'The event node is busy with other appends.');
    }
  }
}

class IncomingAppend {
  #target: Omit<Append, 'events'> | undefined;
  readonly #events: ProposedEvent[] = [];
  #size = 0;

  add(message: AppendMessage): void {
    if (message.kind === 'target') {
      if (this.#target !== undefined) throw invalidArgument('An append has one target only.');
      this.#target = message;
      return;
    }
    if (this.#target === undefined) throw invalidArgument('An append begins with its target.');
    const { event } = message;
    requireProperties(event);
    this.#size += event.data.length + event.metadata.length + Buffer.byteLength(event.type);
    if (this.#size > APPEND_BYTES_MAX) throw appendTooBig();
    this.#events.push(event);
  }

  complete(): Append {
    if (this.#target === undefined) throw invalidArgument('An append without target.');
    return { ...this.#target, events: this.#events };
  }
}

/** A stream's metadata would have to bound its reads; taking it and not heeding it would be worse. */
function refuseMetadata(stream: string): void {
  if (stream.startsWith('$$')) throw notServed('the metadata of streams');
}

function requireProperties({ type, contentType }: ProposedEvent): void {
  if (type !== '' && contentType !== '') return;
  throw new CallError(status.invalidArgument, 'An event needs a type and a content-type.', {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });
}

function appendTooBig(): CallError {
  return new CallError(
    status.invalidArgument,
    `An append may hold ${String(APPEND_BYTES_MAX)} bytes of events, and this one holds more.`,
    {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(APPEND_BYTES_MAX),
    },
  );
}
