/**
 * A seeded source of numbers. Only whole-number arithmetic and division, so the same seed gives the
 * same numbers on every machine; nothing here is fit for secrets.
 */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  readonly integer: (min: number, max: number) => number;
  /** True with the given probability. */
  readonly chance: (probability: number) => boolean;
  /** One of the values, by their weights. */
  readonly weighted: <Value>(choices: Weighted<Value>) => Value;
  /** One of the values, all alike. */
  readonly among: <Value>(values: readonly Value[]) => Value;
}

/** Values with weights, which need not sum to 1. */
export type Weighted<Value> = readonly (readonly [value: Value, weight: number])[];

/** Independent streams of numbers: one for each combination of the seed and the given numbers. */
export function randomOf(seed: number, ...parts: readonly number[]): Random {
  const next = sfc32(seed, parts);
  const fraction = (): number => next() / 0x1_0000_0000;
  const integer = (min: number, max: number): number =>
    min + Math.floor(fraction() * (max - min + 1));
  return {
    integer,
    chance: (probability) => fraction() < probability,
    weighted: (choices) => chosen(choices, fraction()),
    among: (values) => atOf(values, integer(0, values.length - 1)),
  };
}

function chosen<Value>(choices: Weighted<Value>, fraction: number): Value {
  let total = 0;
  for (const [, weight] of choices) total += weight;
  let left = fraction * total;
  for (const [value, weight] of choices) {
    if (left < weight) return value;
    left -= weight;
  }
  // Rounding may leave a sliver after the last weight.
  return atOf(choices, choices.length - 1)[0];
}

function atOf<Value>(values: readonly Value[], at: number): Value {
  const value = values[at];
  if (value === undefined) throw new RangeError('There is nothing to choose from.');
  return value;
}

/** Chris Doty-Humphrey's Small Fast Counter (public domain, PractRand), seeded by mixing the parts. */
function sfc32(seed: number, parts: readonly number[]): () => number {
  let a = mixed(0x9e3779b9, seed);
  let b = 0x243f6a88;
  for (const part of parts) {
    a = mixed(a, part);
    b = mixed(b ^ a, part);
  }
  let c = 0xb7e15162;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

/** One round of murmur3's finaliser: neighbouring seeds end up far apart. */
function mixed(state: number, value: number): number {
  let hash = (state ^ value) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
