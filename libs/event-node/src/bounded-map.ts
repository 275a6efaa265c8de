/** A map that forgets what it has held longest, so that it does not grow with the log. */
export class BoundedMap<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #capacity: number;
  /**
   * Goes on from where it was: one made anew would pass over every place from which an entry was deleted
   * since the map last grew, as many as the capacity.
   */
  readonly #oldest = this.#entries.keys();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: Key, value: Value): void {
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#capacity) return;
    const { done, value: oldest } = this.#oldest.next();
    if (!done) this.#entries.delete(oldest);
  }
}
