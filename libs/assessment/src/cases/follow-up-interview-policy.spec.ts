import { describe } from '@jest/globals';
import { type Case, holds } from './case.contract.js';
import {
  classExempt,
  delistedOn,
  dutyEnacted,
  movedToUsVisit,
  reinstated,
  suspended,
} from './enactments.contract.js';

const DUTY = 'follow-up-interview';
const INTERVIEW = ['FollowUpInterviewCompleted'];
const LATER = '2004-06-30';
const owedOnTheDay = [
  { amend: 'domestic-registration-suspended', set: { deadlineOnEffectiveDay: 'owed' } },
];

const suspensions: readonly Case[] = [
  {
    law: 'an obligation whose due day fell before the suspension is not released by it',
    life: 'arrived 2003-10-01; interview 2004-03-01',
    seen: LATER,
    comes: ['2003-10-31..2003-11-10 met-late on 2004-03-01'],
  },
  {
    law: 'one that opened on the day before the suspension is released',
    life: 'arrived 2003-11-01',
    seen: LATER,
    comes: ['2003-12-01..2003-12-11 released on 2003-12-02'],
    rests: [0],
    with: { because: ['follow-up-interview-enacted', 'domestic-registration-suspended'] },
  },
  {
    law: 'on the day before the suspension nothing is known of it',
    life: 'arrived 2003-11-01',
    seen: '2003-12-01',
    comes: ['2003-12-01..2003-12-11 open'],
  },
  {
    law: 'an interview on the day before the suspension meets it',
    life: 'arrived 2003-11-01; interview 2003-12-01',
    seen: LATER,
    comes: ['2003-12-01..2003-12-11 met on 2003-12-01'],
  },
  {
    law: 'an interview on the day of the suspension no longer satisfies, even on the due day',
    life: 'arrived 2003-10-23; interview 2003-12-02',
    seen: LATER,
    comes: ['2003-11-22..2003-12-02 released on 2003-12-02'],
    unneeded: INTERVIEW,
  },
  {
    law: 'a deadline on the effective day, where it is owed, is open on that day',
    life: 'arrived 2003-10-23',
    seen: '2003-12-02',
    enacted: owedOnTheDay,
    comes: ['2003-11-22..2003-12-02 open'],
  },
  {
    law: 'a deadline on the effective day, where it is owed, is missed on the day after',
    life: 'arrived 2003-10-23',
    seen: '2003-12-03',
    enacted: owedOnTheDay,
    comes: ['2003-11-22..2003-12-02 missed'],
  },
  {
    law: 'a deadline on the effective day, where it is owed, is met on that day',
    life: 'arrived 2003-10-23; interview 2003-12-02',
    seen: LATER,
    enacted: owedOnTheDay,
    comes: ['2003-11-22..2003-12-02 met on 2003-12-02'],
  },
  {
    law: 'a deadline on the day after the effective day is released, though the term says owed',
    life: 'arrived 2003-10-24; interview 2003-12-02',
    seen: LATER,
    enacted: owedOnTheDay,
    comes: ['2003-11-23..2003-12-03 released on 2003-12-02'],
    unneeded: INTERVIEW,
  },
  {
    law: 'a window that opens on the effective day is not imposed, though the term says owed',
    life: 'arrived 2003-11-02',
    seen: LATER,
    enacted: owedOnTheDay,
    comes: [],
  },
  {
    law: 'a second suspension of what is suspended has nothing to act on: the first one counts',
    life: 'arrived 2003-06-25; interview 2003-08-04',
    seen: LATER,
    enacted: [
      suspended([DUTY], '2003-08-01'),
      suspended([DUTY], '2003-08-04', { owed: true, ref: 'second-suspension' }),
    ],
    comes: ['2003-07-25..2003-08-04 released on 2003-08-01'],
    unneeded: INTERVIEW,
    with: { because: ['follow-up-interview-enacted', 'invented-suspension'] },
  },
  {
    law: 'suspended and reinstated on one day, a duty was never out of force',
    life: 'arrived 2003-06-25',
    seen: LATER,
    enacted: [suspended([DUTY], '2003-08-01'), reinstated([DUTY], '2003-08-01')],
    comes: ['2003-07-25..2003-08-04 missed'],
    with: { because: ['follow-up-interview-enacted'] },
  },
  {
    law: 'a suspension of another duty releases nothing',
    life: 'arrived 2003-06-25',
    seen: LATER,
    enacted: [suspended(['annual-reregistration', 'change-notice'], '2003-08-01')],
    comes: ['2003-07-25..2003-08-04 missed'],
  },
];

const twice = [suspended([DUTY], '2003-08-01'), reinstated([DUTY], '2003-09-01')];

const revivals: readonly Case[] = [
  {
    law: 'what was released stays released after the reinstatement',
    life: 'arrived 2003-06-25; interview 2003-09-05',
    seen: LATER,
    enacted: twice,
    comes: ['2003-07-25..2003-08-04 released on 2003-08-01'],
    unneeded: INTERVIEW,
  },
  {
    law: 'what would have opened while the duty was suspended is not imposed',
    life: 'arrived 2003-08-01',
    seen: LATER,
    enacted: twice,
    comes: [],
  },
  {
    law: 'what opens on the day of the reinstatement is imposed by it',
    life: 'arrived 2003-08-02',
    seen: LATER,
    enacted: twice,
    comes: ['2003-09-01..2003-09-11 missed'],
    with: { because: ['follow-up-interview-enacted', 'invented-reinstatement'] },
  },
  {
    law: 'a duty reinstated can be suspended again',
    life: 'arrived 2003-11-01',
    seen: LATER,
    enacted: twice,
    comes: ['2003-12-01..2003-12-11 released on 2003-12-02'],
    with: {
      because: [
        'follow-up-interview-enacted',
        'invented-reinstatement',
        'domestic-registration-suspended',
      ],
    },
  },
  {
    law: 'a reinstatement of what is not suspended has nothing to act on',
    life: 'arrived 2003-11-02',
    seen: LATER,
    enacted: [reinstated([DUTY], '2003-09-01')],
    comes: [],
  },
  {
    law: 'enacting a suspended duty again does not revive it',
    life: 'arrived 2004-02-01',
    seen: LATER,
    enacted: [dutyEnacted(DUTY, '2004-01-01', { opensAfterDays: 30, dueAfterDays: 60 })],
    comes: [],
  },
  {
    law: 'reinstated after that, it has the new terms',
    life: 'arrived 2004-02-01',
    seen: LATER,
    enacted: [
      dutyEnacted(DUTY, '2004-01-01', { opensAfterDays: 30, dueAfterDays: 60 }),
      reinstated([DUTY], '2004-03-01'),
    ],
    comes: ['2004-03-02..2004-04-01 missed'],
    with: { because: ['follow-up-interview-again', 'invented-reinstatement'] },
  },
];

const newTerms = dutyEnacted(DUTY, '2003-06-10', { opensAfterDays: 10, dueAfterDays: 20 });

const terms: readonly Case[] = [
  {
    law: 'new terms hold from the admission on their effective day on',
    life: 'arrived 2003-06-10',
    seen: LATER,
    enacted: [newTerms],
    comes: ['2003-06-20..2003-06-30 missed'],
    with: { because: ['follow-up-interview-again'] },
  },
  {
    law: 'an admission on the day before keeps the terms of its day, and names them',
    life: 'arrived 2003-06-09',
    seen: LATER,
    enacted: [newTerms],
    comes: ['2003-07-09..2003-07-19 missed'],
    with: { because: ['follow-up-interview-enacted'] },
  },
  {
    law: 'where nothing was enacted by the admission the terms are the first ones',
    life: 'arrived 2003-06-05',
    seen: LATER,
    enacted: [{ move: 'follow-up-interview-enacted', effectiveOn: '2003-07-05' }],
    comes: ['2003-07-05..2003-07-15 missed'],
  },
  {
    law: 'a window that would open on the day before the duty is in force is not imposed',
    life: 'arrived 2003-06-04',
    seen: LATER,
    enacted: [{ move: 'follow-up-interview-enacted', effectiveOn: '2003-07-05' }],
    comes: [],
  },
  {
    law: 'a window of one day is open and due on it',
    life: 'arrived 2003-06-10; interview 2003-06-10',
    seen: LATER,
    enacted: [dutyEnacted(DUTY, '2003-06-10', { opensAfterDays: 0, dueAfterDays: 0 })],
    comes: ['2003-06-10..2003-06-10 met on 2003-06-10'],
  },
  {
    law: 'a duty that was never enacted is not imposed',
    life: 'arrived 2003-06-10; interview 2003-07-15',
    seen: LATER,
    enacted: [{ withdraw: 'follow-up-interview-enacted' }],
    comes: [],
    unneeded: INTERVIEW,
  },
];

const endings: readonly Case[] = [
  {
    law: 'a duty moved to US-VISIT meanwhile is released',
    life: 'arrived 2003-06-01; interview 2003-07-05',
    seen: LATER,
    enacted: [movedToUsVisit(DUTY, '2003-07-05')],
    comes: ['2003-07-01..2003-07-11 released on 2003-07-05'],
    unneeded: INTERVIEW,
    with: { because: ['follow-up-interview-enacted', 'invented-move'] },
  },
  {
    law: 'a duty moved to US-VISIT on the opening day is not imposed',
    life: 'arrived 2003-06-01',
    seen: LATER,
    enacted: [movedToUsVisit(DUTY, '2003-07-01')],
    comes: [],
  },
  {
    law: 'a duty moved to US-VISIT after the due day is missed',
    life: 'arrived 2003-06-01',
    seen: LATER,
    enacted: [movedToUsVisit(DUTY, '2003-07-12')],
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'a duty moved to US-VISIT cannot be reinstated here',
    life: 'arrived 2003-08-01',
    seen: LATER,
    enacted: [movedToUsVisit(DUTY, '2003-07-05'), reinstated([DUTY], '2003-08-01')],
    comes: [],
  },
  {
    law: 'a delisting on the due day releases, whatever the term of a suspension says',
    life: 'arrived 2003-06-01',
    seen: LATER,
    enacted: delistedOn('2003-07-11'),
    comes: ['2003-07-01..2003-07-11 released on 2003-07-11'],
    with: { because: ['follow-up-interview-enacted', 'countries-delisted'] },
  },
  {
    law: 'an exemption of a class in force on the opening day covers the obligation',
    life: 'arrived 2003-06-01 class=B2',
    seen: LATER,
    enacted: [classExempt(DUTY, '2003-07-01', ['B1', 'B2'])],
    comes: [],
  },
  {
    law: 'an exemption of a class is looked up on the opening day only: made later it releases nothing',
    life: 'arrived 2003-06-01 class=B2',
    seen: LATER,
    enacted: [classExempt(DUTY, '2003-07-02', ['B1', 'B2'])],
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'who had left the exempt class by the opening day is held to it',
    life: 'arrived 2003-06-01 class=B2; became 2003-06-20 to=F1',
    seen: LATER,
    enacted: [classExempt(DUTY, '2003-06-01', ['B1', 'B2'])],
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'who joined the exempt class on the opening day is not',
    life: 'arrived 2003-06-01 class=F1; became 2003-07-01 to=B2',
    seen: LATER,
    enacted: [classExempt(DUTY, '2003-06-01', ['B1', 'B2'])],
    comes: [],
  },
];

const cause = 'for=follow-up-interview anchor=2003-06-01';

const goodCause: readonly Case[] = [
  {
    law: 'accepted good cause excuses what was missed',
    life: `arrived 2003-06-01; good-cause 2003-08-01 ${cause}`,
    seen: '2003-08-01',
    comes: ['2003-07-01..2003-07-11 excused on 2003-08-01'],
    rests: [0, 1],
  },
  {
    law: 'good cause accepted later is not seen yet',
    life: `arrived 2003-06-01; good-cause 2003-08-01 ${cause}`,
    seen: '2003-07-31',
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'good cause accepted beforehand leaves the obligation open to its due day',
    life: `arrived 2003-06-01; good-cause 2003-07-05 ${cause}`,
    seen: '2003-07-11',
    comes: ['2003-07-01..2003-07-11 open'],
  },
  {
    law: 'good cause accepted beforehand excuses from the day after the due day on',
    life: `arrived 2003-06-01; good-cause 2003-07-05 ${cause}`,
    seen: '2003-07-12',
    comes: ['2003-07-01..2003-07-11 excused on 2003-07-12'],
  },
  {
    law: 'good cause does not undo that somebody came late',
    life: `arrived 2003-06-01; good-cause 2003-07-20 ${cause}; interview 2003-08-01`,
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 met-late on 2003-08-01'],
  },
  {
    law: 'good cause for the obligation of another stay excuses nothing',
    life: 'arrived 2003-06-01; good-cause 2003-08-01 for=follow-up-interview anchor=2003-06-02',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'what was released needs no excuse',
    life: `arrived 2003-06-01; departed 2003-07-05; good-cause 2003-08-01 ${cause}`,
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 released on 2003-07-05'],
  },
  {
    law: 'that it was wilful changes no status',
    life: `arrived 2003-06-01; found-wilful 2003-08-01 ${cause}`,
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'good cause is decided before what nobody was asked for',
    life: 'arrived 2003-11-10; good-cause 2004-02-01 for=follow-up-interview anchor=2003-11-10',
    seen: LATER,
    scenario: 'no-suspension',
    comes: ['2003-12-10..2003-12-20 excused on 2004-02-01'],
  },
];

describe('the follow-up interview under one policy and another', () => {
  holds(DUTY, [...suspensions, ...revivals, ...terms, ...endings, ...goodCause]);
});
