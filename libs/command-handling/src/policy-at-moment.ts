import { type Instant, isKnownAt, type KnownAt, type RecordedEvent } from '#libs/kernel';
import { type PolicyAtMoment, policyAtInstant } from '#libs/policy';
import { currentPolicyOf } from './current-policy.js';

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
