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

/**
 * Good cause for not keeping an obligation. It may be accepted while the obligation is still open;
 * once that is met in time or released there is nothing to excuse. Lateness it does not undo.
 */
export function acceptGoodCause(
  data: RegistrantCommandData['AcceptGoodCause'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const of: ObligationCase = {
    event: { type: 'GoodCauseAccepted', data },
    key: data.obligation,
    keyField: 'obligation',
    day: data.decidedOn,
    dayField: 'decidedOn',
    state,
    facts,
  };
  return decideOnObligation(of, {
    record: [() => alreadyAccepted(of), () => wilful(of)],
    assessed: (reliedOn) => notFailed(of, reliedOn),
    warnings: metLate,
  });
}

function alreadyAccepted({ key, keyField, state }: ObligationCase): Refusal | undefined {
  const accepted = recordedFor(state, 'GoodCauseAccepted', key);
  if (!accepted) return undefined;
  return byRecord('GoodCauseAlreadyAccepted', {
    detail:
      `Good cause for this obligation was accepted on ${accepted.day}: if what that record says is ` +
      'wrong, correct it.',
    field: keyField,
  });
}

function wilful({ key, keyField, state }: ObligationCase): Refusal | undefined {
  const determined = recordedFor(state, 'WilfulnessDetermined', key);
  if (!determined?.data.wilful) return undefined;
  return byRecord('FailureWasWilful', {
    detail:
      `The failure was determined to be wilful on ${determined.day}, which leaves no good cause: ` +
      'if that no longer stands, rescind that record first.',
    field: keyField,
  });
}

function metLate({ status }: ReliedOn): readonly string[] {
  return status === 'met-late'
    ? ['The obligation was met late, and stays so: good cause excuses only what is missed.']
    : [];
}
