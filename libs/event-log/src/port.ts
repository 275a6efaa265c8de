import type { EventMetadata, RecordedEvent } from '#libs/kernel';
import type { LogName } from './logs.js';

/**
 * An event as it is handed over for storing: its data in clear, encrypted on the way; or already in
 * its stored form (with the field `encrypted`), as a history file may carry it.
 */
export interface EventToAppend {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: EventMetadata;
}

/** The revision that the stream must have: that of its last event, or no stream yet. */
export type ExpectedRevision = number | 'no-stream' | 'any';

/** `revision` and `position` are those of the last event of the append. */
export type AppendOutcome =
  { readonly revision: number; readonly position: number } | { readonly conflict: true };

export interface ReadStreamOptions {
  /** Inclusive; absent: from the end that the direction begins with. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** The position of an event of the log: reading begins with the next one. */
  readonly after?: number;
  readonly limit?: number;
  /** The registry log unless said. */
  readonly log?: LogName;
}

export interface FollowOptions {
  /** The position of the last event already handled; absent: from the beginning. */
  readonly after?: number;
  /** The registry log unless said. */
  readonly log?: LogName;
  readonly signal: AbortSignal;
  /** Awaited before the next event is handed over; if it throws, the following stops with that error. */
  readonly onEvent: (event: RecordedEvent) => Promise<void> | void;
  /** Called once a connection, when the end of the log has been reached and all before it was handled. */
  readonly onCaughtUp?: () => Promise<void> | void;
  /** Called when the connection broke, before it is taken up again from the last event handled. */
  readonly onBreak?: (error: Error) => void;
}

/**
 * The narrow door to the event log. Every append is durable when its promise resolves. Where the log
 * cannot be reached, calls throw `EventLogUnavailable`; nothing is queued. At an event that cannot be
 * read every reading and following ends with `UnreadableEvent`; none is ever passed over.
 */
export interface EventLog {
  /** The same ids under the same expected revision again change nothing and answer the same. */
  append(
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Promise<AppendOutcome>;
  /** Throws what an append of these events would throw because of them; stores nothing, and makes no key. */
  check(stream: string, events: readonly EventToAppend[]): void;
  /** Nothing, where there is no such stream. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;
  /** One log forwards, system events left out. */
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;
  /** The same as stored: not upcast, personal content in the field `encrypted`. */
  readAllStored(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;
  /** Follows one log until the signal aborts, across breaks of the connection. */
  follow(options: FollowOptions): Promise<void>;
  /** Position of the last event of the log; undefined when it is empty. */
  head(log?: LogName): Promise<number | undefined>;
  close(): Promise<void>;
}
