import type { Decision, Refusal } from '#libs/kernel';
import type { DecisionFacts } from './case.js';
import type { RegistrantCommandData } from './commands.js';
import {
  decideOnObligation,
  notFailed,
  type ObligationCase,
  recordedFor,
} from './decide-on-obligation.js';
import type { RegistrantEvent, ReliedOn } from './events.js';
import { byRecord } from './refusals.js';
import type { Registrant } from './state.js';

/** Whether a failure to comply was wilful: a finding, once the due day has passed without compliance. */
export function determineWilfulness(
  data: RegistrantCommandData['DetermineWilfulness'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const of: ObligationCase = {
    event: { type: 'WilfulnessDetermined', data },
    key: data.obligation,
    keyField: 'obligation',
    day: data.decidedOn,
    dayField: 'decidedOn',
    state,
    facts,
  };
  return decideOnObligation(of, {
    record: [() => alreadyDetermined(of), () => (data.wilful ? goodCause(of) : undefined)],
    assessed: (reliedOn) => stillOpen(of, reliedOn) ?? notFailed(of, reliedOn),
  });
}

function alreadyDetermined({ key, keyField, state }: ObligationCase): Refusal | undefined {
  const determined = recordedFor(state, 'WilfulnessDetermined', key);
  if (!determined) return undefined;
  return byRecord('WilfulnessAlreadyDetermined', {
    detail:
      `Whether this failure was wilful was determined on ${determined.day}: if what that record says ` +
      'is wrong, correct it.',
    field: keyField,
  });
}

function goodCause({ key, keyField, state }: ObligationCase): Refusal | undefined {
  const accepted = recordedFor(state, 'GoodCauseAccepted', key);
  if (!accepted) return undefined;
  return byRecord('GoodCauseAlreadyAccepted', {
    detail:
      `Good cause for it was accepted on ${accepted.day}, so that it cannot have been wilful: if that ` +
      'no longer stands, rescind that record first.',
    field: keyField,
  });
}

function stillOpen(
  { day, dayField }: ObligationCase,
  { status, dueOn }: ReliedOn,
): Refusal | undefined {
  if (status !== 'open') return undefined;
  return byRecord('ObligationStillOpen', {
    detail: `On ${day} the obligation may still be met, until ${dueOn}: decide after that day.`,
    field: dayField,
  });
}
