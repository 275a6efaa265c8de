import { describe } from '@jest/globals';
import { type Case, holds } from './case.contract.js';
import { dutyEnacted, suspended } from './enactments.contract.js';

const FOLLOW_UP = 'follow-up-interview';
const neverSuspended = [{ withdraw: 'domestic-registration-suspended' }];
const upcoming = true;

const cases: readonly Case[] = [
  {
    law: 'what lies ahead is not listed unless it is asked for',
    duty: FOLLOW_UP,
    life: 'arrived 2003-06-01',
    seen: '2003-06-01',
    comes: [],
  },
  {
    law: 'a window that opens later is upcoming to the day before it opens',
    duty: FOLLOW_UP,
    life: 'arrived 2003-06-01',
    seen: '2003-06-30',
    upcoming,
    comes: ['2003-07-01..2003-07-11 upcoming'],
    rests: [0],
    with: { because: ['follow-up-interview-enacted'] },
  },
  {
    law: 'on its opening day it is upcoming no more',
    duty: FOLLOW_UP,
    life: 'arrived 2003-06-01',
    seen: '2003-07-01',
    upcoming,
    comes: ['2003-07-01..2003-07-11 open'],
  },
  {
    law: 'an exemption granted by then that will cover the opening day is looked at',
    duty: FOLLOW_UP,
    life: 'arrived 2003-06-01; exempt 2003-06-10 until=2003-07-02 from=follow-up-interview',
    seen: '2003-06-15',
    upcoming,
    comes: [],
  },
  {
    law: 'an exemption that begins after the day looked from is not seen yet',
    duty: FOLLOW_UP,
    life: 'arrived 2003-06-01; exempt 2003-06-20 from=follow-up-interview',
    seen: '2003-06-19',
    upcoming,
    comes: ['2003-07-01..2003-07-11 upcoming'],
  },
  {
    law: 'an admission that will have ended by then leaves nothing ahead, where presence ends with it',
    duty: FOLLOW_UP,
    life: 'arrived 2003-06-01 until=2003-06-30',
    seen: '2003-06-15',
    upcoming,
    presence: 'until-admitted-until',
    comes: [],
  },
  {
    law: 'a stay that has ended has nothing ahead',
    duty: FOLLOW_UP,
    life: 'arrived 2003-06-01; departed 2003-06-15',
    seen: '2003-06-15',
    upcoming,
    comes: [],
  },
  {
    law: 'a window 400 days ahead is listed',
    life: 'arrived 2002-10-10',
    seen: '2003-08-27',
    upcoming,
    enacted: neverSuspended,
    comes: ['year 1: 2003-09-30..2003-10-20 upcoming', 'year 2: 2004-09-30..2004-10-20 upcoming'],
  },
  {
    law: 'a window 401 days ahead is not',
    life: 'arrived 2002-10-10',
    seen: '2003-08-26',
    upcoming,
    enacted: neverSuspended,
    comes: ['year 1: 2003-09-30..2003-10-20 upcoming'],
  },
  {
    law: 'on the day before its publication nothing is known of the suspension',
    life: 'arrived 2003-01-01',
    seen: '2003-12-01',
    upcoming,
    comes: ['year 1: 2003-12-22..2004-01-11 upcoming', 'year 2: 2004-12-22..2005-01-11 upcoming'],
  },
  {
    law: 'from its publication on nothing lies ahead of a duty that is suspended',
    life: 'arrived 2003-01-01',
    seen: '2003-12-02',
    upcoming,
    comes: [],
  },
  {
    law: 'what was published and takes effect before the opening day is looked at beforehand',
    life: 'arrived 2002-10-10',
    seen: '2003-06-01',
    upcoming,
    enacted: [suspended(['annual-reregistration'], '2003-09-30')],
    comes: [],
  },
  {
    law: 'what takes effect after the opening day leaves the window ahead',
    life: 'arrived 2002-10-10',
    seen: '2003-06-01',
    upcoming,
    enacted: [suspended(['annual-reregistration'], '2003-10-01')],
    comes: ['year 1: 2003-09-30..2003-10-20 upcoming'],
  },
  {
    law: 'published new terms of the anniversary are looked at beforehand',
    life: 'arrived 2002-10-12',
    seen: '2003-10-01',
    upcoming,
    enacted: [
      dutyEnacted('annual-reregistration', '2003-10-11', {
        daysBefore: 5,
        daysAfter: 5,
        leapDayAnniversary: '02-28',
      }),
    ],
    comes: ['year 1: 2003-10-07..2003-10-17 upcoming', 'year 2: 2004-10-07..2004-10-17 upcoming'],
  },
  {
    law: 'a duty enacted later has nothing ahead before its first windows can open',
    duty: FOLLOW_UP,
    life: 'arrived 2003-06-01',
    seen: '2003-06-15',
    upcoming,
    enacted: [{ move: 'follow-up-interview-enacted', effectiveOn: '2003-07-01' }],
    comes: ['2003-07-01..2003-07-11 upcoming'],
  },
  {
    law: 'knowledge bounds what lies ahead too: the delisting was not known a day before',
    life: 'arrived 2010-05-20',
    seen: '2011-04-28',
    knownAt: '2011-04-27T23:59:59.999Z',
    upcoming,
    enacted: neverSuspended,
    comes: ['year 1: 2011-05-10..2011-05-30 upcoming', 'year 2: 2012-05-10..2012-05-30 upcoming'],
  },
  {
    law: 'a publication on the day looked from counts on it',
    life: 'arrived 2010-05-20',
    seen: '2011-04-28',
    upcoming,
    enacted: neverSuspended,
    comes: [],
  },
  {
    law: 'in a scenario too what opens later is upcoming and never untested',
    life: 'arrived 2003-01-01',
    seen: '2003-12-02',
    upcoming,
    scenario: 'no-suspension',
    comes: ['year 1: 2003-12-22..2004-01-11 upcoming', 'year 2: 2004-12-22..2005-01-11 upcoming'],
  },
];

describe('what lies ahead', () => {
  holds('annual-reregistration', cases);
});
