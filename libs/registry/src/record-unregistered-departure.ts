import type { Decision } from '#libs/kernel';
import type { DecisionFacts, DepartureCase } from './case.js';
import type { RegistrantCommandData } from './commands.js';
import { decideCase } from './decide-case.js';
import { departureChecks } from './departure-checks.js';
import type { RegistrantEvent } from './events.js';
import type { Registrant } from './state.js';

/** A departure that is known of from elsewhere: the person did not register it, or not where one could. */
export function recordUnregisteredDeparture(
  data: RegistrantCommandData['RecordUnregisteredDeparture'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const of: DepartureCase = {
    event: { type: 'UnregisteredDepartureRecorded', data },
    day: data.departedOn,
    dayField: 'departedOn',
    state,
    facts,
  };
  return decideCase(of, departureChecks(of));
}
