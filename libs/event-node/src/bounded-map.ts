/** Where names are longer than this, on average, fewer entries are held: a name may have a thousand. */
const NAME_LENGTH = 128;

/** A map that forgets what it has held longest, so that it does not grow with the log. */
export class BoundedMap<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #capacity: number;
  /** Of all names together. */
  #length = 0;
  /**
   * Goes on from where it was: one made anew would pass over every place from which an entry was deleted
   * since the map last grew, as many as the capacity.
   */
  readonly #oldest = this.#entries.keys();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get #isFull(): boolean {
    return this.#entries.size > this.#capacity || this.#length > this.#capacity * NAME_LENGTH;
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: Key, value: Value): void {
    const before = this.#entries.size;
    this.#entries.set(key, value);
    if (this.#entries.size === before) return;
    this.#length += lengthOf(key);
    while (this.#isFull && this.#entries.size > 1) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const { done, value: oldest } = this.#oldest.next();
    if (done) return;
    this.#entries.delete(oldest);
    this.#length -= lengthOf(oldest);
  }
}

function lengthOf(key: unknown): number {
  return typeof key === 'string' ? key.length : 0;
}
