import { DamagedEvent, type Direction, type EventStorage, type StoredEvent } from './storage.js';

/** Where the events of a read come from, a page at a time. */
export interface Source {
  /** The next events, in order; none when there is no further event for now. */
  page(limit: number): readonly StoredEvent[];
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
  };
}

/** One stream, from a revision (inclusive). Forwards it ends at `last`, where that is given. */
export function streamSource(
  storage: EventStorage,
  stream: string,
  options: { from: number; direction: Direction; last?: number },
): Source {
  const { direction, last = Number.MAX_SAFE_INTEGER } = options;
  const step = direction === 'forwards' ? 1 : -1;
  let next = options.from;
  return {
    page(limit) {
      if (next < 0 || (direction === 'forwards' && next > last)) return [];
      const most = direction === 'forwards' ? Math.min(limit, last - next + 1) : limit;
      const events = storage.readStream(stream, { from: next, direction, limit: most });
      const [first] = events;
      if (first && first.revision !== next) {
        const place = `event at position ${String(first.position)}`;
        throw new DamagedEvent(place, `the index misses revision ${String(next)} of its stream`);
      }
      next += step * events.length;
      return events;
    },
  };
}
