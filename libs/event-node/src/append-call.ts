import type { Call } from './call.js';
import type { MessageLimit } from './frames.js';
import type { Append, Journal } from './journal.js';
import { type AppendMessage, decodeAppend } from './append-messages.js';
import { encodeAppended, encodeConflict } from './messages.js';
import type { ProposedEvent } from './proposed-event.js';
import { APPEND_BYTES_MAX, AppendSize, problemWith } from './received-appends.js';
import { copied, heldBytes, type RequestMemory } from './request-memory.js';
import { CallError, invalidArgument, status, streamDeleted } from './status.js';

/** A message holds one event; ids, names and properties come on top of what is counted. */
const MESSAGE_LIMIT: MessageLimit = {
  bytesMax: APPEND_BYTES_MAX + 64 * 1024,
  exceeded: () => appendTooBig('An event has more bytes than an append may hold.'),
};

/** Serves Append: one stream and expected revision, then the events, which become one commit. */
export class AppendService {
  readonly #journal: Journal;
  readonly #memory: RequestMemory;

  constructor(journal: Journal, memory: RequestMemory) {
    this.#journal = journal;
    this.#memory = memory;
  }

  async serve(call: Call): Promise<void> {
    const incoming = new IncomingAppend();
    let held = 0;
    try {
      await call.receive({ limit: MESSAGE_LIMIT }, (message) => {
        const bytes = heldBytes(message, 1);
        held += bytes;
        this.#memory.reserve(bytes);
        incoming.add(decodeAppend(copied(message)));
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
      this.#memory.release(held);
    }
  }
}

class IncomingAppend {
  #target: (Omit<Append, 'events'> & { readonly size: AppendSize }) | undefined;
  readonly #events: ProposedEvent[] = [];

  add(message: AppendMessage): void {
    if (message.kind === 'target') {
      if (this.#target !== undefined) throw invalidArgument('An append has one target only.');
      const { stream, expected } = message;
      this.#target = { stream, expected, size: new AppendSize(stream) };
      return;
    }
    if (this.#target === undefined) throw invalidArgument('An append begins with its target.');
    const { event } = message;
    requireProperties(event);
    const problem = problemWith(event);
    if (problem !== undefined) throw invalidArgument(problem);
    const { size } = this.#target;
    size.add(event);
    if (size.excess !== undefined) throw appendTooBig(size.excess);
    this.#events.push(event);
  }

  complete(): Append {
    if (this.#target === undefined) throw invalidArgument('An append without target.');
    const { stream, expected } = this.#target;
    return { stream, expected, events: this.#events };
  }
}

function requireProperties({ type, contentType }: ProposedEvent): void {
  if (type !== '' && contentType !== '') return;
  throw new CallError(status.invalidArgument, 'An event needs a type and a content-type.', {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });
}

function appendTooBig(message: string): CallError {
  return new CallError(status.invalidArgument, message, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(APPEND_BYTES_MAX),
  });
}
