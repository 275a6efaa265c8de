import { setImmediate } from 'node:timers/promises';
import { type EventLog, type FollowOptions, UnreadableEvent } from '#libs/event-log';
import type { RecordedEvent } from '#libs/kernel';
import {
  type Checkpoint,
  type Collection,
  type GuardedWrite,
  openMemoryViews,
  type Projection,
  type ViewDocument,
  type ViewStore,
  type WriteOutcome,
} from '#libs/view-store';

/** Keeps the position of every event folded into it: one that is folded twice, or in disorder, shows. */
export interface Trace extends ViewDocument {
  readonly positions: readonly number[];
}

export const traces: Projection<Trace> = {
  name: 'traces',
  version: 1,
  fields: {},
  concerns: ({ stream, type }) => (type === 'Ignored' ? [] : [stream, 'all']),
  apply: (view, event) => {
    if (event.type === 'Poison') throw new Error('this cannot be folded');
    const _id = view?._id ?? event.stream;
    return { _id, position: 0, positions: [...(view?.positions ?? []), event.position] };
  },
};

/** The event at a position: positions need not be dense. */
export function event(position: number, stream: string, type = 'Happened'): RecordedEvent {
  const metadata = {
    actor: { id: 'spec', role: 'officer' },
    recordedAt: '2003-11-20T12:00:00.000Z',
    schemaVersion: 1,
  };
  return { id: `event-${position}`, stream, revision: 0, position, type, data: {}, metadata };
}

/** A log that hands events over again from further back as its script says, and cannot read some. */
export class ScriptedLog implements Pick<EventLog, 'follow' | 'readAllStored'> {
  readonly unreadable = new Set<number>();
  #stretch = 0;

  constructor(
    private readonly events: readonly RecordedEvent[],
    /** How many events before the right one each stretch begins; the last value holds on. */
    private readonly stepsBack: readonly number[] = [0],
  ) {}

  async follow({ after = -1, signal, onEvent }: FollowOptions): Promise<void> {
    const back = this.stepsBack[Math.min(this.#stretch, this.stepsBack.length - 1)] ?? 0;
    this.#stretch += 1;
    const first = this.events.filter(({ position }) => position <= after).length;
    for (const next of this.events.slice(Math.max(0, first - back))) {
      if (signal.aborted) return;
      if (this.unreadable.has(next.position)) {
        throw new UnreadableEvent({ ...next, version: 1 }, new Error('this cannot be opened'));
      }
      await onEvent(next);
      if (next.position % 3 === 0) await setImmediate();
    }
    await aborted(signal);
  }

  async *readAllStored({ after = -1, limit = Infinity } = {}): AsyncGenerator<RecordedEvent> {
    const later = this.events.filter(({ position }) => position > after);
    for (const stored of later.slice(0, limit)) yield await Promise.resolve(stored);
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

export const faults = ['none', 'before', 'half', 'after', 'checkpoint'] as const;
/** Where a process breaks off: in a write, of which none, half or all is done, or before the checkpoint. */
export type Fault = (typeof faults)[number];

/** A store in memory that takes turns with others and breaks off as its script says. */
export class FaultyStore implements ViewStore {
  readonly #inner = openMemoryViews();
  readonly #watchers = new Set<(name: string, written: Checkpoint) => void>();
  #writes = 0;
  #checkpoints = 0;

  constructor(private readonly script: readonly Fault[] = []) {}

  async get<View extends ViewDocument>(collection: Collection<View>, id: string) {
    return await this.#inner.get(collection, id);
  }

  async getMany<View extends ViewDocument>(collection: Collection<View>, ids: readonly string[]) {
    const found = await this.#inner.getMany(collection, ids);
    await setImmediate();
    return found;
  }

  async write<View extends ViewDocument>(
    collection: Collection<View>,
    writes: readonly GuardedWrite<View>[],
  ): Promise<WriteOutcome> {
    const fault = this.script[this.#writes] ?? 'none';
    this.#writes += 1;
    const done = fault === 'half' ? writes.slice(0, Math.ceil(writes.length / 2)) : writes;
    const outcome = fault === 'before' ? 'written' : await this.#inner.write(collection, done);
    if (fault !== 'none' && fault !== 'checkpoint') throw new Error(`broken off: ${fault}`);
    return outcome;
  }

  async writeCheckpoint(collection: Collection, checkpoint: Checkpoint): Promise<void> {
    const fault = this.script[this.#checkpoints];
    this.#checkpoints += 1;
    if (fault === 'checkpoint') throw new Error('broken off before the checkpoint');
    await this.#inner.writeCheckpoint(collection, checkpoint);
    for (const watch of this.#watchers) watch(collection.name, checkpoint);
  }

  /** Resolves at the first checkpoint that is as asked, whatever is written after it. */
  async until(collection: Collection, asked: (checkpoint: Checkpoint) => boolean): Promise<void> {
    const held = await this.readCheckpoint(collection);
    if (held && asked(held)) return;
    await new Promise<void>((resolve) => {
      const watch = (name: string, written: Checkpoint): void => {
        if (name !== collection.name || !asked(written)) return;
        this.#watchers.delete(watch);
        resolve();
      };
      this.#watchers.add(watch);
    });
  }

  find: ViewStore['find'] = (...query) => this.#inner.find(...query);
  count: ViewStore['count'] = (...query) => this.#inner.count(...query);
  readCheckpoint: ViewStore['readCheckpoint'] = (of) => this.#inner.readCheckpoint(of);
  drop: ViewStore['drop'] = (collection) => this.#inner.drop(collection);
  close: ViewStore['close'] = () => this.#inner.close();
}
