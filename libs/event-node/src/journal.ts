import { setImmediate as nextTurn } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { checkAppend, checkDeletion, type ExpectedRevision } from './commit-check.js';
import { parseUuid } from './event-id.js';
import { historyOf, lastRevision, newest, type PendingOf } from './history.js';
import { TOMBSTONE_REVISION } from './log-frame.js';
import type { ProposedEvent } from './proposed-event.js';
import { PendingEvents } from './pending-events.js';
import { encodeRecorded, recordedData } from './recorded-message.js';
import { CallError, status } from './status.js';
import {
  deletedMetadata,
  describedStream,
  isMetadataStream,
  METADATA_TYPE,
  metadataStream,
  TOMBSTONE_TYPE,
  truncatedMetadata,
} from './stream-metadata.js';
import { type EventStorage, NotLaidDown, type Place } from './storage.js';

export interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly ProposedEvent[];
}

export type AppendOutcome =
  /** `last` is the last event of the append; without a position where the append was empty. */
  | { readonly kind: 'appended'; readonly last?: { revision: number; position?: number } }
  /** `current` is the revision that the stream has; -1 where there is none. */
  | { readonly kind: 'conflict'; readonly current: number }
  /** The stream is deleted, and takes no such append. */
  | { readonly kind: 'deleted' };

export interface Deletion {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  /** Nothing can ever be appended again. */
  readonly isForEver: boolean;
}

export interface JournalOptions {
  readonly storage: EventStorage;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told once, when a commit failed and no more appends are accepted. */
  readonly onFault: (error: Error) => void;
}

/**
 * The one writer. Appends that arrive while a commit is on its way to the disk are collected and become
 * the next commit. They are checked against everything written so far, durable or not, and nothing is
 * answered before what the answer rests on is durable.
 */
export class Journal {
  readonly #storage: EventStorage;
  readonly #now: () => number;
  readonly #onFault: (error: Error) => void;
  readonly #listeners = new Set<() => void>();
  #collecting = new Commit();
  #committing: Commit | undefined;
  #lastGiven: number;
  #lastDurable: number;
  #writing: Promise<void> | undefined;
  #stopped: CallError | undefined;

  constructor(options: JournalOptions) {
    this.#storage = options.storage;
    this.#now = options.now;
    this.#onFault = options.onFault;
    this.#lastDurable = options.storage.lastPosition();
    this.#lastGiven = this.#lastDurable;
  }

  /** Position of the last durable event; 0 when there is none. */
  get lastPosition(): number {
    return this.#lastDurable;
  }

  /** How many wait for commits: the subscriptions that are open. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** Calls the listener after each commit, until the function returned is called. */
  onCommit(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Durable when the promise resolves. Rejects with UNAVAILABLE once appends are no longer accepted. */
  async append({ stream, expected, events }: Append): Promise<AppendOutcome> {
    if (this.#stopped !== undefined) throw this.#stopped;
    const history = historyOf(stream, this.#storage, this.#pendingOf);
    const ids = events.map((event) => event.id);
    const verdict = checkAppend(expected, ids, history);
    if (verdict.kind === 'append' && events.length > 0) {
      const first = history.current + 1;
      const described = this.#describedAgain(stream, events);
      // Seen again from the first new event on. Before the events: of a write that is cut off between
      // the two, nothing is then left that a repeat would find and nobody see.
      if (history.isSoftDeleted) {
        this.#giveMetadata(stream, truncatedMetadata(this.#metadataOf(stream), first));
      }
      const last = this.#give(stream, first, events);
      if (described) this.#giveMetadata(described.stream, described.metadata);
      await this.#collecting.done;
      return { kind: 'appended', last };
    }
    await this.#settled(stream);
    if (verdict.kind === 'conflict') return { kind: 'conflict', current: history.current };
    if (verdict.kind === 'deleted') return verdict;
    if (verdict.kind === 'repeated') return { kind: 'appended', last: verdict.last };
    return history.current < 0
      ? { kind: 'appended' }
      : { kind: 'appended', last: { revision: history.current } };
  }

  /** Durable when the promise resolves; likewise. The event that it makes is the last of the outcome. */
  async delete({ stream, expected, isForEver }: Deletion): Promise<AppendOutcome> {
    if (this.#stopped !== undefined) throw this.#stopped;
    const history = historyOf(stream, this.#storage, this.#pendingOf);
    const verdict = checkDeletion(expected, history, isForEver);
    if (verdict.kind === 'append') {
      const last = isForEver
        ? this.#give(stream, TOMBSTONE_REVISION, [anEvent(TOMBSTONE_TYPE, Buffer.alloc(0))])
        : this.#giveMetadata(stream, deletedMetadata(this.#metadataOf(stream)));
      await this.#collecting.done;
      return { kind: 'appended', last };
    }
    await this.#settled(stream);
    return verdict.kind === 'deleted' ? verdict : { kind: 'conflict', current: history.current };
  }

  /** Accepts no more appends, and resolves when those on their way are settled. */
  async stop(reason: string): Promise<void> {
    this.#stopped ??= new CallError(status.unavailable, reason);
    await this.#writing;
    // Whoever waited for them is answered first.
    await nextTurn();
  }

  /** Metadata that are written anew bring a deleted stream back, from its next event on. */
  #describedAgain(
    metadata: string,
    events: readonly ProposedEvent[],
  ): { readonly stream: string; readonly metadata: Buffer } | undefined {
    const written = events.at(-1)?.data;
    if (!isMetadataStream(metadata) || written === undefined) return undefined;
    const stream = describedStream(metadata);
    const { isSoftDeleted, current } = historyOf(stream, this.#storage, this.#pendingOf);
    if (!isSoftDeleted) return undefined;
    return { stream, metadata: truncatedMetadata(Buffer.from(written), current + 1) };
  }

  #giveMetadata(stream: string, metadata: Buffer): Place {
    const name = metadataStream(stream);
    const revision = lastRevision(name, this.#storage, this.#pendingOf) + 1;
    return this.#give(name, revision, [anEvent(METADATA_TYPE, metadata)]);
  }

  #metadataOf(stream: string): Buffer | undefined {
    const last = newest(metadataStream(stream), this.#storage, this.#pendingOf);
    return last && recordedData(last.message);
  }

  /** Gives the events their places. All are encoded first: a fault must not leave a gap. */
  #give(stream: string, firstRevision: number, events: readonly ProposedEvent[]): Place {
    const createdAt = this.#now();
    const firstPosition = this.#lastGiven + 1;
    const given = events.map((event, index) => {
      const place = { stream, revision: firstRevision + index, position: firstPosition + index };
      const message = encodeRecorded({ ...place, event, createdAt });
      return { id: event.id, type: event.type, message };
    });
    this.#collecting.add({
      stream,
      revision: firstRevision,
      position: firstPosition,
      events: given,
    });
    this.#lastGiven += given.length;
    this.#writing ??= this.#write();
    return { revision: firstRevision + given.length - 1, position: this.#lastGiven };
  }

  /** Not at once: the requests that have arrived together shall share one commit. */
  async #write(): Promise<void> {
    await nextTurn();
    while (!this.#collecting.isEmpty) await this.#commit();
    this.#writing = undefined;
  }

  async #commit(): Promise<void> {
    const commit = this.#collecting;
    this.#committing = commit;
    this.#collecting = new Commit();
    try {
      await this.#storage.append(commit.appends);
    } catch (fault) {
      this.#fail(commit, fault instanceof Error ? fault : new Error(String(fault)));
      return;
    }
    this.#lastDurable = commit.lastPosition;
    this.#committing = undefined;
    commit.succeed();
    for (const listener of this.#listeners) listener();
  }

  #fail(commit: Commit, fault: Error): void {
    const reason =
      fault instanceof NotLaidDown
        ? `of a fault of its own (${fault.message}). Nothing of it was written: restart the event node, ` +
          'and tell its developers.'
        : `they could not be written (${fault.message}). ` +
          'See to the disk of the data folder, then restart the event node.';
    const stopped = new CallError(
      status.unavailable,
      `The event node accepts no more events, because ${reason}`,
    );
    this.#stopped = stopped;
    for (const failed of [commit, this.#collecting]) failed.fail(stopped);
    this.#committing = undefined;
    this.#collecting = new Commit();
    this.#onFault(stopped);
  }

  readonly #pendingOf: PendingOf = (stream) => {
    const parts = [this.#collecting.stream(stream), this.#committing?.stream(stream)];
    return parts.filter((part) => part !== undefined);
  };

  /** Resolves when what a verdict rests on is durable: the stream, and what may say that it is deleted. */
  async #settled(stream: string): Promise<void> {
    const other = isMetadataStream(stream) ? describedStream(stream) : metadataStream(stream);
    const later = [this.#collecting, this.#committing].find(
      (commit) => (commit?.stream(stream) ?? commit?.stream(other)) !== undefined,
    );
    await later?.done;
  }
}

/** A commit on its way to the disk, and the promise of those who wait for it. */
class Commit extends PendingEvents {
  succeed!: () => void;
  fail!: (reason: Error) => void;
  readonly done = new Promise<void>((resolve, reject) => {
    this.succeed = resolve;
    this.fail = reject;
  });

  constructor() {
    super();
    this.done.catch(() => undefined);
  }
}

/** An event that the node itself writes. */
function anEvent(type: string, data: Buffer): ProposedEvent {
  const id = parseUuid(randomUUID()) ?? Buffer.alloc(16);
  return { id, type, contentType: 'application/json', metadata: Buffer.alloc(0), data };
}
