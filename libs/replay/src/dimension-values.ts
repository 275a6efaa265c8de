import { ageOn, type CivilDay } from '#libs/kernel';
import type { Fact, Person } from '#libs/registry';
import type { Registration } from './known.js';
import type { Dimension } from './request.js';

/** Stands for a value that something has not, or that nobody recorded. */
export const NONE = 'none';
/** The status of an obligation that one of two worlds does not impose. */
export const NOT_IMPOSED = 'not-imposed';
/** Stands for the status of a fact that satisfied nothing. */
export const UNNEEDED = 'unneeded';
/** Between the status in the base and that in the world. */
export const TRANSITION = ' -> ';

/** What an obligation, or a fact that nobody needed, is told apart by. */
export interface Traits {
  readonly duty: string;
  /** The due day of an obligation, the own day of a fact. */
  readonly day: CivilDay;
  readonly status: string;
  readonly transition: string;
  readonly port: string | undefined;
  readonly office: string | undefined;
  /** The registration on which it hangs, and what the person was then. */
  readonly registration: Registration | undefined;
  readonly person: Person | undefined;
  /** The day on which the person's age is told. */
  readonly agedOn: CivilDay;
  /** The group to which this world's policy gives the registration, whatever its record names. */
  readonly callInGroup: number | undefined;
}

/** The cells to which something counts: one, or several where a dimension has several values. */
export function cellsOf(by: readonly Dimension[], traits: Traits): readonly (readonly string[])[] {
  return by.reduce<readonly (readonly string[])[]>(
    (cells, dimension) => {
      const values = valuesOf(dimension, traits);
      return cells.flatMap((cell) => values.map((value) => [...cell, value]));
    },
    [[]],
  );
}

function valuesOf(dimension: Dimension, traits: Traits): readonly string[] {
  const { person } = traits;
  switch (dimension) {
    case 'month':
      return [traits.day.slice(0, 7)];
    case 'duty':
    case 'status':
    case 'transition':
      return [traits[dimension]];
    case 'port':
    case 'office':
      return [traits[dimension] ?? NONE];
    case 'callInGroup':
      return [String(traits.callInGroup ?? NONE)];
    case 'nationality':
      return orNone(person?.nationalities);
    case 'sex':
      return [person?.sex ?? NONE];
    case 'ageBand':
      return [person ? ageBand(ageOn(person.bornOn, traits.agedOn)) : NONE];
    case 'basis':
    case 'criterion':
    case 'purpose':
    case 'classOfAdmission':
      return traits.registration ? recordedValues(dimension, traits.registration) : [NONE];
  }
}

function recordedValues(
  dimension: 'basis' | 'criterion' | 'purpose' | 'classOfAdmission',
  registration: Registration,
): readonly string[] {
  if (dimension === 'purpose') return [registration.data.purposeCode];
  return registration.type === 'ArrivalRegistered'
    ? arrivalValues(dimension, registration.data)
    : callInValues(dimension, registration.data);
}

function arrivalValues(
  dimension: 'basis' | 'criterion' | 'classOfAdmission',
  { basis, classOfAdmission }: Fact<'ArrivalRegistered'>['data'],
): readonly string[] {
  if (dimension === 'basis') return [basis.kind];
  return dimension === 'criterion' ? orNone(basis.criteria) : [classOfAdmission];
}

function callInValues(
  dimension: 'basis' | 'criterion' | 'classOfAdmission',
  { admission }: Fact<'CallInRegistrationCompleted'>['data'],
): readonly string[] {
  if (dimension === 'basis') return ['call-in'];
  return [dimension === 'criterion' ? NONE : admission.classOfAdmission];
}

function orNone(values: readonly string[] = []): readonly string[] {
  return values.length > 0 ? values : [NONE];
}

/** First ages of the bands: 16 is that of the designation and the call-ins. */
const BANDS = [0, 16, 18, 25, 35, 45, 55, 65] as const;

function ageBand(age: number): string {
  const from = BANDS.findLast((limit) => limit <= age) ?? BANDS[0];
  const next = BANDS.find((limit) => limit > age);
  return next === undefined ? `${from}+` : `${from}-${next - 1}`;
}
