import type { AssessedObligation, Case } from './case.js';
import type { ObligationKey } from './events.js';
import { obligationName } from './obligation-name.js';
import { type FactEvent, withFact } from './state.js';

/** The obligation of that name among those that were assessed. */
export function findAssessed(
  assessed: readonly AssessedObligation[],
  key: ObligationKey,
): AssessedObligation | undefined {
  const name = obligationName(key);
  return assessed.find((obligation) => obligationName(obligation.key) === name);
}

/**
 * What is said of a fact that has happened, and is recorded, but changes nothing: on its own day the
 * obligation that it belongs to is not imposed, or was released before it.
 */
export function changesNothing(of: Case<FactEvent>, key: ObligationKey): readonly string[] {
  const { day, facts, state } = of;
  const owed = findAssessed(facts.obligationsOn(withFact(state, of), day), key);
  if (!owed) {
    return [`The duty ${key.duty} asks for nothing here: this is recorded, and satisfies nothing.`];
  }
  if (owed.reliedOn.status !== 'released') return [];
  return [
    `The obligation ${key.duty} of ${key.anchorOn} was released by ${day}: this is recorded, and ` +
      'satisfies nothing.',
  ];
}
