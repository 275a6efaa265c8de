import { fromDayNumber } from '#libs/kernel';
import type { PlannedFact } from './planned-fact.js';
import type { Traveller } from './traveller.js';

/** Whose facts they are. */
export interface Subject {
  readonly seed: number;
  readonly index: number;
  readonly registrantId: string;
  readonly traveller: Traveller;
}

/** A fact whose hour is known. */
export interface DatedFact {
  readonly subject: Subject;
  readonly fact: PlannedFact;
  /** Its place among the person's facts, from 0. */
  readonly ordinal: number;
  /** Second of the day, UTC, at which it was recorded. */
  readonly second: number;
  /** The fact that it corrects or rescinds. */
  readonly of?: DatedFact;
}

/** The instant at which it was recorded. */
export function recordedAt({ fact, second }: DatedFact): string {
  return `${fromDayNumber(fact.recordedOn)}T${clock(second)}.000Z`;
}

function clock(second: number): string {
  return [second / 3600, (second / 60) % 60, second % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
}
