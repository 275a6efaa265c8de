import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#libs/kernel';
import {
  aCallIn,
  aDeparture,
  anArrival,
  anInterview,
  aPerson,
  aReregistration,
  type SpecEvent,
} from '#libs/spec';
import { type Asked, historyOf, lastRows } from './replayed.contract.js';
import { type Dimension, dimensions } from './request.js';

const arrival = anArrival({ arrivedOn: '2003-06-01' });
const interview = anInterview({ interviewedOn: '2003-07-05', office: 'NYC' });
const tooEarly = anInterview({ interviewedOn: '2003-06-20', office: 'BOS' });
const aged = (bornOn: string): SpecEvent =>
  anArrival({ arrivedOn: '2003-06-01', person: { ...aPerson, bornOn } });

type Cells = Readonly<Record<string, number>>;

/** How often a measure counts in each cell, in the order of the rows. */
async function cellsBy(
  dimension: Dimension,
  events: readonly RecordedEvent[],
  asked: Asked = {},
): Promise<Cells> {
  const [measure = 'imposed'] = asked.measures ?? [];
  const question = { on: '2003-11-01', measures: [measure], ...asked, by: [dimension] };
  const rows = await lastRows(events, question);
  return Object.fromEntries(rows.map((row) => [String(row[dimension]), Number(row[measure])]));
}

interface Case {
  readonly says: string;
  readonly by: Dimension;
  readonly people: readonly (readonly SpecEvent[])[];
  readonly gives: Cells;
  readonly asked?: Asked;
}

const cases: readonly Case[] = [
  {
    says: 'the month of the due day',
    by: 'month',
    people: [[arrival]],
    gives: { '2003-06': 1, '2003-07': 1 },
  },
  {
    says: 'each duty',
    by: 'duty',
    people: [[arrival, interview, aDeparture({ departedOn: '2003-08-01' })]],
    gives: { 'arrival-registration': 1, 'follow-up-interview': 1, 'departure-registration': 1 },
  },
  {
    says: 'what became of it',
    by: 'status',
    people: [[arrival], [arrival, interview]],
    gives: { met: 3, missed: 1 },
  },
  {
    says: 'what became of it in both worlds',
    by: 'transition',
    people: [[arrival], [arrival, interview]],
    gives: { 'met -> met': 3, 'missed -> missed': 1 },
  },
  {
    says: 'each nationality of the person at the registration',
    by: 'nationality',
    people: [
      [anArrival({ arrivedOn: '2003-06-01', person: { ...aPerson, nationalities: ['IR', 'CA'] } })],
      [arrival],
    ],
    gives: { CA: 2, IR: 4 },
  },
  {
    says: 'the recorded basis of the arrival, or the call-in',
    by: 'basis',
    people: [
      [arrival],
      [aCallIn({ registeredOn: '2002-12-16' })],
      [
        anArrival({
          arrivedOn: '2003-06-01',
          person: { ...aPerson, nationalities: ['FR'] },
          basis: { kind: 'officer-discretion', criteria: ['earlier-overstay'], reason: 'Invented' },
        }),
      ],
    ],
    gives: { 'call-in': 1, designation: 2, 'officer-discretion': 2 },
  },
  {
    says: 'each criterion of the discretion, and none of a designation',
    by: 'criterion',
    people: [
      [arrival],
      [
        anArrival({
          arrivedOn: '2003-06-01',
          person: { ...aPerson, nationalities: ['FR'] },
          basis: {
            kind: 'officer-discretion',
            criteria: ['earlier-overstay', 'unexplained-travel'],
            reason: 'Invented',
          },
        }),
      ],
    ],
    gives: { 'earlier-overstay': 2, 'unexplained-travel': 2, none: 2 },
  },
  {
    says: 'the purpose told at the registration',
    by: 'purpose',
    people: [[arrival], [anArrival({ arrivedOn: '2003-06-01', purposeCode: 'work' })]],
    gives: { study: 2, work: 2 },
  },
  {
    says: 'the group to which the policy gives a call-in, whatever group its record names',
    by: 'callInGroup',
    people: [
      [aCallIn({ registeredOn: '2002-12-16', group: 4 })],
      [aCallIn({ registeredOn: '2003-03-01', person: { ...aPerson, nationalities: ['PK'] } })],
      [arrival],
    ],
    gives: { '1': 1, '3': 1, none: 2 },
  },
  {
    says: 'the port of the fact that satisfied it, else that of the arrival',
    by: 'port',
    people: [[arrival, interview, aDeparture({ departedOn: '2003-08-01', port: 'LOS' })]],
    gives: { LOS: 1, NYC: 2 },
  },
  {
    says: 'the office of the fact that satisfied it, else the one responsible',
    by: 'office',
    people: [[arrival, interview]],
    gives: { NYC: 1, WAS: 1 },
  },
  {
    says: 'the class of the admission',
    by: 'classOfAdmission',
    people: [[arrival], [aCallIn({ registeredOn: '2002-12-16' })]],
    gives: { F1: 3 },
  },
  {
    says: 'the sex',
    by: 'sex',
    people: [[arrival], [anArrival({ arrivedOn: '2003-06-01', person: { ...aPerson, sex: 'F' } })]],
    gives: { F: 2, M: 2 },
  },
  {
    says: 'the age on the opening day: 16 on the day of arrival, 15 the day before the birthday',
    by: 'ageBand',
    people: [[aged('1987-06-01')], [aged('1987-06-02')], [aged('1938-06-01')]],
    gives: { '0-15': 1, '16-17': 3, '65+': 2 },
  },
  {
    says: 'the age on the opening day, though the birthday comes before the due day',
    by: 'ageBand',
    people: [[aged('1987-07-05')]],
    gives: { '0-15': 2 },
  },
];

describe('a dimension', () => {
  it.each(cases)('$by tells apart $says', async ({ by, people, gives, asked }) => {
    const cells = await cellsBy(by, historyOf(...people), asked);
    expect(cells).toEqual(gives);
  });

  it('has a case here, whichever it is', () => {
    expect([...new Set(cases.map(({ by }) => by))].sort()).toEqual([...dimensions].sort());
  });

  it.each([
    ['month', '2003-06'],
    ['duty', 'follow-up-interview'],
    ['status', 'unneeded'],
    ['transition', 'unneeded'],
    ['nationality', 'IR'],
    ['basis', 'designation'],
    ['purpose', 'study'],
    ['office', 'BOS'],
    ['port', 'none'],
    ['classOfAdmission', 'F1'],
    ['sex', 'M'],
    ['ageBand', '25-34'],
    ['callInGroup', 'none'],
    ['criterion', 'none'],
  ] as const)('%s places a fact that nobody needed at %s', async (by, cell) => {
    const cells = await cellsBy(by, historyOf([arrival, tooEarly]), { measures: ['unneeded'] });
    expect(cells[cell]).toBe(1);
    expect(Object.values(cells).reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it('crosses with another, and a person with two nationalities counts in each', async () => {
    const both = anArrival({
      arrivedOn: '2003-06-01',
      person: { ...aPerson, nationalities: ['IR', 'CA'] },
    });
    const by = ['duty', 'nationality'] as const;
    const events = historyOf([both, interview]);
    const rows = await lastRows(events, { on: '2003-11-01', by });
    const once = { imposed: 1, people: 1, untested: 0, unobserved: 0 };
    expect(rows).toEqual([
      { ...once, duty: 'arrival-registration', nationality: 'CA' },
      { ...once, duty: 'arrival-registration', nationality: 'IR' },
      { ...once, duty: 'follow-up-interview', nationality: 'CA' },
      { ...once, duty: 'follow-up-interview', nationality: 'IR' },
    ]);
    const [total] = await lastRows(events, { on: '2003-11-01' });
    expect(total).toEqual({ imposed: 2, people: 1, untested: 0, unobserved: 0 });
  });

  it('tells the person apart as they were at the registration on which the obligation hangs', async () => {
    const returned = anArrival({
      arrivedOn: '2003-09-01',
      person: { ...aPerson, nationalities: ['SD'] },
    });
    const events = historyOf([arrival, aDeparture({ departedOn: '2003-06-10' }), returned]);
    expect(await cellsBy('nationality', events)).toEqual({ IR: 2, SD: 2 });
  });

  it('lists duties and statuses as the rules do, months as they follow, and none at the end', async () => {
    const people = [
      [aCallIn({ registeredOn: '2002-11-20' }), aReregistration({ reregisteredOn: '2003-11-20' })],
      [
        anArrival({
          arrivedOn: '2003-06-01',
          person: { ...aPerson, nationalities: ['IR', 'CA'] },
        }),
        aDeparture({ departedOn: '2003-08-01' }),
      ],
    ];
    const keys = async (by: Dimension): Promise<readonly unknown[]> => {
      const rows = await lastRows(historyOf(...people), { on: '2003-12-01', by: [by] });
      return rows.map((row) => row[by]);
    };
    expect(await keys('duty')).toEqual([
      'arrival-registration',
      'call-in-registration',
      'follow-up-interview',
      'annual-reregistration',
      'departure-registration',
    ]);
    expect(await keys('status')).toEqual(['met', 'missed']);
    expect(await keys('callInGroup')).toEqual(['1', 'none']);
    expect(await keys('nationality')).toEqual(['CA', 'IR']);
    const months = await keys('month');
    expect(months).toEqual(months.toSorted());
  });
});
