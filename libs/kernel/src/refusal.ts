/**
 * Why a command is not accepted: a value, never thrown.
 *
 * `state`: what is recorded says no (HTTP 409). `rule`: the law, a code list or the calendar says no (422).
 */
export interface Refusal {
  /** A closed code, a sentence fragment that is true now: `PortNotDesignatedForDeparture`. */
  readonly code: string;
  readonly because: 'state' | 'rule';
  /** One sentence that says what is wrong and what to do; it never repeats a personal value. */
  readonly detail: string;
  /** The body's field that is at fault, as a dotted path. */
  readonly field?: string;
  /** The `ref` of the policy event that carries the rule. */
  readonly rule?: string;
  readonly citation?: string;
}

/** What a decision function answers: events to append (none: nothing to do), or a refusal. */
export type Decision<Event> =
  | { readonly events: readonly Event[]; readonly warnings?: readonly string[] }
  | { readonly refusal: Refusal };

export function isRefused<Event>(
  decision: Decision<Event>,
): decision is { readonly refusal: Refusal } {
  return 'refusal' in decision;
}
