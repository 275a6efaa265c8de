import { expect } from '@jest/globals';
import { isRefused } from '#libs/kernel';
import type { Decision, Refusal } from '#libs/kernel';

/** What a spec needs of a decider: `facts` are those of a `when` that brings none of its own. */
export interface SpecifiedDecider<Command, State, Event, Facts> {
  readonly fold: (events: readonly Event[]) => State;
  readonly decide: (command: Command, state: State, facts: Facts) => Decision<Event>;
  readonly facts: Facts;
}

interface Outcome<Event> {
  /** Exactly these events, in full. */
  readonly then: (...events: readonly Event[]) => void;
  /** Accepted, with exactly these warnings. */
  readonly warns: (...warnings: readonly RegExp[]) => void;
  /** Refused with this code; what is given beside it must be in the refusal. */
  readonly refuses: (code: string, more?: Partial<Refusal>) => void;
  /** Accepted, with nothing to record. */
  readonly nothing: () => void;
}

/**
 * A spec of one decider: `given(...events).when(command).then(...events)`. It states events, never
 * the state that was folded from them.
 */
export function specify<Command, State, Event, Facts>(
  decider: SpecifiedDecider<Command, State, Event, Facts>,
): (...events: readonly Event[]) => {
  readonly when: (command: Command, facts?: Facts) => Outcome<Event>;
} {
  return (...events) => ({
    when(command, facts = decider.facts) {
      const decision = decider.decide(command, decider.fold(events), facts);
      return {
        then: (...expected) => {
          expect(decision).toEqual(expect.objectContaining({ events: expected }));
        },
        warns: (...expected) => {
          const warnings = isRefused(decision) ? decision.refusal : (decision.warnings ?? []);
          expect(warnings).toEqual(expected.map((warning) => expect.stringMatching(warning)));
        },
        refuses: (code, more = {}) => {
          expect(isRefused(decision) ? decision.refusal : decision).toMatchObject({
            code,
            ...more,
          });
        },
        nothing: () => {
          expect(decision).toEqual(expect.objectContaining({ events: [] }));
        },
      };
    },
  });
}
