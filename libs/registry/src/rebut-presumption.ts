import type { Decision, Refusal } from '#libs/kernel';
import type { DecisionFacts } from './case.js';
import type { RegistrantCommandData } from './commands.js';
import { decideOnObligation, type ObligationCase } from './decide-on-obligation.js';
import type { RegistrantEvent, ReliedOn } from './events.js';
import { byRecord } from './refusals.js';
import type { Registrant } from './state.js';

/**
 * 8 CFR 264.1(f)(8): who left without registering the departure is presumed inadmissible, until the
 * presumption is rebutted. Only a departure registration that is missed, and not excused, raises it.
 */
export function rebutPresumption(
  data: RegistrantCommandData['RebutPresumption'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const of: ObligationCase = {
    event: { type: 'InadmissibilityPresumptionRebutted', data },
    key: { duty: 'departure-registration', anchorOn: data.departedOn },
    keyField: 'departedOn',
    day: data.decidedOn,
    dayField: 'decidedOn',
    state,
    facts,
  };
  return decideOnObligation(of, {
    record: [() => alreadyRebutted(of)],
    assessed: (reliedOn) => notRaised(of, reliedOn),
  });
}

function alreadyRebutted({ key, keyField, state }: ObligationCase): Refusal | undefined {
  const rebutted = state.facts.find(
    (fact) =>
      fact.type === 'InadmissibilityPresumptionRebutted' && fact.data.departedOn === key.anchorOn,
  );
  if (!rebutted) return undefined;
  return byRecord('PresumptionAlreadyRebutted', {
    detail:
      `The presumption that this departure raised was rebutted on ${rebutted.day}: if what that ` +
      'record says is wrong, correct it.',
    field: keyField,
  });
}

function notRaised({ day, keyField }: ObligationCase, { status }: ReliedOn): Refusal | undefined {
  if (status === 'missed') return undefined;
  return byRecord('NoPresumptionRaised', {
    detail:
      `On ${day} the registration of this departure is ${status}, and only a missed one raises the ` +
      'presumption: check the two days.',
    field: keyField,
  });
}
