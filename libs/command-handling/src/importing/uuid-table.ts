const WORDS = 4;
const FIRST_CAPACITY = 1024;

/**
 * UUIDs, each with a number in the order in which they came, from 0. A history of a million lines names
 * more than a million of them: as words beside each other they take a tenth of what a Map would.
 */
export class UuidTable {
  #words = new Uint32Array(FIRST_CAPACITY * WORDS);
  /** Numbers plus one, at the places that their words hash to; half of them stay empty. */
  #slots = new Uint32Array(FIRST_CAPACITY * 2);
  #size = 0;
  readonly #key = new Uint32Array(WORDS);

  get size(): number {
    return this.#size;
  }

  /** The number of the UUID, which is put in where it is new: then it is what `size` was. */
  add(uuid: string): number {
    const slot = this.#slotOf(uuid);
    const found = this.#slots[slot] ?? 0;
    if (found > 0) return found - 1;
    this.#words.set(this.#key, this.#size * WORDS);
    this.#size += 1;
    this.#slots[slot] = this.#size;
    if (this.#size * WORDS === this.#words.length) this.#grow();
    return this.#size - 1;
  }

  find(uuid: string): number | undefined {
    const found = this.#slots[this.#slotOf(uuid)] ?? 0;
    return found === 0 ? undefined : found - 1;
  }

  /** The UUID with this number. */
  at(number: number): string {
    const hex = Array.from(this.#words.subarray(number * WORDS, (number + 1) * WORDS), (word) =>
      word.toString(16).padStart(8, '0'),
    ).join('');
    return [[0, 8], [8, 12], [12, 16], [16, 20], [20]]
      .map(([from, to]) => hex.slice(from, to))
      .join('-');
  }

  /** Where the UUID stands, or would. */
  #slotOf(uuid: string): number {
    const key = this.#key;
    key[0] = parseInt(uuid.slice(0, 8), 16);
    key[1] = parseInt(uuid.slice(9, 13) + uuid.slice(14, 18), 16);
    key[2] = parseInt(uuid.slice(19, 23) + uuid.slice(24, 28), 16);
    key[3] = parseInt(uuid.slice(28, 36), 16);
    return this.#freeOrEqual(key, hashOf(key));
  }

  #freeOrEqual(key: Uint32Array, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const found = this.#slots[slot] ?? 0;
      if (found === 0 || this.#isAt(found - 1, key)) return slot;
    }
  }

  #isAt(number: number, key: Uint32Array): boolean {
    const at = number * WORDS;
    return key.every((word, of) => this.#words[at + of] === word);
  }

  #grow(): void {
    const words = new Uint32Array(this.#words.length * 2);
    words.set(this.#words);
    this.#words = words;
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let number = 0; number < this.#size; number += 1) {
      const key = words.subarray(number * WORDS, (number + 1) * WORDS);
      this.#slots[this.#freeOrEqual(key, hashOf(key))] = number + 1;
    }
  }
}

function hashOf(key: Uint32Array): number {
  let hash = 0;
  for (const word of key) hash = Math.imul(hash ^ word, 0x9e3779b1) ^ (hash >>> 15);
  return hash >>> 0;
}
