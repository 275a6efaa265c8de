import type { Case } from './case.js';
import { isRegistration } from './facts.js';
import type { CivilDay, Refusal } from '#libs/kernel';
import { byRecord, type RegistrantRefusalCode } from './refusals.js';
import { stayHolds } from './stays.js';

/** Only of a person who has been registered can anything else be recorded. */
export function notRegistered({ state }: Pick<Case, 'state'>): Refusal | undefined {
  if (state.facts.some(isRegistration)) return undefined;
  return byRecord('RegistrantNotRegistered', {
    detail:
      'Nobody is registered under this id: check it, or record the registration first ' +
      '(RegisterArrival, RegisterAtCallIn).',
    field: 'registrantId',
  });
}

/** Whoever appears at an office is in the country, and registered: whether they had to come is not asked. */
export function noStayOnThatDay({ day, dayField, state }: Case): Refusal | undefined {
  const registered = state.stays.some((stay) => stayHolds(stay, day) && stay.opening.day <= day);
  if (registered) return undefined;
  return byRecord('NoStayOnThatDay', {
    detail:
      `On ${day} the record has no stay under which the person had been registered: check the ` +
      'day, or correct the record of the arrival or departure.',
    field: dayField,
  });
}

/** A change or a new status is that of somebody in the country, registered by then or since. */
export function noStayHolding(
  { state }: Pick<Case, 'state'>,
  { day, field }: { readonly day: CivilDay; readonly field: string },
): Refusal | undefined {
  if (state.stays.some((stay) => stayHolds(stay, day))) return undefined;
  return byRecord('NoStayOnThatDay', {
    detail:
      `On ${day} the record has no stay of the person: check the day, or correct the record of the ` +
      'arrival or departure.',
    field,
  });
}

/** The same fact under another command id is a contradiction, not a second fact. */
export function sameDayRecorded(
  { event, day, dayField, state }: Case,
  code: RegistrantRefusalCode,
): Refusal | undefined {
  if (!state.facts.some((fact) => fact.type === event.type && fact.day === day)) return undefined;
  return byRecord(code, {
    detail: `This is recorded for ${day} already: if what it says is wrong, correct that record.`,
    field: dayField,
  });
}
