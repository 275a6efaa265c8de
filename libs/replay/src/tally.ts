import type { Obligation } from '#libs/assessment';
import { daysBetween } from '#libs/kernel';
import type { CellValue } from './answer.js';
import type { Measure } from './request.js';

/** What one cell has counted so far. */
export interface Tally {
  readonly byStatus: Map<string, number>;
  readonly people: Set<string>;
  readonly peopleWithMissed: Set<string>;
  readonly peoplePastAdmission: Set<string>;
  readonly nationalities: Set<string>;
  readonly daysLate: number[];
  /** Appointments by office and day. */
  readonly appointments: Map<string, number>;
  /** Obligations of the cell, also those that this world does not impose. */
  obligations: number;
  unneeded: number;
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
    people: new Set(),
    peopleWithMissed: new Set(),
    peoplePastAdmission: new Set(),
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

/** What of a person counts with each of the person's obligations. */
export interface PersonTold {
  readonly registrantId: string;
  readonly nationalities: readonly string[];
  readonly isPastAdmission: boolean;
  /** Days of departure for which the presumption of inadmissibility was rebutted. */
  readonly rebuttedOn: ReadonlySet<string>;
}

const OFFICE_DUTIES: ReadonlySet<string> = new Set([
  'call-in-registration',
  'follow-up-interview',
  'annual-reregistration',
  'notice-interview',
]);

/** Counts one obligation that this world imposes. */
export function countObligation(
  tally: Tally,
  obligation: Obligation,
  { person, observedUntil }: { readonly person: PersonTold; readonly observedUntil: string },
): void {
  const { status, duty, dueOn, satisfiedOn, office } = obligation;
  tally.obligations += 1;
  add(tally.byStatus, status);
  countPerson(tally, person);
  if (status === 'missed') tally.peopleWithMissed.add(person.registrantId);
  if (status === 'met-late' && satisfiedOn !== undefined) {
    tally.daysLate.push(daysBetween(dueOn, satisfiedOn));
  }
  if (OFFICE_DUTIES.has(duty)) {
    if (status === 'met' || status === 'met-late' || status === 'untested') tally.officeVisits += 1;
    if (satisfiedOn !== undefined) add(tally.appointments, `${office ?? ''} ${satisfiedOn}`);
  }
  if (duty === 'departure-registration') countDeparture(tally, obligation, person);
  const isUnmet = status === 'open' || status === 'missed' || status === 'untested';
  if (isUnmet && satisfiedOn === undefined && dueOn > observedUntil) tally.unobserved += 1;
}

/** Counts an obligation of the base that this world does not impose. */
export function countNotImposed(tally: Tally, person: PersonTold): void {
  tally.obligations += 1;
  countPerson(tally, person);
}

function countPerson(tally: Tally, person: PersonTold): void {
  tally.people.add(person.registrantId);
  for (const nationality of person.nationalities) tally.nationalities.add(nationality);
  if (person.isPastAdmission) tally.peoplePastAdmission.add(person.registrantId);
}

function countDeparture(tally: Tally, { status, anchorOn }: Obligation, person: PersonTold): void {
  tally.departures += 1;
  if (status === 'met') tally.departuresRegistered += 1;
  if (status !== 'missed') return;
  tally.presumptions += 1;
  if (person.rebuttedOn.has(anchorOn)) tally.rebutted += 1;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** 3 minutes of biometrics and an interview of 45, half way between the 30 and 60 that are told: assumed. */
export const MINUTES_PER_VISIT = 48;
/** In a survey of 219 people (AALDEF) 60 % told of more than 10 hours: 10 are assumed for each visit. */
export const HOURS_PER_VISIT = 10;

type Reading = (tally: Tally) => CellValue;

function ofStatus(status: string): Reading {
  return ({ byStatus }) => byStatus.get(status) ?? 0;
}

const readings: Readonly<Record<Measure, Reading>> = {
  people: ({ people }) => people.size,
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
  peopleWithMissed: ({ peopleWithMissed }) => peopleWithMissed.size,
  officerMinutes: ({ officeVisits }) => officeVisits * MINUTES_PER_VISIT,
  registrantHours: ({ officeVisits }) => officeVisits * HOURS_PER_VISIT,
  peakAppointments: ({ appointments }) => Math.max(0, ...appointments.values()),
  nationalities: ({ nationalities }) => nationalities.size,
  departuresRegistered: ({ departuresRegistered, departures }) =>
    ratio(departuresRegistered, departures),
  presumptions: ({ presumptions }) => presumptions,
  rebutted: ({ rebutted }) => rebutted,
  pastAdmission: ({ peoplePastAdmission }) => peoplePastAdmission.size,
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

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
