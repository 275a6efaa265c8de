import type { Person, RegistrantDataByType } from '#libs/registry';

type Arrival = RegistrantDataByType['ArrivalRegistered'];
type CallIn = RegistrantDataByType['CallInRegistrationCompleted'];
type Given<Data, Day extends keyof Data> = Pick<Data, Day> & Partial<Data>;

/** The registrant of specs that need only one. */
export const SPEC_REGISTRANT = '00000000-0000-4000-8000-000000000001';

/** A man of 28 from Iran: every designation and group 1 match him. */
export const aPerson: Person = { sex: 'M', bornOn: '1975-03-14', nationalities: ['IR'] };

/** What both registrations carry of an invented person, in full. */
const registration = {
  registrantId: SPEC_REGISTRANT,
  fin: '9000001',
  person: aPerson,
  identity: {
    familyName: 'Testperson',
    givenNames: 'Exempli',
    birthCountry: 'IR',
    passport: { number: 'X0000001', country: 'IR' },
  },
  purposeCode: 'study',
  usState: 'VA',
  visit: {
    purpose: 'Invented studies',
    usAddress: { line1: '1 Nowhere Street', city: 'Sampleton', state: 'VA', zip: '00000' },
  },
  biometrics: { fingerprintsRef: 'specimen-prints-1', photographRef: 'specimen-photo-1' },
} as const;

/** An arrival at New York as a student, by designation. */
export function anArrival(given: Given<Arrival, 'arrivedOn'>) {
  const data: Arrival = {
    ...registration,
    port: 'NYC',
    classOfAdmission: 'F1',
    admissionNumber: '90000000001',
    basis: { kind: 'designation' },
    ...given,
  };
  return { type: 'ArrivalRegistered', data } as const;
}

/** A registration at the Washington office in group 1, of a student admitted at New York in August 2002. */
export function aCallIn(given: Given<CallIn, 'registeredOn'>) {
  const data: CallIn = {
    ...registration,
    office: 'WAS',
    group: 1,
    admission: {
      admittedOn: '2002-08-20',
      port: 'NYC',
      classOfAdmission: 'F1',
      admissionNumber: '90000000002',
    },
    ...given,
  };
  return { type: 'CallInRegistrationCompleted', data } as const;
}
