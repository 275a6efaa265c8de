import * as assumed from './assumptions.js';
import type { Random } from './random.js';

/** How many days after it happened something of that kind is recorded. */
export function lagOf(kind: keyof typeof assumed.recordingLag, random: Random): number {
  const { chance, days } = assumed.recordingLag[kind];
  return random.chance(chance) ? random.within(days) : 0;
}
