import type { Instant } from './instant.js';

export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** How an event came in by a file: when, by whom, from which file (SHA-256), and whether its own times were adopted. */
export interface ImportMark {
  readonly at: Instant;
  readonly by: string;
  readonly file: string;
  readonly adopted: boolean;
}

/** Stored beside each event's data. Names are the storage format: written once, kept for ever. */
export interface EventMetadata {
  readonly $correlationId?: string;
  readonly $causationId?: string;
  readonly commandId?: string;
  readonly requestHash?: string;
  readonly actor: Actor;
  readonly recordedAt: Instant;
  readonly schemaVersion: number;
  readonly policyRevision?: number;
  readonly policyHash?: string;
  readonly rulesVersion?: string;
  readonly imported?: ImportMark;
}

/** An event before it is stored. */
export interface NewEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** An event as the log gives it back: decoded, upcast, personal content opened where the key allows. */
export interface RecordedEvent<Type extends string = string, Data = unknown> {
  readonly id: string;
  readonly stream: string;
  /** Within its stream, from 0. */
  readonly revision: number;
  /** In the log: strictly increasing, below 2^53; in a file the line number. */
  readonly position: number;
  readonly type: Type;
  readonly data: Data;
  readonly metadata: EventMetadata;
  /** Its personal content is stored, and could not be opened: the key was destroyed, or is not here. */
  readonly isSealed?: true;
}

/**
 * What judging an event needs of it: what it says, its place in the log, and since when it was known.
 * Whoever judges millions of them keeps no more.
 */
export interface KnownEvent extends Pick<RecordedEvent, 'id' | 'type' | 'data' | 'position'> {
  readonly metadata: Pick<EventMetadata, 'recordedAt' | 'imported'>;
}

/**
 * The instant from which the registry knew an event: `recordedAt`, except for one imported later,
 * which counts from its import whatever its file claims. Only an adopted file brings its own times.
 */
export function knownFrom({ imported, recordedAt }: KnownEvent['metadata']): Instant {
  return imported && !imported.adopted ? imported.at : recordedAt;
}
