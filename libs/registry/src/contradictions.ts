import { isRefused, type Refusal } from '#libs/kernel';
import type { DecisionFacts } from './case.js';
import { commandOfFact } from './command-of-fact.js';
import type { FactCommand } from './commands.js';
import { decideFact } from './decide-fact.js';
import { type Fact, isRegistration } from './facts.js';
import { byRecord, type RegistrantRefusalCode } from './refusals.js';
import { type Registrant, withoutFact } from './state.js';

/** A command decided anew, with all that speaks against it. */
interface DecidedAnew {
  readonly refusals: readonly Refusal[];
  /** Of its event; undefined where something speaks against it that leaves nothing to record. */
  readonly data?: unknown;
  readonly warnings: readonly string[];
}

/**
 * Decides a command about a fact that is recorded already, on the record without it: each refusal is
 * passed over once it is known, so that a first one does not hide the next.
 */
export function decideAnew(
  command: FactCommand,
  record: Registrant,
  facts: DecisionFacts,
): DecidedAnew {
  const refusals: Refusal[] = [];
  const passing = new Set<string>();
  for (;;) {
    const decision = decideFact(command, record, { ...facts, passing });
    if (!isRefused(decision)) {
      return { refusals, data: decision.events[0]?.data, warnings: decision.warnings ?? [] };
    }
    const { refusal } = decision;
    if (passing.has(refusal.code)) return { refusals, warnings: [] };
    refusals.push(refusal);
    passing.add(refusal.code);
  }
}

/**
 * Several registrations may say the person's data otherwise, since each of them is corrected by itself:
 * if each had to agree with the others at once, none could ever be corrected.
 */
const mayDiffer: ReadonlySet<string> = new Set([
  'PersonDiffers',
  'FinDiffers',
] satisfies RegistrantRefusalCode[]);

/** Whether the refusal only says that another registration of the record says otherwise. */
export function onlyDiffers({ code }: Refusal): boolean {
  return mayDiffer.has(code);
}

/** Whether the refusal may stand against one fact of a record; of the identity the whole record is judged. */
export function speaksAgainst(refusal: Refusal): boolean {
  return !onlyDiffers(refusal) && refusal.code !== 'IdentityRequired';
}

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
 * Every fact is decided anew on all the others, before and after: a correction keeps the place of its
 * fact, so that what precedes a fact in the log does not tell what it depends on. The policy and what
 * the fact itself says are the same both times, so that whatever newly speaks against it comes from
 * the record; of a fact that itself reads otherwise only what the record says counts.
 */
export function firstContradiction(
  { before, after }: Revision,
  facts: DecisionFacts,
): Contradiction | undefined {
  const standing = new Map(before.facts.map((fact) => [fact.id, fact]));
  for (const fact of [...after.facts].sort((a, b) => a.position - b.position)) {
    const stood = standing.get(fact.id);
    const known = stood ? against(stood, before, facts) : [];
    if (known.some(({ because }) => because === 'state')) continue;
    const refusal = against(fact, after, facts).find(
      ({ code, because }) =>
        !known.some((one) => one.code === code) &&
        (because === 'state' || fact.data === stood?.data),
    );
    if (refusal) return { fact, refusal };
  }
  return undefined;
}

function against(fact: Fact, record: Registrant, facts: DecisionFacts): readonly Refusal[] {
  const command = commandOfFact(fact.type, fact.data);
  return decideAnew(command, withoutFact(record, fact.id), facts).refusals.filter(speaksAgainst);
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
