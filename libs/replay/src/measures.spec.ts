import { describe, expect, it } from '@jest/globals';
import {
  aCallIn,
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  aPerson,
  type SpecEvent,
  wholeEvents,
} from '#libs/spec';
import { historyOf, lastRows, type Asked } from './replayed.contract.js';
import { type Measure, measures } from './request.js';

const arrival = anArrival({ arrivedOn: '2003-06-01', admittedUntil: '2003-08-31' });
/** Follow-up from 2003-07-01 to 2003-07-11. */
const inTime = anInterview({ interviewedOn: '2003-07-05' });
const nineDaysLate = anInterview({ interviewedOn: '2003-07-20' });
const twoDaysLate = anInterview({ interviewedOn: '2003-07-13' });
const left = aDeparture({ departedOn: '2003-08-01' });
const leftUnregistered = anUnregisteredDeparture({ departedOn: '2003-08-01' });
const goodCause = aFact('GoodCauseAccepted', {
  ...wholeEvents.GoodCauseAccepted,
  obligation: { duty: 'follow-up-interview', anchorOn: '2003-06-01' },
  decidedOn: '2003-09-01',
});
const rebuttal = aFact('InadmissibilityPresumptionRebutted', {
  ...wholeEvents.InadmissibilityPresumptionRebutted,
  departedOn: '2003-08-01',
  decidedOn: '2003-09-01',
});
const calledIn = aCallIn({ registeredOn: '2002-12-16' });

interface Case {
  readonly says: string;
  readonly measure: Measure;
  readonly people: readonly (readonly SpecEvent[])[];
  readonly is: number | null;
  readonly asked?: Asked;
}

const cases: readonly Case[] = [
  {
    says: 'counts each person once for all obligations',
    measure: 'people',
    people: [
      [arrival, inTime],
      [arrival, left],
    ],
    is: 2,
  },
  {
    says: 'counts arrival and follow-up of one, and the departure too of another',
    measure: 'imposed',
    people: [
      [arrival, inTime],
      [arrival, inTime, left],
    ],
    is: 5,
  },
  { says: 'counts what was kept in time', measure: 'met', people: [[arrival, inTime]], is: 2 },
  {
    says: 'counts what was kept after its due day',
    measure: 'metLate',
    people: [[arrival, nineDaysLate]],
    is: 1,
  },
  { says: 'counts what was not kept', measure: 'missed', people: [[arrival]], is: 1 },
  {
    says: 'counts what a departure within the window released',
    measure: 'released',
    people: [[arrival, aDeparture({ departedOn: '2003-07-05' })]],
    is: 1,
  },
  {
    says: 'counts what good cause excused',
    measure: 'excused',
    people: [[arrival, goodCause]],
    is: 1,
  },
  {
    says: 'counts nothing as untested in the world that was',
    measure: 'untested',
    people: [[arrival, nineDaysLate], [arrival]],
    is: 0,
  },
  {
    says: 'counts what nobody was asked for in a world that asks it',
    measure: 'untested',
    people: [[anArrival({ arrivedOn: '2003-11-10' })]],
    is: 1,
    asked: { on: '2004-01-15', scenario: 'no-suspension' },
  },
  {
    says: 'counts what opens within 400 days',
    measure: 'upcoming',
    people: [[calledIn]],
    is: 1,
    asked: { on: '2003-01-01' },
  },
  {
    says: 'counts what has opened and is not due yet',
    measure: 'open',
    people: [[arrival]],
    is: 1,
    asked: { on: '2003-07-11' },
  },
  {
    says: 'counts an interview before its window opened',
    measure: 'unneeded',
    people: [[arrival, anInterview({ interviewedOn: '2003-06-20' })]],
    is: 1,
  },
  {
    says: 'is what was met in time, of met, late and missed',
    measure: 'complianceRate',
    people: [[arrival, inTime], [arrival, nineDaysLate], [arrival], [arrival, goodCause]],
    is: 0.7143,
  },
  { says: 'is unknown where nothing was due', measure: 'complianceRate', people: [[]], is: null },
  {
    says: 'lies half way between two who were late by 2 and by 9 days',
    measure: 'medianDaysLate',
    people: [
      [arrival, twoDaysLate],
      [arrival, nineDaysLate],
    ],
    is: 5.5,
  },
  {
    says: 'is unknown where nobody was late',
    measure: 'medianDaysLate',
    people: [[arrival, inTime]],
    is: null,
  },
  {
    says: 'counts a person once who missed two obligations',
    measure: 'peopleWithMissed',
    people: [
      [arrival, leftUnregistered],
      [arrival, inTime],
    ],
    is: 1,
  },
  {
    says: 'counts 48 for each visit to an office, late ones too, and none for an arrival',
    measure: 'officerMinutes',
    people: [[arrival, inTime], [arrival, nineDaysLate], [arrival]],
    is: 96,
  },
  {
    says: 'counts 10 for each visit to an office',
    measure: 'registrantHours',
    people: [[calledIn], [arrival, inTime]],
    is: 20,
  },
  {
    says: 'is the most at one office on one day',
    measure: 'peakAppointments',
    people: [
      [arrival, inTime],
      [arrival, inTime],
      [arrival, nineDaysLate],
      [arrival, anInterview({ interviewedOn: '2003-07-05', office: 'NYC' })],
    ],
    is: 2,
  },
  {
    says: 'counts each country once',
    measure: 'nationalities',
    people: [
      [arrival],
      [anArrival({ arrivedOn: '2003-06-01', person: { ...aPerson, nationalities: ['IR', 'CA'] } })],
    ],
    is: 2,
  },
  {
    says: 'is those confirmed, of all departures that had to be',
    measure: 'departuresRegistered',
    people: [
      [arrival, inTime, left],
      [arrival, inTime, leftUnregistered],
    ],
    is: 0.5,
  },
  {
    says: 'is unknown where nobody left',
    measure: 'departuresRegistered',
    people: [[arrival]],
    is: null,
  },
  {
    says: 'counts departures that were missed',
    measure: 'presumptions',
    people: [
      [arrival, leftUnregistered],
      [arrival, leftUnregistered, rebuttal],
    ],
    is: 2,
  },
  {
    says: 'counts presumptions overcome for that very departure',
    measure: 'rebutted',
    people: [
      [arrival, leftUnregistered, rebuttal],
      [
        arrival,
        leftUnregistered,
        { ...rebuttal, data: { ...rebuttal.data, departedOn: '2003-08-02' } },
      ],
    ],
    is: 1,
  },
  {
    says: 'counts who is still here after the day up to which they were admitted',
    measure: 'pastAdmission',
    people: [[arrival], [arrival, left], [anArrival({ arrivedOn: '2003-06-01' })]],
    is: 1,
  },
  {
    says: 'counts nobody on the last day of the admission',
    measure: 'pastAdmission',
    people: [[arrival]],
    is: 0,
    asked: { on: '2003-08-31' },
  },
  {
    says: 'counts nobody who is held to have left with the admission',
    measure: 'pastAdmission',
    people: [[arrival]],
    is: 0,
    asked: { on: '2003-11-01', presence: ['until-admitted-until'] },
  },
];

describe('a measure, seen from 2003-11-01 where no other day is named', () => {
  it.each(cases)('$measure $says', async ({ measure, people, is, asked }) => {
    const question = { on: '2003-11-01', ...asked, measures: [measure] };
    const [row] = await lastRows(historyOf(...people), question);
    expect(row?.[measure]).toBe(is);
  });

  it('has a case here, whichever it is', () => {
    expect([...new Set(cases.map(({ measure }) => measure))].sort()).toEqual([...measures].sort());
  });

  it('changes no other by being asked for', async () => {
    const history = historyOf([calledIn], [arrival, inTime, left], [arrival]);
    const others = measures.filter((measure) => measure !== 'upcoming');
    // Due from December on: nothing but the re-registration that lies ahead.
    const asked = { on: '2003-01-01', from: '2003-12-01', measures: others };
    const [all] = await lastRows(history, { ...asked, measures });
    const [row] = await lastRows(history, asked);
    expect({ ...all, upcoming: undefined }).toEqual({ ...row, upcoming: undefined });
    expect(all?.['upcoming']).toBe(1);
    expect(all?.['people']).toBe(0);
  });
});
