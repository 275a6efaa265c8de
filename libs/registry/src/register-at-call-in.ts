import type { Decision, Refusal } from '#libs/kernel';
import { callInBasisChecks } from './call-in-basis.js';
import type { CallInCase, DecisionFacts } from './case.js';
import type { RegistrantCommandData } from './commands.js';
import { decideCase } from './decide-case.js';
import type { RegistrantEvent } from './events.js';
import { personChecks } from './person-checks.js';
import { sameDayRecorded } from './presence-checks.js';
import { byRecord, byRule } from './refusals.js';
import { registrationData } from './registration-data.js';
import { admissionDayOf, type Registrant } from './state.js';
import { stayHolds } from './stays.js';

/** Registration at an office of somebody already in the country, called in by group. */
export function registerAtCallIn(
  body: RegistrantCommandData['RegisterAtCallIn'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const data = registrationData(body);
  const of: CallInCase = {
    event: { type: 'CallInRegistrationCompleted', data },
    day: body.registeredOn,
    dayField: 'registeredOn',
    state,
    facts,
  };
  return decideCase(of, [
    () => daysOutOfOrder(of),
    () => sameDayRecorded(of, 'CallInAlreadyRecorded'),
    ...personChecks(of),
    ...callInBasisChecks(of),
    () => admissionDiffers(of),
  ]);
}

function daysOutOfOrder({ event, day }: CallInCase): Refusal | undefined {
  const { admission, asylumClaimFiledOn } = event.data;
  const { admittedOn, admittedUntil } = admission;
  if (admittedOn > day) {
    return byRule('AdmittedAfterRegistration', {
      detail: 'Somebody who is called in was admitted before: give the day of that admission.',
      field: 'admission.admittedOn',
    });
  }
  if (admittedUntil !== undefined && admittedUntil < admittedOn) {
    return byRule('AdmittedUntilBeforeAdmission', {
      detail: 'Nobody is admitted until a day before the admission: give the last day of the stay.',
      field: 'admission.admittedUntil',
    });
  }
  if (asylumClaimFiledOn !== undefined && asylumClaimFiledOn > day) {
    return byRule('AsylumClaimAfterRegistration', {
      detail: 'A claim filed after the registration was not known at it: leave it out.',
      field: 'asylumClaimFiledOn',
    });
  }
  return undefined;
}

/** The admission that is named must be the one on which the record has the person in the country. */
function admissionDiffers({ event, day, state }: CallInCase): Refusal | undefined {
  const { admittedOn } = event.data.admission;
  const holding = state.stays.findLast((stay) => stayHolds(stay, day));
  if (holding) {
    const recorded = admissionDayOf(holding);
    if (recorded === admittedOn) return undefined;
    return byRecord('AdmissionDiffers', {
      detail:
        `The record has the person in the country on ${day} as admitted on ${recorded}: give that ` +
        'day, or record the departure that ended that stay first.',
      field: 'admission.admittedOn',
    });
  }
  const left = state.stays.findLast(({ until = day }) => until < day)?.until;
  if (left === undefined || left <= admittedOn) return undefined;
  return byRecord('AdmissionDiffers', {
    detail: `The record has the person leave on ${left}, after this admission: give the one since.`,
    field: 'admission.admittedOn',
  });
}
