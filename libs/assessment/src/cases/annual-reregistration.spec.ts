import { describe } from '@jest/globals';
import { type Case, holds } from './case.contract.js';
import {
  classExempt,
  dutyEnacted,
  movedToUsVisit,
  reinstated,
  suspended,
} from './enactments.contract.js';

const DUTY = 'annual-reregistration';
const REREGISTRATION = ['AnnualReregistrationCompleted'];
const neverSuspended = [{ withdraw: 'domestic-registration-suspended' }];
const neverEnding = [
  ...neverSuspended,
  { withdraw: 'countries-delisted' },
  { withdraw: 'regulation-removed' },
];

/** Of an arrival on 15 September 2002: year 1 from 5 to 25 September 2003. */
const firstYear: readonly Case[] = [
  {
    law: 'it opens 10 days before the anniversary of the arrival',
    life: 'arrived 2002-09-15 port=DET state=MI',
    seen: '2003-09-05',
    comes: ['year 1: 2003-09-05..2003-09-25 open'],
    rests: [0],
    with: {
      anchorOn: '2002-09-15',
      year: 1,
      office: 'DET',
      port: 'DET',
      because: ['annual-reregistration-enacted'],
    },
  },
  {
    law: 'it is due 10 days after the anniversary, and missed the day after that',
    life: 'arrived 2002-09-15',
    seen: '2003-09-26',
    comes: ['year 1: 2003-09-05..2003-09-25 missed'],
  },
  {
    law: 'a re-registration on the opening day meets it',
    life: 'arrived 2002-09-15; reregistered 2003-09-05 office=CHI',
    seen: '2003-11-01',
    comes: ['year 1: 2003-09-05..2003-09-25 met on 2003-09-05'],
    rests: [0, 1],
    with: { office: 'CHI', port: 'NYC' },
  },
  {
    law: 'a re-registration before the opening day satisfies nothing',
    life: 'arrived 2002-09-15; reregistered 2003-09-04',
    seen: '2003-11-01',
    comes: ['year 1: 2003-09-05..2003-09-25 missed'],
    unneeded: REREGISTRATION,
  },
  {
    law: 'a re-registration after the due day is late',
    life: 'arrived 2002-09-15; reregistered 2003-09-26',
    seen: '2003-11-01',
    comes: ['year 1: 2003-09-05..2003-09-25 met-late on 2003-09-26'],
  },
  {
    law: 'the anchor of a stay under registration by a call-in is the day of that registration',
    life: 'called-in 2002-11-20',
    seen: '2003-11-10',
    comes: ['year 1: 2003-11-10..2003-11-30 open'],
    with: { anchorOn: '2002-11-20', port: 'NYC' },
  },
  {
    law: 'so it is where the stay began with an arrival that nobody had to register',
    life: 'arrived 2002-09-05 port=MIA; called-in 2002-11-20 admitted=2002-09-05',
    seen: '2003-11-10',
    comes: ['year 1: 2003-11-10..2003-11-30 open'],
    unneeded: ['ArrivalRegistered'],
    rests: [1],
    with: { anchorOn: '2002-11-20', port: 'MIA' },
  },
  {
    law: 'one who re-registered on the day before the suspension met it',
    life: 'called-in 2002-11-22; reregistered 2003-12-01',
    seen: '2004-06-30',
    comes: ['year 1: 2003-11-12..2003-12-02 met on 2003-12-01'],
  },
  {
    law: 'one who came on the day of the suspension had been released, though it was the due day',
    life: 'called-in 2002-11-22; reregistered 2003-12-02',
    seen: '2004-06-30',
    comes: ['year 1: 2003-11-12..2003-12-02 released on 2003-12-02'],
    unneeded: REREGISTRATION,
    with: { because: ['annual-reregistration-enacted', 'domestic-registration-suspended'] },
  },
  {
    law: 'a late re-registration counts though the duty has been suspended since',
    life: 'arrived 2002-09-15; reregistered 2005-03-01',
    seen: '2005-06-30',
    comes: ['year 1: 2003-09-05..2003-09-25 met-late on 2005-03-01'],
  },
  {
    law: 'a departure on the day before the opening leaves nothing to impose',
    life: 'arrived 2002-09-15; departed 2003-09-04',
    seen: '2003-11-01',
    comes: [],
  },
  {
    law: 'a departure on the opening day releases',
    life: 'arrived 2002-09-15; departed 2003-09-05',
    seen: '2003-11-01',
    comes: ['year 1: 2003-09-05..2003-09-25 released on 2003-09-05'],
  },
  {
    law: 'a status outside the programme on the anniversary releases',
    life: 'arrived 2002-09-15; became 2003-09-15 to=permanent-resident',
    seen: '2003-11-01',
    comes: ['year 1: 2003-09-05..2003-09-25 released on 2003-09-15'],
  },
  {
    law: 'good cause names the year that it excuses',
    life: 'arrived 2002-09-15; good-cause 2003-10-20 for=annual-reregistration anchor=2002-09-15 year=1',
    seen: '2003-11-01',
    comes: ['year 1: 2003-09-05..2003-09-25 excused on 2003-10-20'],
  },
  {
    law: 'good cause for another year excuses nothing',
    life: 'arrived 2002-09-15; good-cause 2003-10-20 for=annual-reregistration anchor=2002-09-15 year=2',
    seen: '2003-11-01',
    comes: ['year 1: 2003-09-05..2003-09-25 missed'],
  },
  {
    law: 'an exemption of a class in force on the opening day covers the year',
    life: 'arrived 2002-09-15 class=L1',
    seen: '2003-11-01',
    enacted: [classExempt(DUTY, '2003-09-05', ['L1'])],
    comes: [],
  },
  {
    law: 'an arrival supersedes the clock of a call-in',
    life: 'called-in 2002-11-20; arrived 2003-03-01',
    seen: '2003-12-31',
    comes: [],
  },
  {
    law: 'an arrival supersedes it though nobody had to register that arrival',
    life: 'called-in 2002-11-20; departed 2003-02-01; arrived 2003-03-01 class=A2; reregistered 2003-11-20',
    seen: '2003-12-31',
    comes: [],
    unneeded: ['ArrivalRegistered', ...REREGISTRATION],
  },
  {
    law: 'an arrival within the window releases the year of the call-in',
    life: 'called-in 2002-11-20; arrived 2003-11-15; reregistered 2003-11-15',
    seen: '2003-12-31',
    comes: ['year 1: 2003-11-10..2003-11-30 released on 2003-11-15'],
    rests: [0, 1],
    unneeded: REREGISTRATION,
  },
];

const laterYears: readonly Case[] = [
  {
    law: 'each year is counted from the anchor, however late the year before was met',
    life: 'arrived 2002-09-15; reregistered 2003-12-24',
    seen: '2005-10-01',
    enacted: neverSuspended,
    comes: [
      'year 1: 2003-09-05..2003-09-25 met-late on 2003-12-24',
      'year 2: 2004-09-05..2004-09-25 missed',
      'year 3: 2005-09-05..2005-09-25 missed',
    ],
  },
  {
    law: 'a late fact counts until the day before the next window opens',
    life: 'arrived 2002-09-15; reregistered 2004-09-04',
    seen: '2004-12-01',
    enacted: neverSuspended,
    comes: [
      'year 1: 2003-09-05..2003-09-25 met-late on 2004-09-04',
      'year 2: 2004-09-05..2004-09-25 missed',
    ],
  },
  {
    law: 'from the day on which the next window opens a fact counts for that one',
    life: 'arrived 2002-09-15; reregistered 2004-09-05',
    seen: '2004-12-01',
    enacted: neverSuspended,
    comes: [
      'year 1: 2003-09-05..2003-09-25 missed',
      'year 2: 2004-09-05..2004-09-25 met on 2004-09-05',
    ],
  },
  {
    law: 'where the last window is met a further fact never falls back on an older one',
    life: 'arrived 2002-09-15; reregistered 2004-09-06; reregistered 2004-09-07',
    seen: '2004-12-01',
    enacted: neverSuspended,
    comes: [
      'year 1: 2003-09-05..2003-09-25 missed',
      'year 2: 2004-09-05..2004-09-25 met on 2004-09-06',
    ],
    unneeded: REREGISTRATION,
  },
  {
    law: 'where the last window is released a further fact never falls back on an older one',
    life: 'arrived 2002-09-15; exempt 2004-09-10 from=annual-reregistration; reregistered 2004-09-12',
    seen: '2004-12-01',
    enacted: neverSuspended,
    comes: [
      'year 1: 2003-09-05..2003-09-25 missed',
      'year 2: 2004-09-05..2004-09-25 released on 2004-09-10',
    ],
    unneeded: REREGISTRATION,
  },
  {
    law: 'a window that is not imposed does not stand in the way of a late fact',
    life: 'arrived 2002-09-15; exempt 2004-09-01 until=2004-09-08 from=annual-reregistration; reregistered 2004-09-10',
    seen: '2004-12-01',
    enacted: neverSuspended,
    comes: ['year 1: 2003-09-05..2003-09-25 met-late on 2004-09-10'],
  },
  {
    law: 'what was suspended is revived by name, for the windows that open from then on',
    life: 'arrived 2002-12-05',
    seen: '2005-01-31',
    enacted: [reinstated([DUTY], '2004-11-25')],
    comes: [
      'year 1: 2003-11-25..2003-12-15 released on 2003-12-02',
      'year 2: 2004-11-25..2004-12-15 missed',
    ],
  },
  {
    law: 'a reinstatement on the day after the opening comes too late for that year',
    life: 'arrived 2002-12-05',
    seen: '2005-01-31',
    enacted: [reinstated([DUTY], '2004-11-26')],
    comes: ['year 1: 2003-11-25..2003-12-15 released on 2003-12-02'],
  },
  {
    law: 'a reinstatement of another duty revives nothing',
    life: 'arrived 2002-12-05',
    seen: '2005-01-31',
    enacted: [reinstated(['follow-up-interview'], '2004-06-01')],
    comes: ['year 1: 2003-11-25..2003-12-15 released on 2003-12-02'],
  },
  {
    law: 'the delisting releases what is due on its day',
    life: 'arrived 2010-04-18',
    seen: '2012-01-01',
    enacted: neverSuspended,
    comes: ['year 1: 2011-04-08..2011-04-28 released on 2011-04-28'],
    with: { because: ['annual-reregistration-enacted', 'countries-delisted'] },
  },
  {
    law: 'the delisting releases nothing that was due on the day before',
    life: 'arrived 2010-04-17',
    seen: '2012-01-01',
    enacted: neverSuspended,
    comes: ['year 1: 2011-04-07..2011-04-27 missed'],
  },
  {
    law: 'a window that would open on the day of the delisting is not imposed',
    life: 'arrived 2010-05-08',
    seen: '2012-01-01',
    enacted: neverSuspended,
    comes: [],
  },
  {
    law: 'a duty moved to US-VISIT opens no further window',
    life: 'arrived 2002-09-15',
    seen: '2005-10-01',
    enacted: [...neverSuspended, movedToUsVisit(DUTY, '2004-09-05')],
    comes: ['year 1: 2003-09-05..2003-09-25 missed'],
  },
];

const leapDays: readonly Case[] = [
  {
    law: 'the anniversary of 29 February is 28 February in a common year and 29 February in a leap year',
    life: 'arrived 2004-02-29',
    seen: '2008-12-31',
    enacted: neverEnding,
    comes: [
      'year 1: 2005-02-18..2005-03-10 missed',
      'year 2: 2006-02-18..2006-03-10 missed',
      'year 3: 2007-02-18..2007-03-10 missed',
      'year 4: 2008-02-19..2008-03-10 missed',
    ],
  },
  {
    law: 'where the term says 1 March, so it is in common years only',
    life: 'arrived 2004-02-29',
    seen: '2008-12-31',
    enacted: [
      ...neverEnding,
      {
        amend: 'annual-reregistration-enacted',
        set: { 'terms.leapDayAnniversary': '03-01' },
      },
    ],
    comes: [
      'year 1: 2005-02-19..2005-03-11 missed',
      'year 2: 2006-02-19..2006-03-11 missed',
      'year 3: 2007-02-19..2007-03-11 missed',
      'year 4: 2008-02-19..2008-03-10 missed',
    ],
  },
  {
    law: 'the term is looked up on 28 February: new terms of 1 March come a year later',
    life: 'arrived 2004-02-29',
    seen: '2006-12-31',
    enacted: [...neverEnding, leapDayOnFirstOfMarch('2005-03-01')],
    comes: ['year 1: 2005-02-18..2005-03-10 missed', 'year 2: 2006-02-19..2006-03-11 missed'],
  },
  {
    law: 'new terms of 28 February hold for the anniversary of that year',
    life: 'arrived 2004-02-29',
    seen: '2006-01-31',
    enacted: [...neverEnding, leapDayOnFirstOfMarch('2005-02-28')],
    comes: ['year 1: 2005-02-19..2005-03-11 missed'],
    // In force on the opening day, and what gave the window its terms.
    with: { because: ['annual-reregistration-enacted', 'annual-reregistration-again'] },
  },
  {
    law: 'an anchor of 28 February keeps its day in a leap year',
    life: 'arrived 2003-02-28',
    seen: '2004-12-31',
    enacted: neverEnding,
    comes: ['year 1: 2004-02-18..2004-03-09 missed'],
  },
];

function leapDayOnFirstOfMarch(effectiveOn: string) {
  const terms = { daysBefore: 10, daysAfter: 10, leapDayAnniversary: '03-01' };
  return dutyEnacted(DUTY, effectiveOn, terms);
}

const fiveDays = dutyEnacted(DUTY, '2003-10-10', {
  daysBefore: 5,
  daysAfter: 5,
  leapDayAnniversary: '02-28',
});

const terms: readonly Case[] = [
  {
    law: 'an anniversary on the day before new terms keeps the old ones',
    life: 'arrived 2002-10-09',
    seen: '2003-11-30',
    enacted: [fiveDays],
    comes: ['year 1: 2003-09-29..2003-10-19 missed'],
    with: { because: ['annual-reregistration-enacted'] },
  },
  {
    law: 'an anniversary on the day of new terms has them',
    life: 'arrived 2002-10-10',
    seen: '2003-11-30',
    enacted: [fiveDays],
    comes: ['year 1: 2003-10-05..2003-10-15 missed'],
  },
  {
    law: 'what has opened is judged by the terms that have taken effect by the day looked from',
    life: 'arrived 2002-10-10',
    seen: '2003-10-09',
    enacted: [fiveDays],
    comes: ['year 1: 2003-09-30..2003-10-20 open'],
  },
  {
    law: 'a duty that was never enacted is not imposed',
    life: 'arrived 2002-09-15; reregistered 2003-09-15',
    seen: '2003-11-01',
    enacted: [{ withdraw: 'annual-reregistration-enacted' }],
    comes: [],
    unneeded: REREGISTRATION,
  },
  {
    law: 'a suspension owes the deadline of its own day where it says so',
    life: 'arrived 2002-09-15; reregistered 2003-09-25',
    seen: '2003-11-01',
    enacted: [suspended([DUTY], '2003-09-25', { owed: true })],
    comes: ['year 1: 2003-09-05..2003-09-25 met on 2003-09-25'],
  },
];

describe('the yearly re-registration', () => {
  holds(DUTY, [...firstYear, ...laterYears, ...leapDays, ...terms]);
});
