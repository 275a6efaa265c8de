import { addDays, fromDayNumber } from '#libs/kernel';
import type { RegistrantDataByType } from '#libs/registry';
import * as assumed from './assumptions.js';
import type { DatedFact } from './dated-fact.js';
import { inventBiometrics, inventDocuments, inventIdentity, inventVisit } from './invented.js';
import { admissionNumberOf, finOf } from './numbers.js';
import type { Occurrence } from './planned-fact.js';
import type { Random } from './random.js';
import type { Traveller } from './traveller.js';

type Occurring<Type extends Occurrence['type']> = Extract<Occurrence, { readonly type: Type }>;

export function arrivalData(
  dated: DatedFact,
  { port, basis }: Occurring<'ArrivalRegistered'>,
  random: Random,
): RegistrantDataByType['ArrivalRegistered'] {
  const { subject, fact, ordinal } = dated;
  const { seed, index, traveller, registrantId } = subject;
  const arrivedOn = fromDayNumber(fact.on);
  return {
    admissionNumber: admissionNumberOf(seed, index, ordinal),
    ...admittedUntil(traveller, arrivedOn),
    arrivedOn,
    basis: {
      ...basis,
      ...(basis.kind === 'lookout' && {
        lookoutRef: `lookout-${String(random.integer(100_000, 999_999))}`,
      }),
      ...(basis.kind === 'officer-discretion' && { reason: 'As the named criteria say.' }),
    },
    biometrics: inventBiometrics(random),
    classOfAdmission: traveller.classOfAdmission,
    ...documents(traveller, random),
    fin: finOf(seed, index),
    ...identity(dated, random),
    ...person(dated),
    port,
    purposeCode: traveller.visit.purpose,
    registrantId,
    usState: traveller.usState,
    visit: inventVisit(random, traveller.visit.purpose, traveller.usState),
  };
}

export function callInData(
  dated: DatedFact,
  occurrence: Occurring<'CallInRegistrationCompleted'>,
  random: Random,
): RegistrantDataByType['CallInRegistrationCompleted'] {
  const { subject, fact, ordinal } = dated;
  const { seed, index, traveller, registrantId } = subject;
  const { office, group, port, admittedOn, asylumClaimFiledOn } = occurrence;
  return {
    admission: {
      admissionNumber: admissionNumberOf(seed, index, ordinal),
      admittedOn,
      ...admittedUntil(traveller, admittedOn),
      classOfAdmission: traveller.classOfAdmission,
      port,
    },
    ...(asylumClaimFiledOn !== undefined && { asylumClaimFiledOn }),
    biometrics: inventBiometrics(random),
    ...documents(traveller, random),
    fin: finOf(seed, index),
    group,
    ...identity(dated, random),
    office,
    ...person(dated),
    purposeCode: traveller.visit.purpose,
    registeredOn: fromDayNumber(fact.on),
    registrantId,
    usState: traveller.usState,
    visit: inventVisit(random, traveller.visit.purpose, traveller.usState),
  };
}

function admittedUntil(
  { visit }: Traveller,
  admittedOn: string,
): { readonly admittedUntil?: string } {
  if (visit.admittedDays === undefined) return {};
  return { admittedUntil: addDays(admittedOn, visit.admittedDays) };
}

function nationalityOf({ person: { nationalities } }: Traveller): string {
  return nationalities[0] ?? '';
}

function documents(traveller: Traveller, random: Random) {
  if (!random.chance(assumed.documented)) return {};
  return { documents: inventDocuments(random, nationalityOf(traveller)) };
}

/** Who the person is stands in the first registration only. */
function identity({ subject: { traveller }, ordinal }: DatedFact, random: Random) {
  return ordinal === 0 ? { identity: inventIdentity(random, nationalityOf(traveller)) } : {};
}

function person({ subject: { traveller }, ordinal }: DatedFact) {
  return ordinal === 0 ? { person: traveller.person } : {};
}
