import { type Instant, isKnownAt, type KnownAt, type RecordedEvent } from '#libs/kernel';
import { type Policy, policyKnownAt } from '#libs/policy';
import { currentPolicyOf } from './current-policy.js';

/** A policy, and how much of it was known at a moment. */
export interface PolicyAtMoment {
  /** All that is recorded by now: a scenario may name what the moment did not know yet. */
  readonly whole: Policy;
  /** What was known of it at the moment, or of what a scenario made of it. */
  readonly asKnown: (policy: Policy) => Policy;
}

/** Before and after all instants: what stands in the log up to a position was known by the first. */
const FIRST: Instant = '0000-01-01T00:00:00.000Z';
const NEVER: Instant = '9999-12-31T23:59:59.999Z';

/** The policy of the events of its stream; all of it is known where no moment is named. */
export function policyAtMoment(
  events: readonly RecordedEvent[],
  knownAt: KnownAt | undefined,
): PolicyAtMoment {
  if (knownAt?.kind !== 'position') {
    return policyAtInstant(currentPolicyOf(events).policy, knownAt?.instant);
  }
  const { policy } = currentPolicyOf(
    events.map((event) => {
      const recordedAt = isKnownAt(event, knownAt) ? FIRST : NEVER;
      const { imported: _imported, ...metadata } = event.metadata;
      return { ...event, metadata: { ...metadata, recordedAt } };
    }),
  );
  return policyAtInstant(policy, FIRST);
}

/** The same of a policy that says itself since when it was known. */
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
