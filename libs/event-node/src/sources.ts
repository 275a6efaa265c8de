import { isTombstone } from './log-frame.js';
import {
  DamagedEvent,
  type Direction,
  type EventStorage,
  type Messages,
  type ReadFrom,
  type StoredEvent,
} from './storage.js';
import type { StreamWindow } from './stream-view.js';

/** Where the events of a read come from, a page at a time. */
export interface Source {
  /** The next events, in order; none when there is no further event for now. */
  page(limit: number): readonly StoredEvent[];
  /** Puts back the last so many events of the page that was just read. */
  unread(count: number): void;
  /** The messages of the next page in one piece, where the source has them so; see the storage. */
  messages?(limit: number, into: Buffer): Messages;
}

/** The log of all streams, from a position (inclusive). Backwards it ends at the first event. */
export function allSource(
  storage: EventStorage,
  options: { from: number; direction: Direction; lastPosition: () => number },
): Source {
  const { direction, lastPosition } = options;
  let next = options.from;
  return {
    page(limit) {
      const ahead = direction === 'forwards' ? lastPosition() - next + 1 : next;
      const range = { from: next, direction, limit: Math.min(limit, ahead) };
      const events = ahead > 0 ? storage.readAll(range) : [];
      next += direction === 'forwards' ? events.length : -events.length;
      return events;
    },
    unread(count) {
      next -= direction === 'forwards' ? count : -count;
    },
    ...(direction === 'forwards' && {
      messages(limit, into) {
        const most = Math.min(limit, lastPosition() - next + 1);
        const messages = storage.readMessages(next, most, into);
        next += messages.count;
        return messages;
      },
    }),
  };
}

const EVERYTHING: StreamWindow = { first: 0, last: Number.MAX_SAFE_INTEGER };

/** What is to be seen of one stream, from a revision (inclusive). */
export function streamSource(
  storage: EventStorage,
  stream: string,
  options: { from: number; direction: Direction; view?: StreamWindow },
): Source {
  const { direction, view = EVERYTHING } = options;
  const isForwards = direction === 'forwards';
  let next = isForwards ? Math.max(options.from, view.first) : options.from;
  const read = (limit: number): readonly StoredEvent[] => {
    if (isForwards ? next > view.last : next < view.first) return [];
    const most = isForwards ? view.last - next + 1 : next - view.first + 1;
    const range = { from: next, direction, limit: Math.min(limit, most) };
    const events = storage.readStream(stream, range);
    // A tombstone ends the stream, and is itself none of its events.
    if (isTombstone(events.at(-1)?.revision ?? -1)) events.pop();
    const [first] = events;
    if (first && first.revision !== next) {
      const place = `event at position ${String(first.position)}`;
      throw new DamagedEvent(place, `the index misses revision ${String(next)} of its stream`);
    }
    next += isForwards ? events.length : -events.length;
    return events;
  };
  return {
    page: read,
    unread(count) {
      next -= isForwards ? count : -count;
    },
  };
}

/** A revision is inclusive both ways. */
export function streamStart(from: ReadFrom, direction: Direction, last: number): number {
  if (from === 'start') return 0;
  const isBackwards = direction === 'backwards';
  if (from === 'end') return isBackwards ? last : last + 1;
  return isBackwards ? Math.min(from.at, last) : from.at;
}

/** Forwards a position is inclusive; backwards it is exclusive, and the end is behind the last event. */
export function allStart(from: ReadFrom, direction: Direction, last: number): number {
  const isBackwards = direction === 'backwards';
  if (from === 'start') return isBackwards ? 0 : 1;
  const at = from === 'end' ? last + 1 : Math.min(from.at, last + 1);
  return isBackwards ? at - 1 : Math.max(at, 1);
}
