import type { CivilDay } from '#libs/kernel';
import type { PolicyRecord } from '#libs/policy';
import type { FactType, ObligationKey, Presence } from '#libs/registry';
import type { PolicyChange } from './difference.js';
import type { LawEntry } from './law.js';
import type { Obligation } from './obligation.js';

/** One obligation in both worlds; absent from the world that does not impose it. */
export interface ExplainedObligation {
  readonly obligation: ObligationKey;
  readonly enacted?: Obligation;
  readonly scenario?: Obligation;
  /** The `ref`s of the policy events that make the difference; empty where there is none. */
  readonly differsBy: readonly string[];
}

export interface ExplainedFact {
  readonly id: string;
  readonly type: FactType;
  readonly day: CivilDay;
  /** Satisfied nothing in the enacted world, or in the scenario. */
  readonly unneededIn: readonly ('enacted' | 'scenario')[];
}

export interface ExplainedWorld {
  /** `enacted`, or the scenario's name. */
  readonly scenario: string;
  /** Of the policy as it was known. */
  readonly policyHash: string;
  readonly warnings: readonly string[];
  /** How many facts satisfied nothing. */
  readonly unneeded: number;
}

export type ExplainedLaw = LawEntry & Pick<PolicyRecord, 'title' | 'effectiveOn'>;

/** Each obligation of one person, with the law and the facts behind it, without personal content. */
export interface Explanation {
  readonly registrantId: string;
  readonly on: CivilDay;
  /** As asked: an instant or `position:<n>`; null: everything known. */
  readonly knownAt: string | null;
  readonly observedUntil: CivilDay | null;
  readonly assumptions: { readonly presence: Presence; readonly notes: readonly string[] };
  readonly rulesVersion: string;
  /** The enacted one first, then the scenario's where one is asked for. */
  readonly worlds: readonly ExplainedWorld[];
  /** What the scenario changes of the policy. */
  readonly changes: readonly PolicyChange[];
  readonly obligations: readonly ExplainedObligation[];
  readonly facts: readonly ExplainedFact[];
  /** For every ref in any `because` or `differsBy`. */
  readonly law: readonly ExplainedLaw[];
}
