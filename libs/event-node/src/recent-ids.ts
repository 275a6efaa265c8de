import { BoundedMap } from './bounded-map.js';
import type { Place } from './storage.js';

/** Enough for every repeat that a client makes after a broken connection; a store cannot keep them all. */
export const RECENT_IDS = 100_000;

/** The ids of the last events, by stream: an event may come again in another one. */
export class RecentIds {
  readonly #places = new BoundedMap<string, Place>(RECENT_IDS);

  add(stream: string, id: Buffer, place: Place): void {
    this.#places.set(name(stream, id), place);
  }

  find(stream: string, id: Buffer): Place | undefined {
    return this.#places.get(name(stream, id));
  }
}

function name(stream: string, id: Buffer): string {
  return id.toString('latin1') + stream;
}
