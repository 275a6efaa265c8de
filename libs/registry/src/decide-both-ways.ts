import { isRefused, type Refusal } from '#libs/kernel';
import type { DecisionFacts } from './case.js';
import type { FactCommand } from './commands.js';
import { decideFact } from './decide-fact.js';
import type { Fact } from './facts.js';
import type { RegistrantRefusalCode } from './refusals.js';
import { recordOf, type Registrant } from './state.js';

/** A command decided anew, with all that speaks against it. */
interface DecidedAnew {
  readonly refusals: readonly Refusal[];
  /** Of its event; undefined where something speaks against it that leaves nothing to record. */
  readonly data?: unknown;
  readonly warnings: readonly string[];
}

/** Each refusal is passed over once it is known, so that a first one does not hide the next. */
function decideAnew(command: FactCommand, record: Registrant, facts: DecisionFacts): DecidedAnew {
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

/** A fact's command decided on all other facts, and on those alone that stand before it in the log. */
export interface BothWays {
  readonly now: DecidedAnew;
  readonly then: DecidedAnew;
}

/**
 * A recorded fact stands where it could be recorded now, or in its place in the log; only what speaks
 * against it both ways contradicts the record. Either way alone would refuse what is sound: an arrival
 * may end an open stay, whose place a departure recorded since has taken from it; and a correction
 * keeps the place of its fact, which may come before all that it now depends on.
 */
export function decideBothWays(
  command: FactCommand,
  { id, position }: Pick<Fact, 'id' | 'position'>,
  { record, facts }: { readonly record: Registrant; readonly facts: DecisionFacts },
): BothWays {
  const others = recordOf(record, (other) => other.id !== id);
  const now = decideAnew(command, others, facts);
  if (!now.refusals.some(speaksAgainst)) return { now, then: now };
  const earlier = recordOf(record, (other) => other.position < position);
  return { now, then: decideAnew(command, earlier, facts) };
}

/** What speaks against a fact both ways, if possible for the same reason; undefined where it stands. */
export function refusalOf(
  { now, then }: BothWays,
  counts: (refusal: Refusal) => boolean,
): Refusal | undefined {
  const here = now.refusals.filter(counts);
  const there = then.refusals.filter(counts);
  if (there.length === 0) return undefined;
  return here.find(({ code }) => hasCode(there, code)) ?? here[0];
}

/** Whether the code is among those that speak against the fact both ways. */
export function isKnown({ now, then }: BothWays, { code }: Refusal): boolean {
  return hasCode(now.refusals, code) && hasCode(then.refusals, code);
}

function hasCode(refusals: readonly Refusal[], code: string): boolean {
  return refusals.some((refusal) => refusal.code === code);
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
