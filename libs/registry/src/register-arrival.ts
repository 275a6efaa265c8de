import type { Decision, Refusal } from '#libs/kernel';
import { arrivalBasisChecks } from './arrival-basis.js';
import type { ArrivalCase, DecisionFacts } from './case.js';
import type { RegistrantCommandData } from './commands.js';
import { decideCase } from './decide-case.js';
import type { RegistrantEvent } from './events.js';
import { personChecks } from './person-checks.js';
import { sameDayRecorded } from './presence-checks.js';
import { byRecord, byRule } from './refusals.js';
import { registrationData } from './registration-data.js';
import { admissionDayOf, type Registrant } from './state.js';
import type { Stay } from './stays.js';

/** 8 CFR 264.1(f): registration by an officer at the port, on the day of arrival. */
export function registerArrival(
  body: RegistrantCommandData['RegisterArrival'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const data = registrationData(body);
  const of: ArrivalCase = {
    event: { type: 'ArrivalRegistered', data },
    day: body.arrivedOn,
    dayField: 'arrivedOn',
    state,
    facts,
  };
  return decideCase(
    of,
    [
      () => admittedUntilBefore(of),
      () => sameDayRecorded(of, 'ArrivalAlreadyRecorded'),
      ...personChecks(of),
      ...arrivalBasisChecks(of),
      () => withinStay(of),
    ],
    () => warnings(of),
  );
}

function admittedUntilBefore({ event, day }: ArrivalCase): Refusal | undefined {
  const { admittedUntil } = event.data;
  if (admittedUntil === undefined || admittedUntil >= day) return undefined;
  return byRule('AdmittedUntilBeforeAdmission', {
    detail: 'Nobody is admitted until a day before the admission: give the last day of the stay.',
    field: 'admittedUntil',
  });
}

/**
 * An arrival ends a stay that nobody was seen to leave, so it does not contradict an open one. It
 * contradicts a stay whose departure is recorded, and the word of a call-in that the last admission
 * was an earlier one.
 */
function withinStay({ day, state }: ArrivalCase): Refusal | undefined {
  const contradicted =
    state.stays.some((stay) => isWithinClosed(stay, day)) ||
    state.facts.some(
      (fact) =>
        fact.type === 'CallInRegistrationCompleted' &&
        fact.data.admission.admittedOn < day &&
        day <= fact.day,
    );
  if (!contradicted) return undefined;
  return byRecord('ArrivalWithinStay', {
    detail:
      `On ${day} the person was in the country by what is recorded: within a stay that ended by a ` +
      'recorded departure, or between an admission and the call-in registration that names it. ' +
      'If that record is wrong, correct it first.',
    field: 'arrivedOn',
  });
}

function isWithinClosed(stay: Stay, day: string): boolean {
  return stay.departure !== undefined && stay.from < day && day < stay.departure.day;
}

function warnings({ day, state }: ArrivalCase): readonly string[] {
  return state.stays
    .filter((stay) => stay.from < day && (stay.until === undefined || stay.until > day))
    .map(
      (stay) =>
        `The stay admitted on ${admissionDayOf(stay)} has no recorded departure: it now ends on ${day}.`,
    );
}
