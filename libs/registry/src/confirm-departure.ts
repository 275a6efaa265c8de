import type { Decision, Refusal } from '#libs/kernel';
import { departurePortDesignation, inForceOn, ofType, programmeEndedBy } from '#libs/policy';
import type { DecisionFacts, DepartureCase } from './case.js';
import type { RegistrantCommandData } from './commands.js';
import { decideCase } from './decide-case.js';
import { departureChecks } from './departure-checks.js';
import type { RegistrantEvent } from './events.js';
import { byRule } from './refusals.js';
import type { Registrant } from './state.js';

/** 8 CFR 264.1(f)(8): departure registered in person before an officer, at a port designated for it. */
export function confirmDeparture(
  data: RegistrantCommandData['ConfirmDeparture'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const of: DepartureCase = {
    event: { type: 'DepartureConfirmed', data },
    day: data.departedOn,
    dayField: 'departedOn',
    state,
    facts,
  };
  return decideCase(of, [...departureChecks(of), () => portNotDesignated(of, data.port)]);
}

function portNotDesignated(
  { day, facts: { policy } }: DepartureCase,
  port: string,
): Refusal | undefined {
  if (departurePortDesignation(policy, day, port)) return undefined;
  // Before the first designation it is the one to come that says so, after the delisting that.
  const law =
    inForceOn(policy, 'DeparturePortsDesignated', day)[0] ??
    programmeEndedBy(policy, day) ??
    ofType(policy, 'DeparturePortsDesignated')[0];
  return byRule('PortNotDesignatedForDeparture', {
    detail:
      `The port ${port} is not designated for departure on ${day}, so no departure was registered ` +
      'there: record it with RecordUnregisteredDeparture.',
    field: 'port',
    law,
  });
}
