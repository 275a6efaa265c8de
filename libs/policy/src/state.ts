import type { PolicyEvent } from './events.js';
import { type PolicyRecord, recordOf } from './record.js';

/** What a policy command is decided on: everything recorded so far, in the order of the log. */
export interface PolicyState {
  readonly records: readonly PolicyRecord[];
}

/** When something became known does not matter to a decision, which knows all that is recorded. */
export function foldPolicyState(eventsInLogOrder: readonly PolicyEvent[]): PolicyState {
  return { records: eventsInLogOrder.map((event) => recordOf(event, 'always')) };
}
