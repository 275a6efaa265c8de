import type { EventLog } from '#libs/event-log';
import { knownFrom, POLICY_STREAM, type RecordedEvent } from '#libs/kernel';
import { foldPolicy, logEntryOf, type Policy, type PolicyEvent } from '#libs/policy';

/** The policy as recorded up to a revision of its stream. */
export interface CurrentPolicy {
  readonly policy: Policy;
  /** Of the last policy event; absent while there is none. */
  readonly revision?: number;
}

/** Keeps the folded policy and reads what was appended since at each question: the stream is short. */
export class PolicyReader {
  #events: readonly RecordedEvent[] = [];
  #current: CurrentPolicy = { policy: foldPolicy([]) };

  constructor(private readonly log: EventLog) {}

  async current(): Promise<CurrentPolicy> {
    const from = this.#events.length;
    const tail: RecordedEvent[] = [];
    for await (const event of this.log.readStream(POLICY_STREAM, { from })) tail.push(event);
    // Another question may have read the same tail meanwhile.
    const unread = tail.filter(({ revision }) => revision >= this.#events.length);
    if (unread.length > 0) this.#take(unread);
    return this.#current;
  }

  #take(events: readonly RecordedEvent[]): void {
    this.#events = [...this.#events, ...events];
    this.#current = currentPolicyOf(this.#events);
  }
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
