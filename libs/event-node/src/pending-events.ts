import type { AppendToStore, Entry } from './storage.js';

type PendingEvent = Entry & { readonly message: Buffer };

/** Appends that have been given their places and are not durable yet: one commit's worth. */
export class PendingEvents {
  readonly appends: AppendToStore[] = [];
  readonly #streams = new Map<string, PendingStream>();

  get isEmpty(): boolean {
    return this.appends.length === 0;
  }

  get lastPosition(): number {
    const last = this.appends.at(-1);
    return last === undefined ? 0 : last.position + last.events.length - 1;
  }

  add(append: AppendToStore): void {
    this.appends.push(append);
    const stream = this.#streams.get(append.stream) ?? new PendingStream();
    this.#streams.set(append.stream, stream);
    stream.add(append);
  }

  stream(name: string): PendingStream | undefined {
    return this.#streams.get(name);
  }
}

export class PendingStream {
  readonly #entries: PendingEvent[] = [];
  readonly #byId = new Map<string, PendingEvent>();

  add({ revision, position, events }: AppendToStore): void {
    for (const [at, { id, message }] of events.entries()) {
      const entry = { id, message, revision: revision + at, position: position + at };
      this.#entries.push(entry);
      this.#byId.set(id.toString('latin1'), entry);
    }
  }

  get last(): PendingEvent | undefined {
    return this.#entries.at(-1);
  }

  *entriesFrom(revision: number): Generator<Entry> {
    // The revisions of a stream follow one by one.
    const first = this.#entries[0]?.revision ?? 0;
    for (let at = Math.max(0, revision - first); at < this.#entries.length; at += 1) {
      const entry = this.#entries[at];
      if (entry) yield entry;
    }
  }

  find(id: Buffer): Entry | undefined {
    return this.#byId.get(id.toString('latin1'));
  }
}
