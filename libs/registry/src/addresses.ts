import type { CivilDay } from '#libs/kernel';
import { type Fact, isRegistration } from './facts.js';

/** A fact that tells where a person lives. */
export type AddressFact =
  | Fact<'ArrivalRegistered' | 'CallInRegistrationCompleted'>
  | Fact<'ChangeReported' | 'UnreportedChangeFound'>;

/**
 * The facts that tell an address, by the day from which it holds: an old change that came to light
 * late says nothing of where the person lives since a later one.
 */
export function addressFacts(facts: readonly Fact[]): readonly AddressFact[] {
  const inOrder = facts.filter(tellsAddress);
  return inOrder.toSorted((a, b) => compare(holdsFrom(a), holdsFrom(b)));
}

function tellsAddress(fact: Fact): fact is AddressFact {
  if (isRegistration(fact)) return true;
  const isChange = fact.type === 'ChangeReported' || fact.type === 'UnreportedChangeFound';
  return isChange && fact.data.kind === 'address';
}

function holdsFrom(fact: AddressFact): CivilDay {
  return isRegistration(fact) ? fact.day : fact.data.changedOn;
}

function compare(a: CivilDay, b: CivilDay): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
