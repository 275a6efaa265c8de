import type { EventMetadata, RecordedEvent } from '#libs/kernel';

/** An event as it is handed over for storing: its data in clear, encrypted on the way. */
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
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

export interface FollowOptions {
  /** The position of the last event already handled; absent: from the beginning. */
  readonly after?: number;
  readonly signal: AbortSignal;
  /** Awaited before the next event is handed over; if it throws, the following stops with that error. */
  readonly onEvent: (event: RecordedEvent) => Promise<void> | void;
  /** Called each time the end of the log has been reached. */
  readonly onCaughtUp?: () => Promise<void> | void;
  /** Called when the connection broke, before it is taken up again from the last event handled. */
  readonly onBreak?: (error: Error) => void;
}

/**
 * The narrow door to the event log. Every append is durable when its promise resolves. Where the log
 * cannot be reached, calls throw `EventLogUnavailable`; nothing is queued.
 */
export interface EventLog {
  append(
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Promise<AppendOutcome>;
  /** Nothing, where there is no such stream. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;
  /** The registry log forwards (system events left out), after the given position. */
  readAll(options?: {
    readonly after?: number;
    readonly limit?: number;
  }): AsyncIterable<RecordedEvent>;
  /** Follows the registry log until the signal aborts, across breaks of the connection. */
  follow(options: FollowOptions): Promise<void>;
  /** Position of the last event of the registry log; undefined when it is empty. */
  head(): Promise<number | undefined>;
  close(): Promise<void>;
}
