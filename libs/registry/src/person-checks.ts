import type { CivilDay, Refusal } from '#libs/kernel';
import type { ArrivalCase, CallInCase } from './case.js';
import type { Person } from './events.js';
import { isRegistration } from './facts.js';
import { byRecord, byRule, type Check } from './refusals.js';
import type { Registrant } from './state.js';

type RegistrationCase = ArrivalCase | CallInCase;

/** Who registers, and whether that is the person of the record. */
export function personChecks(of: RegistrationCase): readonly Check[] {
  return [
    () => personRequired(of),
    () => identityRequired(of),
    () => distinctFromSelf(of),
    () => personDiffers(of),
    () => finDiffers(of),
    () => beforeBirth(of),
  ];
}

/** The attributes that hold at the registration: its own, else the latest carried before it. */
export function personOf({ event, day, state }: RegistrationCase): Person | undefined {
  if (event.data.person) return event.data.person;
  return registrations(state).findLast((fact) => fact.day <= day && fact.data.person)?.data.person;
}

function registrations(state: Registrant) {
  return state.facts.filter(isRegistration);
}

function personRequired(of: RegistrationCase): Refusal | undefined {
  if (personOf(of)) return undefined;
  return byRecord('PersonRequired', {
    detail:
      'No registration before this day says sex, birth date and nationalities, by which the law ' +
      'is applied: give person.',
    field: 'person',
  });
}

/** Whether an earlier one carried it cannot be seen where it has not been opened, only that there was one. */
function identityRequired({ event, state }: RegistrationCase): Refusal | undefined {
  if (event.data.identity || registrations(state).length > 0) return undefined;
  return byRecord('IdentityRequired', {
    detail: 'This is the first registration of the person: give identity.',
    field: 'identity',
  });
}

function distinctFromSelf({ event }: RegistrationCase): Refusal | undefined {
  if (!event.data.distinctFrom?.includes(event.data.registrantId)) return undefined;
  return byRule('DistinctFromSelf', {
    detail: 'Nobody is another than themselves: distinctFrom names other registrants only.',
    field: 'distinctFrom',
  });
}

function personDiffers({ event, state }: RegistrationCase): Refusal | undefined {
  const said = event.data.person;
  const known = registrations(state).flatMap(({ data }) => data.person ?? []);
  if (!said || known.length === 0) return undefined;
  const differing = (['bornOn', 'sex'] as const).find((field) =>
    known.every((person) => person[field] !== said[field]),
  );
  if (!differing) return undefined;
  return byRecord('PersonDiffers', {
    detail:
      'The record has another value: if this is the same person, correct the record first; if ' +
      'not, register under an id of their own.',
    field: `person.${differing}`,
  });
}

function finDiffers({ event, state }: RegistrationCase): Refusal | undefined {
  const known = registrations(state).flatMap(({ data }) => data.fin ?? []);
  if (known.length === 0 || known.some((fin) => fin === event.data.fin)) return undefined;
  return byRecord('FinDiffers', {
    detail:
      'The record has another FIN: if this is the same person, correct the record first; if not, ' +
      'register under an id of their own.',
    field: 'fin',
  });
}

function beforeBirth(of: RegistrationCase): Refusal | undefined {
  const bornOn = personOf(of)?.bornOn;
  const { day, field } = firstDayOf(of);
  if (bornOn === undefined || bornOn <= day) return undefined;
  return byRule('DayBeforeBirth', { detail: 'The person was not born by then.', field });
}

function firstDayOf({ event, day, dayField }: RegistrationCase): {
  readonly day: CivilDay;
  readonly field: string;
} {
  return event.type === 'CallInRegistrationCompleted'
    ? { day: event.data.admission.admittedOn, field: 'admission.admittedOn' }
    : { day, field: dayField };
}
