import { knownFrom, type RecordedEvent } from '#libs/kernel';
import { foldPolicy, logEntryOf, type Policy, type PolicyEvent } from '#libs/policy';

/** The policy as recorded up to a revision of its stream. */
export interface CurrentPolicy {
  readonly policy: Policy;
  /** Of the last policy event; absent while there is none. */
  readonly revision?: number;
}

/** The policy that these events of the policy stream make, in the order of the log. */
export function currentPolicyOf(events: readonly RecordedEvent[]): CurrentPolicy {
  const entries = events.map((event) =>
    // The codec has checked type and data against the table of the policy's events.
    logEntryOf({ type: event.type, data: event.data } as PolicyEvent, knownFrom(event.metadata)),
  );
  const revision = events.at(-1)?.revision;
  return { policy: foldPolicy(entries), ...(revision !== undefined && { revision }) };
}
