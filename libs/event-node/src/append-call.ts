import type { Call } from './call.js';
import type { MessageLimit } from './frames.js';
import type { Append, Journal } from './journal.js';
import { type AppendMessage, decodeAppend } from './append-messages.js';
import { encodeAppended, encodeConflict } from './messages.js';
import type { ProposedEvent } from './proposed-event.js';
import {
  APPEND_BYTES_MAX,
  eventBytes,
  problemWith,
  type ReceivedAppends,
} from './received-appends.js';
import { CallError, invalidArgument, status, streamDeleted } from './status.js';

/** A message holds one event; ids, names and properties come on top of what is counted. */
const MESSAGE_LIMIT: MessageLimit = {
  bytesMax: APPEND_BYTES_MAX + 64 * 1024,
  exceeded: appendTooBig,
};

/** Serves Append: one stream and expected revision, then the events, which become one commit. */
export class AppendService {
  readonly #journal: Journal;
  readonly #received: ReceivedAppends;

  constructor(journal: Journal, received: ReceivedAppends) {
    this.#journal = journal;
    this.#received = received;
  }

  async serve(call: Call): Promise<void> {
    const incoming = new IncomingAppend();
    let received = 0;
    try {
      await call.receive({ limit: MESSAGE_LIMIT }, (bytes) => {
        received += bytes.length;
        this.#received.reserve(bytes.length);
        incoming.add(decodeAppend(bytes));
      });
      const append = incoming.complete();
      const outcome = await this.#journal.append(append);
      if (outcome.kind === 'deleted') throw streamDeleted(append.stream);
      call.end(
        outcome.kind === 'conflict'
          ? encodeConflict(outcome.current, append.expected)
          : encodeAppended(outcome.last),
      );
    } finally {
      this.#received.release(received);
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
    const problem = problemWith(event);
    if (problem !== undefined) throw invalidArgument(problem);
    this.#size += eventBytes(event);
    if (this.#size > APPEND_BYTES_MAX) throw appendTooBig();
    this.#events.push(event);
  }

  complete(): Append {
    if (this.#target === undefined) throw invalidArgument('An append without target.');
    return { ...this.#target, events: this.#events };
  }
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
