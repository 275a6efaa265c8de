/** Values with weights, which need not sum to 1; made by `weighted` or `weights`. */
export interface Weighted<Value> {
  readonly values: readonly Value[];
  /** The sum of the weights up to and including that of each value. */
  readonly upTo: readonly number[];
}

export function weighted<Value>(
  choices: readonly (readonly [value: Value, weight: number])[],
): Weighted<Value> {
  let total = 0;
  return {
    values: choices.map(([value]) => value),
    upTo: choices.map(([, weight]) => (total += weight)),
  };
}

/** Weights of codes as one text: `IR 12, IQ 3`. */
export function weights(text: string): Weighted<string> {
  return weighted(
    text.split(', ').map((choice) => {
      const [code = '', weight] = choice.split(' ');
      return [code, Number(weight)] as const;
    }),
  );
}

/** The choices that are kept, with their weights. */
export function only<Value>(
  { values, upTo }: Weighted<Value>,
  keep: (value: Value) => boolean,
): Weighted<Value> {
  return weighted(
    values
      .map((value, at) => [value, (upTo[at] ?? 0) - (upTo[at - 1] ?? 0)] as const)
      .filter(([value]) => keep(value)),
  );
}

/**
 * A seeded source of numbers. Only whole-number arithmetic and division, so the same seed gives the
 * same numbers on every machine; nothing here is fit for secrets. It is Chris Doty-Humphrey's Small
 * Fast Counter (public domain, PractRand), seeded by mixing the parts.
 */
export class Random {
  private a: number;
  private b = 0x243f6a88;
  private c = 0xb7e15162;
  private counter = 1;

  /** Independent streams of numbers: one for each combination of the seed and the given numbers. */
  constructor(seed: number, ...parts: readonly number[]) {
    this.a = mixed(0x9e3779b9, seed);
    for (const part of parts) {
      this.a = mixed(this.a, part);
      this.b = mixed(this.b ^ this.a, part);
    }
    for (let round = 0; round < 12; round += 1) this.fraction();
  }

  /** A number from 0 up to, not including, 1. */
  private fraction(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 0x1_0000_0000;
  }

  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1));
  }

  /** A whole number of the range, both ends included. */
  within([min, max]: readonly [min: number, max: number]): number {
    return this.integer(min, max);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of the values, all alike. */
  among<Value>(values: readonly Value[]): Value {
    return atOf(values, this.integer(0, values.length - 1));
  }

  /** One of the values, by their weights. */
  weighted<Value>({ values, upTo }: Weighted<Value>): Value {
    const point = this.fraction() * (upTo.at(-1) ?? 0);
    let low = 0;
    let high = values.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (point < (upTo[middle] ?? 0)) high = middle;
      else low = middle + 1;
    }
    return atOf(values, low);
  }
}

function atOf<Value>(values: readonly Value[], at: number): Value {
  const value = values[at];
  if (value === undefined) throw new RangeError('There is nothing to choose from.');
  return value;
}

/** One round of murmur3's finaliser: neighbouring seeds end up far apart. */
function mixed(state: number, value: number): number {
  let hash = (state ^ value) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
