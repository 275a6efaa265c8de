import type { EventToStore } from './storage.js';

/** Events that have been given their positions and are not durable yet: one commit's worth. */
export class PendingEvents {
  readonly events: EventToStore[] = [];
  readonly #streams = new Map<string, PendingStream>();

  get isEmpty(): boolean {
    return this.events.length === 0;
  }

  add(event: EventToStore): void {
    this.events.push(event);
    const stream = this.#streams.get(event.stream);
    if (stream === undefined) this.#streams.set(event.stream, new PendingStream(event));
    else stream.add(event);
  }

  stream(name: string): PendingStream | undefined {
    return this.#streams.get(name);
  }
}

export class PendingStream {
  readonly #first: number;
  readonly #events: EventToStore[] = [];
  readonly #byId = new Map<string, EventToStore>();

  constructor(event: EventToStore) {
    this.#first = event.revision;
    this.add(event);
  }

  add(event: EventToStore): void {
    this.#events.push(event);
    this.#byId.set(event.id.toString('latin1'), event);
  }

  get current(): number {
    return this.#first + this.#events.length - 1;
  }

  entryAt(revision: number): EventToStore | undefined {
    return this.#events[revision - this.#first];
  }

  find(id: Buffer): EventToStore | undefined {
    return this.#byId.get(id.toString('latin1'));
  }
}
