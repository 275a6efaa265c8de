import type { Instant } from '#libs/kernel';
import type { PolicyEvent, PolicyEventData, PolicyEventType } from './events.js';

/**
 * A policy event as the fold takes it: flat, as in a policy file, and with the instant from which the
 * registry knew it. What a scenario changed counts as always known.
 */
export type PolicyRecord<Type extends PolicyEventType = PolicyEventType> = {
  readonly [T in Type]: PolicyEventData<T> & { readonly type: T; readonly known: Known };
}[Type];

export type Known = Instant | 'always';

/** The record of one stored event. */
export function recordOf(event: PolicyEvent, known: Known): PolicyRecord {
  // One spread for all types: the union of events and the union of records run parallel.
  return { ...event.data, type: event.type, known } as PolicyRecord;
}
