import type { Refusal } from '#libs/kernel';
import type { DecisionFacts } from './case.js';
import { commandOfFact } from './command-of-fact.js';
import {
  type BothWays,
  decideBothWays,
  isKnown,
  refusalOf,
  speaksAgainst,
} from './decide-both-ways.js';
import { type Fact, isRegistration } from './facts.js';
import { byRecord } from './refusals.js';
import type { Registrant } from './state.js';

/** A record before a correction or rescission, and as it would stand after it. */
export interface Revision {
  readonly before: Registrant;
  readonly after: Registrant;
}

interface Contradiction {
  readonly fact: Fact;
  readonly refusal: Refusal;
}

/**
 * The first fact, in the order of the log, that stood without contradiction and would not any more.
 * The policy and what a fact itself says are the same before and after, so that whatever newly speaks
 * against it comes from the record; of the fact that itself reads otherwise only what the record says
 * counts.
 */
export function firstContradiction(
  { before, after }: Revision,
  facts: DecisionFacts,
): Contradiction | undefined {
  const left = new Map(after.facts.map((fact) => [fact.id, fact]));
  for (const stood of [...before.facts].sort((a, b) => a.position - b.position)) {
    const fact = left.get(stood.id);
    const refusal = fact && newlyAgainst({ stood, fact }, { before, after, facts });
    if (fact && refusal) return { fact, refusal };
  }
  return undefined;
}

function newlyAgainst(
  { stood, fact }: { readonly stood: Fact; readonly fact: Fact },
  { before, after, facts }: Revision & { readonly facts: DecisionFacts },
): Refusal | undefined {
  const ways = decideRecorded(fact, { record: after, facts });
  if (!refusalOf(ways, speaksAgainst)) return undefined;
  const known = decideRecorded(stood, { record: before, facts });
  if (refusalOf(known, byRecordItself)) return undefined;
  const isSame = fact.data === stood.data;
  return refusalOf(
    ways,
    (refusal) =>
      !isKnown(known, refusal) && (isSame ? speaksAgainst(refusal) : byRecordItself(refusal)),
  );
}

function decideRecorded(fact: Fact, on: Parameters<typeof decideBothWays>[2]): BothWays {
  return decideBothWays(commandOfFact(fact.type, fact.data), fact, on);
}

function byRecordItself(refusal: Refusal): boolean {
  return speaksAgainst(refusal) && refusal.because === 'state';
}

/** The first registration that would be left, where none of them says any more who the person is. */
export function withoutIdentity({ before, after }: Revision): Contradiction | undefined {
  const [fact] = after.facts.filter(isRegistration);
  if (!fact || !before.facts.some(saysIdentity) || after.facts.some(saysIdentity)) return undefined;
  const refusal = byRecord('IdentityRequired', {
    detail: 'No other registration of the record says who the person is: give identity.',
    field: 'identity',
  });
  return { fact, refusal };
}

function saysIdentity(fact: Fact): boolean {
  return isRegistration(fact) && fact.data.identity !== undefined;
}

/** The refusal of a correction or rescission that a fact of the record stands against. */
export function contradicts({ fact, refusal }: Contradiction, field: string): Refusal {
  return byRecord('ContradictsRecordedFact', {
    detail:
      `With this, the fact ${fact.type} of ${fact.day} (event ${fact.id}) would contradict the ` +
      `record. ${refusal.detail} Correct or rescind that fact first.`,
    field,
  });
}
