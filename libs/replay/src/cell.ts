import { type Obligation, obligationName, type Subject } from '#libs/assessment';
import { ageOn, type CivilDay } from '#libs/kernel';
import type { Duty } from '#libs/policy';
import {
  type Fact,
  factsOf,
  isRegistration,
  type Person,
  personAtFacts,
  type Presence,
  staysOf,
  stayHolds,
  admissionOf,
} from '#libs/registry';
import type { Dimension } from './request.js';
import type { PersonTold } from './tally.js';

/** One registrant's facts as the dimensions look at them. */
export interface Known {
  readonly person: PersonTold;
  readonly facts: ReadonlyMap<string, Fact>;
  readonly persons: ReadonlyMap<string, Person>;
}

const NONE = 'none';

export function knownOf(
  { registrantId, events }: Subject,
  view: { readonly on: CivilDay; readonly knownAt?: string; readonly presence: Presence },
): Known {
  const facts = factsOf(events, view);
  const persons = personAtFacts(facts);
  const last = facts.at(-1);
  return {
    person: {
      registrantId,
      nationalities: (last && persons.get(last.id)?.nationalities) ?? [],
      isPastAdmission: isPastAdmission(facts, view),
      rebuttedOn: new Set(
        facts.flatMap((fact) =>
          fact.type === 'InadmissibilityPresumptionRebutted' ? [fact.data.departedOn] : [],
        ),
      ),
    },
    facts: new Map(facts.map((fact) => [fact.id, fact])),
    persons,
  };
}

function isPastAdmission(
  facts: readonly Fact[],
  { on, presence }: { readonly on: CivilDay; readonly presence: Presence },
): boolean {
  const stay = staysOf(facts, presence).at(-1);
  if (!stay || !stayHolds(stay, on) || stay.departure) return false;
  const { admittedUntil } = admissionOf(stay);
  return admittedUntil !== undefined && admittedUntil < on;
}

/** Statuses of one person's obligations in the base, by the obligation's name. */
export type BaseStatuses = ReadonlyMap<string, string>;

export function baseStatuses(obligations: readonly Obligation[]): BaseStatuses {
  return new Map(obligations.map((obligation) => [obligationName(obligation), obligation.status]));
}

export const NOT_IMPOSED = 'not-imposed';

/** What an obligation is told apart by: its own facts, and its status in both worlds. */
export interface Told {
  readonly obligation: Obligation;
  readonly status: string;
  readonly inBase: string;
}

/** The cells to which an obligation counts: one, or several where a dimension has several values. */
export function cellsOf(
  by: readonly Dimension[],
  told: Told,
  known: Known,
): readonly (readonly string[])[] {
  return by.reduce<readonly (readonly string[])[]>(
    (cells, dimension) => {
      const values = valuesOf(dimension, told, known);
      return cells.flatMap((cell) => values.map((value) => [...cell, value]));
    },
    [[]],
  );
}

function valuesOf(dimension: Dimension, told: Told, known: Known): readonly string[] {
  const { obligation } = told;
  switch (dimension) {
    case 'month':
      return [obligation.dueOn.slice(0, 7)];
    case 'duty':
      return [obligation.duty];
    case 'status':
      return [told.status];
    case 'transition':
      return [`${told.inBase} -> ${told.status}`];
    case 'port':
      return [obligation.port];
    case 'office':
      return [obligation.office ?? NONE];
    case 'nationality':
      return orNone(known.person.nationalities);
    case 'sex':
    case 'ageBand':
    case 'basis':
    case 'criterion':
    case 'purpose':
    case 'callInGroup':
    case 'classOfAdmission':
      return registrationValues(dimension, obligation, known);
  }
}

function registrationValues(
  dimension: Dimension,
  obligation: Obligation,
  known: Known,
): readonly string[] {
  const registration = obligation.facts
    .map((id) => known.facts.get(id))
    .find((fact) => fact !== undefined && isRegistration(fact));
  if (!registration || !isRegistration(registration)) return [NONE];
  const person = known.persons.get(registration.id);
  if (dimension === 'sex') return [person?.sex ?? NONE];
  if (dimension === 'purpose') return [registration.data.purposeCode];
  if (dimension === 'ageBand') {
    return [person ? ageBand(ageOn(person.bornOn, obligation.opensOn)) : NONE];
  }
  return registration.type === 'ArrivalRegistered'
    ? arrivalValues(dimension, registration.data)
    : callInValues(dimension, registration.data);
}

function arrivalValues(
  dimension: Dimension,
  { basis, classOfAdmission }: Fact<'ArrivalRegistered'>['data'],
): readonly string[] {
  if (dimension === 'basis') return [basis.kind];
  if (dimension === 'criterion') return orNone(basis.criteria ?? []);
  return [dimension === 'classOfAdmission' ? classOfAdmission : NONE];
}

function callInValues(
  dimension: Dimension,
  { admission, group }: Fact<'CallInRegistrationCompleted'>['data'],
): readonly string[] {
  if (dimension === 'basis') return ['call-in'];
  if (dimension === 'callInGroup') return [String(group)];
  return [dimension === 'classOfAdmission' ? admission.classOfAdmission : NONE];
}

function orNone(values: readonly string[]): readonly string[] {
  return values.length > 0 ? values : [NONE];
}

const BANDS = [16, 18, 25, 35, 45, 55, 65] as const;

function ageBand(age: number): string {
  const from = BANDS.findLast((limit) => limit <= age);
  if (from === undefined) return `under ${BANDS[0]}`;
  const to = BANDS.find((limit) => limit > age);
  return to === undefined ? `${from} and over` : `${from}-${to - 1}`;
}

/** The duty that a fact would have satisfied, and the cell in which it counts as unneeded. */
export function unneededCell(
  by: readonly Dimension[],
  fact: Fact,
  known: Known,
): readonly string[] {
  return by.map((dimension) => {
    if (dimension === 'duty') return dutyOfFact(fact) ?? NONE;
    if (dimension === 'month') return fact.day.slice(0, 7);
    if (dimension === 'status' || dimension === 'transition') return 'unneeded';
    if (dimension === 'nationality') return known.person.nationalities[0] ?? NONE;
    return NONE;
  });
}

function dutyOfFact({ type }: Fact): Duty | undefined {
  const duties: Partial<Record<Fact['type'], Duty>> = {
    ArrivalRegistered: 'arrival-registration',
    CallInRegistrationCompleted: 'call-in-registration',
    FollowUpInterviewCompleted: 'follow-up-interview',
    AnnualReregistrationCompleted: 'annual-reregistration',
    ChangeReported: 'change-notice',
    DepartureConfirmed: 'departure-registration',
    NoticeInterviewCompleted: 'notice-interview',
  };
  return duties[type];
}
