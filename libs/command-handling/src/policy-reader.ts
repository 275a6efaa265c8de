import type { EventLog } from '#libs/event-log';
import { type KnownAt, POLICY_STREAM, type RecordedEvent } from '#libs/kernel';
import { foldPolicy, type PolicyAtMoment, policyAtInstant } from '#libs/policy';
import { type CurrentPolicy, currentPolicyOf } from './current-policy.js';
import { policyAtMoment } from './policy-at-moment.js';

/** Keeps the folded policy and reads what was appended since at each question: the stream is short. */
export class PolicyReader {
  #events: readonly RecordedEvent[] = [];
  #current: CurrentPolicy = { policy: foldPolicy([]) };

  constructor(private readonly log: EventLog) {}

  async current(): Promise<CurrentPolicy> {
    await this.#readTail();
    return this.#current;
  }

  /** The policy as far as it was known at a moment; as it is known now where none is named. */
  async at(knownAt: KnownAt | undefined): Promise<PolicyAtMoment> {
    await this.#readTail();
    return knownAt?.kind === 'position'
      ? policyAtMoment(this.#events, knownAt)
      : policyAtInstant(this.#current.policy, knownAt?.instant);
  }

  /** The policy as it was recorded up to a revision of its stream; none where that is absent. */
  async upTo(revision: number | undefined): Promise<CurrentPolicy> {
    await this.#readTail();
    const count = revision === undefined ? 0 : revision + 1;
    return count === this.#events.length
      ? this.#current
      : currentPolicyOf(this.#events.slice(0, count));
  }

  async #readTail(): Promise<void> {
    const from = this.#events.length;
    const tail: RecordedEvent[] = [];
    for await (const event of this.log.readStream(POLICY_STREAM, { from })) tail.push(event);
    // Another question may have read the same tail meanwhile.
    const unread = tail.filter(({ revision }) => revision >= this.#events.length);
    if (unread.length > 0) this.#take(unread);
  }

  #take(events: readonly RecordedEvent[]): void {
    this.#events = [...this.#events, ...events];
    this.#current = currentPolicyOf(this.#events);
  }
}
