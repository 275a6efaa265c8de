import type { Obligation } from '#libs/assessment';
import { type CivilDay, daysBetween } from '#libs/kernel';
import type { CellValue } from './answer.js';
import type { PersonTold } from './known.js';
import type { Measure } from './request.js';

/** Counts people who come one after the other: who has been followed by another never comes again. */
class Headcount {
  #count = 0;
  #last: string | undefined;

  get count(): number {
    return this.#count;
  }

  add(registrantId: string): void {
    if (registrantId === this.#last) return;
    this.#last = registrantId;
    this.#count += 1;
  }
}

/** What one cell has counted so far. */
export interface Tally {
  readonly byStatus: Map<string, number>;
  readonly people: Headcount;
  readonly peopleWithMissed: Headcount;
  readonly peoplePastAdmission: Headcount;
  readonly nationalities: Set<string>;
  readonly daysLate: number[];
  /** Appointments by office and day. */
  readonly appointments: Map<string, number>;
  /** Obligations of the cell, also those that this world does not impose. */
  obligations: number;
  unneeded: number;
  /** Departures of which it is known whether they were registered as asked. */
  departures: number;
  departuresRegistered: number;
  presumptions: number;
  rebutted: number;
  officeVisits: number;
  unobserved: number;
}

export function newTally(): Tally {
  return {
    byStatus: new Map(),
    people: new Headcount(),
    peopleWithMissed: new Headcount(),
    peoplePastAdmission: new Headcount(),
    nationalities: new Set(),
    daysLate: [],
    appointments: new Map(),
    obligations: 0,
    unneeded: 0,
    departures: 0,
    departuresRegistered: 0,
    presumptions: 0,
    rebutted: 0,
    officeVisits: 0,
    unobserved: 0,
  };
}

/** An obligation, and whose it is. */
export interface Owed {
  readonly obligation: Obligation;
  readonly person: PersonTold;
  /** At the registration on which it hangs. */
  readonly nationalities: readonly string[];
}

const OFFICE_DUTIES: ReadonlySet<string> = new Set([
  'call-in-registration',
  'follow-up-interview',
  'annual-reregistration',
  'notice-interview',
]);

/** Counts one obligation that this world imposes, or will. */
export function countObligation(
  tally: Tally,
  { obligation, person }: Owed,
  observedUntil: CivilDay,
): void {
  const { status, duty, dueOn, satisfiedOn } = obligation;
  tally.obligations += 1;
  add(tally.byStatus, status);
  if (status === 'missed') tally.peopleWithMissed.add(person.registrantId);
  if (status === 'met-late' && satisfiedOn !== undefined) {
    tally.daysLate.push(daysBetween(dueOn, satisfiedOn));
  }
  if (OFFICE_DUTIES.has(duty)) countVisit(tally, obligation);
  if (duty === 'departure-registration') countDeparture(tally, obligation, person);
  const isUnmet = status === 'open' || status === 'missed' || status === 'untested';
  if (isUnmet && satisfiedOn === undefined && dueOn > observedUntil) tally.unobserved += 1;
}

/** Counts an obligation of the base that this world does not impose. */
export function countNotImposed(tally: Tally): void {
  tally.obligations += 1;
}

/** Counts the person among those of the cell, once for all obligations in it. */
export function countPerson(tally: Tally, { person, nationalities }: Owed): void {
  tally.people.add(person.registrantId);
  for (const nationality of nationalities) tally.nationalities.add(nationality);
  if (person.isPastAdmission) tally.peoplePastAdmission.add(person.registrantId);
}

function countVisit(tally: Tally, { status, satisfiedOn, office }: Obligation): void {
  if (status === 'met' || status === 'met-late' || status === 'untested') tally.officeVisits += 1;
  if (satisfiedOn !== undefined) add(tally.appointments, `${office ?? ''} ${satisfiedOn}`);
}

function countDeparture(tally: Tally, { status, anchorOn }: Obligation, person: PersonTold): void {
  if (status === 'untested') return;
  tally.departures += 1;
  if (status === 'met') tally.departuresRegistered += 1;
  if (status !== 'missed') return;
  tally.presumptions += 1;
  if (person.rebuttedOn.has(anchorOn)) tally.rebutted += 1;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Minutes: of an officer's interview the middle between the bounds that are told. */
const BIOMETRIC_CAPTURE = 3;
const INTERVIEW = { low: 30, high: 60 } as const;
/** An assumption. */
export const MINUTES_PER_VISIT = BIOMETRIC_CAPTURE + (INTERVIEW.low + INTERVIEW.high) / 2;
/** An assumption: of 219 people asked (AALDEF) 60 % told of more than 10 hours. */
export const HOURS_PER_VISIT = 10;

type Reading = (tally: Tally) => CellValue;

function ofStatus(status: string): Reading {
  return ({ byStatus }) => byStatus.get(status) ?? 0;
}

const readings: Readonly<Record<Measure, Reading>> = {
  people: ({ people }) => people.count,
  imposed: ({ byStatus }) => sum(byStatus.values()) - (byStatus.get('upcoming') ?? 0),
  met: ofStatus('met'),
  metLate: ofStatus('met-late'),
  missed: ofStatus('missed'),
  released: ofStatus('released'),
  excused: ofStatus('excused'),
  untested: ofStatus('untested'),
  upcoming: ofStatus('upcoming'),
  open: ofStatus('open'),
  unneeded: ({ unneeded }) => unneeded,
  complianceRate: ({ byStatus }) => {
    const met = byStatus.get('met') ?? 0;
    return ratio(met, met + (byStatus.get('met-late') ?? 0) + (byStatus.get('missed') ?? 0));
  },
  medianDaysLate: ({ daysLate }) => median(daysLate),
  peopleWithMissed: ({ peopleWithMissed }) => peopleWithMissed.count,
  officerMinutes: ({ officeVisits }) => officeVisits * MINUTES_PER_VISIT,
  registrantHours: ({ officeVisits }) => officeVisits * HOURS_PER_VISIT,
  peakAppointments: ({ appointments }) => largest(appointments.values()),
  nationalities: ({ nationalities }) => nationalities.size,
  departuresRegistered: ({ departuresRegistered, departures }) =>
    ratio(departuresRegistered, departures),
  presumptions: ({ presumptions }) => presumptions,
  rebutted: ({ rebutted }) => rebutted,
  pastAdmission: ({ peoplePastAdmission }) => peoplePastAdmission.count,
};

/** The value of a measure; null where there is nothing to divide by. */
export function readMeasure(tally: Tally, measure: Measure): CellValue {
  return readings[measure](tally);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function largest(values: Iterable<number>): number {
  let found = 0;
  for (const value of values) found = Math.max(found, value);
  return found;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
