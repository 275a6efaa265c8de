import { DamagedEvent, type Direction, type EventStorage } from './storage.js';

/** Where the events of a read come from, a page at a time. */
export interface Source {
  /** The next messages, in order; none when there is no further event for now. */
  page(limit: number): Buffer[];
}

/** A page is sent in one piece, so it bounds what a slow reader holds in memory. */
const PAGE_BYTES_MAX = 128 * 1024;

/** The log of all streams, from a position (inclusive). Backwards it ends at the first event. */
export function allSource(
  storage: EventStorage,
  options: { from: number; direction: Direction; lastPosition: () => number },
): Source {
  const step = options.direction === 'forwards' ? 1 : -1;
  let next = options.from;
  return {
    page(limit) {
      const last = options.lastPosition();
      return collect(limit, () => {
        if (next < 1 || next > last) return undefined;
        const message = storage.read(next);
        next += step;
        return message;
      });
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
      if (next < 0) return [];
      const entries = storage.findInStream(stream, { from: next, direction, limit });
      return collect(limit, (index) => {
        const entry = entries[index];
        if (entry === undefined || entry.revision > last) return undefined;
        if (entry.revision !== next) {
          throw new DamagedEvent(entry.position, `the index misses revision ${String(next)}`);
        }
        const message = storage.read(entry.position, { stream, revision: entry.revision });
        next += step;
        return message;
      });
    },
  };
}

/**
 * Takes messages up to the limits. What was read before a damaged event is still handed out; the next
 * page begins with that event and throws.
 */
function collect(limit: number, take: (index: number) => Buffer | undefined): Buffer[] {
  const page: Buffer[] = [];
  let bytes = 0;
  try {
    while (page.length < limit && bytes < PAGE_BYTES_MAX) {
      const message = take(page.length);
      if (message === undefined) break;
      page.push(message);
      bytes += message.length;
    }
  } catch (error) {
    if (page.length === 0) throw error;
  }
  return page;
}
