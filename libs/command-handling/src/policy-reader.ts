import type { EventLog } from '#libs/event-log';
import { knownFrom, POLICY_STREAM, type RecordedEvent } from '#libs/kernel';
import {
  foldPolicy,
  type Policy,
  type PolicyEvent,
  type PolicyRecord,
  recordOf,
} from '#libs/policy';

/** The policy as recorded up to a revision of its stream. */
export interface CurrentPolicy {
  readonly policy: Policy;
  /** In the order of the log. */
  readonly records: readonly PolicyRecord[];
  /** Of the last policy event; absent while there is none. */
  readonly revision?: number;
}

/** Keeps the folded policy and reads what was appended since at each question: the stream is short. */
export class PolicyReader {
  #events: readonly RecordedEvent[] = [];
  #current: CurrentPolicy = { policy: foldPolicy([]), records: [] };

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
  const records = events.map((event) =>
    // The codec has checked type and data against the table of the policy's events.
    recordOf({ type: event.type, data: event.data } as PolicyEvent, knownFrom(event.metadata)),
  );
  const revision = events.at(-1)?.revision;
  return { policy: foldPolicy(records), records, ...(revision !== undefined && { revision }) };
}
