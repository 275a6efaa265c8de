import type { Decision } from '#libs/kernel';
import type { Case, DecisionFacts } from './case.js';
import type { RegistrantCommandData } from './commands.js';
import { decideCase } from './decide-case.js';
import type { RegistrantEvent } from './events.js';
import { noStayOnThatDay, notRegistered, sameDayRecorded } from './presence-checks.js';
import type { Registrant } from './state.js';

/** 8 CFR 264.1(f)(5): the yearly appearance at an office, early, in time, late, or not required. */
export function reregisterAnnually(
  data: RegistrantCommandData['ReregisterAnnually'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const of: Case = {
    event: { type: 'AnnualReregistrationCompleted', data },
    day: data.reregisteredOn,
    dayField: 'reregisteredOn',
    state,
    facts,
  };
  return decideCase(of, [
    () => notRegistered(of),
    () => noStayOnThatDay(of),
    () => sameDayRecorded(of, 'ReregistrationAlreadyRecorded'),
  ]);
}
