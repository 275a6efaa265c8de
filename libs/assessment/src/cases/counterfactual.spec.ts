import { describe } from '@jest/globals';
import { type Case, holds } from './case.contract.js';

const LATER = '2004-06-30';
/** Due on 3 July 2003 instead of 11 July, after an arrival on 1 June. */
const narrow = [{ amend: 'follow-up-interview-enacted', set: { 'terms.dueAfterDays': 32 } }];
const earlier = [
  {
    amend: 'follow-up-interview-enacted',
    set: { 'terms.opensAfterDays': 10, 'terms.dueAfterDays': 15 },
  },
];

const cases: readonly Case[] = [
  {
    law: 'what was missed in the world that was is missed in a narrower window too',
    life: 'arrived 2003-06-01',
    seen: LATER,
    scenario: narrow,
    comes: ['2003-07-01..2003-07-03 missed'],
  },
  {
    law: 'what was late in the world that was is late in a narrower window too',
    life: 'arrived 2003-06-01; interview 2003-07-12',
    seen: LATER,
    scenario: narrow,
    comes: ['2003-07-01..2003-07-03 met-late on 2003-07-12'],
  },
  {
    law: 'who came by the day that was asked for was never asked to come earlier',
    life: 'arrived 2003-06-01; interview 2003-07-11',
    seen: LATER,
    scenario: narrow,
    comes: ['2003-07-01..2003-07-03 untested on 2003-07-11'],
  },
  {
    law: 'what met the narrower window is met',
    life: 'arrived 2003-06-01; interview 2003-07-03',
    seen: LATER,
    scenario: narrow,
    comes: ['2003-07-01..2003-07-03 met on 2003-07-03'],
  },
  {
    law: 'what was open still in the world that was tells nothing',
    life: 'arrived 2003-06-01',
    seen: '2003-07-04',
    scenario: narrow,
    comes: ['2003-07-01..2003-07-03 untested'],
  },
  {
    law: 'what was upcoming still in the world that was tells nothing',
    life: 'arrived 2003-06-01',
    seen: '2003-06-20',
    scenario: earlier,
    comes: ['2003-06-11..2003-06-16 untested'],
  },
  {
    law: 'so it is where what lies ahead is listed',
    life: 'arrived 2003-06-01',
    seen: '2003-06-20',
    upcoming: true,
    scenario: earlier,
    comes: ['2003-06-11..2003-06-16 untested'],
  },
  {
    law: 'what was released in the world that was tells nothing',
    life: 'arrived 2003-06-01; exempt 2003-07-05 from=follow-up-interview',
    seen: LATER,
    scenario: narrow,
    comes: ['2003-07-01..2003-07-03 untested'],
  },
  {
    law: 'what is open in the counterfactual is open, whatever it was',
    life: 'arrived 2003-06-01',
    seen: '2003-06-16',
    scenario: earlier,
    comes: ['2003-06-11..2003-06-16 open'],
  },
  {
    law: 'a registered departure was asked for at the ports of its time and no others',
    duty: 'departure-registration',
    life: 'arrived 2003-06-01; departed 2003-09-01 port=NYC',
    seen: LATER,
    scenario: [{ amend: 'departure-ports-2002', set: { ports: ['LOS'] } }],
    comes: ['2003-09-01..2003-09-01 untested'],
    unneeded: ['DepartureConfirmed'],
  },
  {
    law: 'a notice in time was asked for within ten days and not within three',
    duty: 'change-notice',
    life: 'arrived 2003-06-01; reported 2003-08-15 kind=school changed=2003-08-10',
    seen: LATER,
    scenario: [{ amend: 'change-notice-enacted', set: { 'terms.dueAfterDays': 3 } }],
    comes: ['school: 2003-08-10..2003-08-13 untested on 2003-08-15'],
  },
  {
    law: 'a notice served before it was authorised obliged nobody',
    duty: 'notice-interview',
    life: 'arrived 2003-09-01; notice 2003-11-10 appear=2003-11-20',
    seen: LATER,
    scenario: [{ move: 'individual-notices-authorised', effectiveOn: '2003-11-01' }],
    comes: ['2003-11-10..2003-11-20 untested'],
  },
  {
    law: 'an obligation counted from another anchor is another obligation',
    duty: 'annual-reregistration',
    life: 'arrived 2002-09-12; called-in 2002-11-20 admitted=2002-09-10',
    seen: LATER,
    scenario: [{ withdraw: 'five-country-designation' }],
    comes: ['year 1: 2003-11-10..2003-11-30 untested'],
    unneeded: ['ArrivalRegistered'],
    with: { anchorOn: '2002-11-20' },
  },
  {
    law: 'in the world that was it was counted from the arrival',
    duty: 'annual-reregistration',
    life: 'arrived 2002-09-12; called-in 2002-11-20 admitted=2002-09-10',
    seen: LATER,
    comes: ['year 1: 2003-09-02..2003-09-22 missed'],
    unneeded: ['CallInRegistrationCompleted'],
    with: { anchorOn: '2002-09-12' },
  },
];

describe('what a counterfactual can say', () => {
  holds('follow-up-interview', cases);
});
