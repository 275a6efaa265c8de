/** The names are keys of the index, and its keys are bounded. */
export const STREAM_NAME_BYTES_MAX = 1024;

/** An event as it is laid down. `message` holds the bytes a reader is sent, gRPC frame included. */
export interface EventToStore {
  /** The 16 bytes of the event's UUID. */
  readonly id: Buffer;
  readonly type: string;
  readonly message: Buffer;
}

/** The events of one append, with the places of the first: the others follow one by one. */
export interface AppendToStore {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly events: readonly EventToStore[];
}

/** Where an event of a known stream stands. */
export interface Place {
  readonly revision: number;
  readonly position: number;
}

export interface Entry extends Place {
  readonly id: Buffer;
}

export interface StoredEvent extends Entry {
  readonly stream: string;
  readonly type: string;
  readonly message: Buffer;
  readonly messageLength: number;
  readonly copyMessage: (into: Buffer, at: number) => void;
}

export type Direction = 'forwards' | 'backwards';

/** From where a read begins; inclusive or exclusive as the protocol has it for that read. */
export type ReadFrom = 'start' | 'end' | { readonly at: number };

/** A part of the log or of a stream; it ends early where a page is full. */
export interface Range {
  /** The first position or revision wanted, in the direction of reading. */
  readonly from: number;
  readonly direction: Direction;
  /** At most so many events. */
  readonly limit: number;
}

/** So much at most is sent in one piece, so that a slow reader holds little; a longer event comes alone. */
export const PAGE_BYTES = 128 * 1024;

/** Messages side by side, as they are sent. */
export interface Messages {
  readonly bytes: Buffer;
  readonly count: number;
}

/**
 * Where the events lie. Positions are a counter without gaps, and the first event has position 1, so
 * that 0 always means "before everything". Readers see only what is durable.
 */
export interface EventStorage {
  /**
   * Lays the appends down, each of them whole or not at all; durable when the promise resolves.
   * Batches come one after the other. After a rejection the storage takes no more.
   */
  append(appends: readonly AppendToStore[]): Promise<void>;
  /** The next page of the log; empty at its end. Each event is checked against its checksum. */
  readAll(range: Range): StoredEvent[];
  /**
   * The messages of the next page, in one piece: what most readers of the whole log want. They are put into
   * the buffer given, or into a larger one where a message needs it.
   */
  readMessages(from: number, limit: number, into: Buffer): Messages;
  /** The next page of a stream, likewise. */
  readStream(stream: string, range: Range): StoredEvent[];
  /** Where the stream has its last event. */
  last(stream: string): Place | undefined;
  /** Among the recent events only: a store cannot remember all ids in bounded memory. */
  findId(stream: string, id: Buffer): Place | undefined;
  /** 0 when there is no event yet. */
  lastPosition(): number;
  close(): Promise<void>;
}

const RESTORE = 'Restore the data folder from a backup.';
/** What to do where the place was looked for by the index, which may be what is wrong. */
export const REMOVE_INDEX =
  'Stop the event node, remove index.mdb from its folder and start it again: it checks the whole log then. ' +
  'Where it names damage again, restore the data folder from a backup.';

/** A stored event that is not what was laid down. */
export class DamagedEvent extends Error {
  constructor(place: string, finding: string, remedy = RESTORE) {
    super(`The ${place} is damaged: ${finding}. ${remedy}`);
    this.name = 'DamagedEvent';
  }
}

/** An append that cannot be written as a record at all: whoever asked for it is at fault, and no disk. */
export class NotLaidDown extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'NotLaidDown';
  }
}
