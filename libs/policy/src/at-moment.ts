import type { Instant } from '#libs/kernel';
import { type Policy, policyKnownAt } from './fold.js';

/** A policy, and how much of it was known at a moment. */
export interface PolicyAtMoment {
  /** All that is recorded by now: a scenario may name what the moment did not know yet. */
  readonly whole: Policy;
  /** What was known of it at the moment, or of what a scenario made of it. */
  readonly asKnown: (policy: Policy) => Policy;
}

/** The policy at an instant, by what it says itself of when it was known; all of it where none is named. */
export function policyAtInstant(whole: Policy, instant: Instant | undefined): PolicyAtMoment {
  const asKnown = (policy: Policy): Policy =>
    instant === undefined ? policy : policyKnownAt(policy, instant);
  return { whole, asKnown };
}

interface Outcome {
  readonly policy: Policy;
  readonly warnings: readonly string[];
}

/** What a scenario made of the whole policy, as far as that was known; says where none of it was. */
export function outcomeAsKnown({ whole, asKnown }: PolicyAtMoment, outcome: Outcome): Outcome {
  const policy = asKnown(outcome.policy);
  const isIdle = outcome.policy.hash !== whole.hash && policy.hash === asKnown(whole).hash;
  const warnings = isIdle ? [...outcome.warnings, NOTHING_KNOWN] : outcome.warnings;
  return { policy, warnings };
}

const NOTHING_KNOWN =
  'Of what the scenario changes nothing was known at that moment: the two worlds are the same.';
