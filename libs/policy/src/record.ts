import type { Instant } from '#libs/kernel';
import type { PolicyEvent, PolicyEventData, PolicyEventType } from './events.js';

type AnyPolicyRecord = {
  readonly [Type in PolicyEventType]: PolicyEventData<Type> & {
    readonly type: Type;
    readonly known: Known;
  };
}[PolicyEventType];

/**
 * A policy event as the fold takes it: flat, as in a policy file, and with the instant from which the
 * registry knew it. What a scenario changed counts as always known.
 */
export type PolicyRecord<Type extends PolicyEventType = PolicyEventType> = Extract<
  AnyPolicyRecord,
  { readonly type: Type }
>;

/** A policy event as a policy file holds it: a record that does not say when it became known. */
export type PolicyEntry = {
  readonly [Type in PolicyEventType]: PolicyEventData<Type> & { readonly type: Type };
}[PolicyEventType];

export type Known = Instant | 'always';

/** The record of one stored event. */
export function recordOf(event: PolicyEvent, known: Known): PolicyRecord {
  // One spread for all types: the union of events and the union of records run parallel.
  return { ...event.data, type: event.type, known } as PolicyRecord;
}
