import type { ShapeIssue } from '#libs/kernel';

/** Names one event in a message; no content of it. */
export interface EventName {
  readonly stream: string;
  readonly id: string;
  readonly type: string;
}

/** Where an event stands that was read from a log, and what it claims to be; no content of it. */
export interface EventPlace extends EventName {
  readonly revision: number;
  readonly position: number;
  /** Its schema version as stored; absent where its metadata names none. */
  readonly version?: number;
  /** Of the request by which it came to be. */
  readonly correlationId?: string;
}

function named(event: EventName): string {
  return `event ${event.id} (${event.type}) of stream ${event.stream}`;
}

/**
 * The log could not be reached, or gave no answer in time. Of an append without an answer it is not
 * known whether it was stored: the same append again, with the same ids, is safe.
 */
export class EventLogUnavailable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`The event log cannot be reached: ${reason}`, options);
    this.name = 'EventLogUnavailable';
  }
}

/** The key of a registrant could not be laid down: without it nothing personal is stored. */
export class KeysUnavailable extends Error {
  constructor(reason: string) {
    super(`The keys of registrants cannot be written: ${reason}`);
    this.name = 'KeysUnavailable';
  }
}

/** An event of a type, or of a version of it, that this program does not know. */
export class UnknownEventType extends Error {
  constructor(event: EventName, what: string) {
    super(
      `${what} of ${named(event)} is not known here. A newer version of Portbook may have written it.`,
    );
    this.name = 'UnknownEventType';
  }
}

/** Encrypted personal content that does not open: altered, moved from another event, or under another key. */
export class DamagedPersonalContent extends Error {
  constructor(event: EventName, reason: string) {
    super(`The personal content of ${named(event)} cannot be opened: ${reason}.`);
    this.name = 'DamagedPersonalContent';
  }
}

/** An event that must not be stored, or that was stored in no form that can be read. */
export class InvalidEvent extends Error {
  constructor(event: EventName, issues: readonly ShapeIssue[]) {
    const list = issues.map(({ path, problem }) => `${path === '' ? 'data' : path} ${problem}`);
    super(`Not a valid ${named(event)}: ${list.join('; ')}.`);
    this.name = 'InvalidEvent';
  }
}

export class EventTooLarge extends Error {
  constructor(event: EventName, bytes: number, bytesMax: number) {
    super(`${named(event)} has ${String(bytes)} bytes; at most ${String(bytesMax)} are stored.`);
    this.name = 'EventTooLarge';
  }
}

/**
 * An event of a log that cannot be read, and where it stands: every reading ends with it, since to
 * pass over it would be to answer without it. Its cause is what the codec found.
 */
export class UnreadableEvent extends Error {
  constructor(
    readonly event: EventPlace,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : `${named(event)} cannot be read.`, { cause });
    this.name = 'UnreadableEvent';
  }

  /** No table names the type, or no step leads on from the version: a later program may know it. */
  get isUnknown(): boolean {
    return this.cause instanceof UnknownEventType;
  }
}
