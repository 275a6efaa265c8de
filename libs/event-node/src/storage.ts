/** The names are keys of the storage, and its keys are bounded. */
export const STREAM_NAME_BYTES_MAX = 1024;

/** An event as it is laid down. `message` holds the bytes a reader is sent, gRPC frame included. */
export interface EventToStore {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  /** The 16 bytes of the event's UUID. */
  readonly id: Buffer;
  readonly message: Buffer;
}

/** Where an event of a known stream stands. */
export interface Place {
  readonly revision: number;
  readonly position: number;
}

export interface Entry extends Place {
  readonly id: Buffer;
}

export type Direction = 'forwards' | 'backwards';

export interface StreamRange {
  /** The first revision wanted, in the direction of reading. */
  readonly from: number;
  readonly direction: Direction;
  readonly limit: number;
}

/**
 * Where the events lie. Positions are a counter without gaps, and the first event has position 1, so
 * that 0 always means "before everything". Readers see only what is durable.
 */
export interface EventStorage {
  /**
   * Lays the batch down, all of it or nothing; durable when the promise resolves. Batches come one
   * after the other. After a rejection the storage takes no more.
   */
  append(batch: readonly EventToStore[]): Promise<void>;
  /** The message of the event at a position, checked against its checksum and, where given, its place. */
  read(position: number, expected?: { readonly stream: string; readonly revision: number }): Buffer;
  findInStream(stream: string, range: StreamRange): Entry[];
  findId(stream: string, id: Buffer): Place | undefined;
  /** 0 when there is no event yet. */
  lastPosition(): number;
  close(): Promise<void>;
}

/** A stored event that is not what was laid down. */
export class DamagedEvent extends Error {
  constructor(position: number, finding: string) {
    super(
      `The event at position ${position} is damaged: ${finding}. ` +
        'Restore the data folder from a backup.',
    );
    this.name = 'DamagedEvent';
  }
}
