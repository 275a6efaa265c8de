import { describe } from '@jest/globals';
import { type Case, holds } from './case.contract.js';

const INTERVIEW = ['FollowUpInterviewCompleted'];
const LATER = '2003-10-01';
/** The follow-up interview is open from 1 to 11 July 2003. */
const ARRIVED = 'arrived 2003-06-01';
const CORRECTED = `${ARRIVED}; correct 0 2003-08-01: arrived 2003-06-11`;

const facts: readonly Case[] = [
  {
    law: 'a fact recorded later is not known before its recording, whatever its day',
    life: `${ARRIVED}; interview 2003-07-05 known=2003-09-01`,
    seen: LATER,
    knownAt: '2003-09-01T11:59:59.999Z',
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'a fact is known from the instant of its recording on',
    life: `${ARRIVED}; interview 2003-07-05 known=2003-09-01`,
    seen: LATER,
    knownAt: '2003-09-01T12:00:00.000Z',
    comes: ['2003-07-01..2003-07-11 met on 2003-07-05'],
  },
  {
    law: 'a correction is not known before it was recorded',
    life: CORRECTED,
    seen: LATER,
    knownAt: '2003-08-01T11:59:59.999Z',
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'a correction replaces what the record said from the instant of its recording on',
    life: CORRECTED,
    seen: LATER,
    knownAt: '2003-08-01T12:00:00.000Z',
    comes: ['2003-07-11..2003-07-21 missed'],
    rests: [0],
  },
  {
    law: 'of several corrections the last in the log counts',
    life: `${CORRECTED}; correct 0 2003-08-02: arrived 2003-06-21`,
    seen: LATER,
    comes: ['2003-07-21..2003-07-31 missed'],
  },
  {
    law: 'when the last correction is rescinded the one before it counts again',
    life: `${CORRECTED}; correct 0 2003-08-02: arrived 2003-06-21; rescind 2 2003-08-03`,
    seen: LATER,
    comes: ['2003-07-11..2003-07-21 missed'],
  },
  {
    law: 'a correction back to the original restores it',
    life: `${CORRECTED}; correct 0 2003-08-02: ${ARRIVED}`,
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'a rescinded fact is gone from the instant of the rescission',
    life: `${ARRIVED}; interview 2003-07-05; rescind 1 2003-08-01`,
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'before that instant it stands',
    life: `${ARRIVED}; interview 2003-07-05; rescind 1 2003-08-01`,
    seen: LATER,
    knownAt: '2003-07-31T00:00:00.000Z',
    comes: ['2003-07-01..2003-07-11 met on 2003-07-05'],
  },
  {
    law: 'a rescission cannot be rescinded',
    life: `${ARRIVED}; interview 2003-07-05; rescind 1 2003-08-01; rescind 2 2003-08-02`,
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'a correction of a rescinded fact brings nothing back',
    life: `${ARRIVED}; interview 2003-07-05; rescind 1 2003-08-01; correct 1 2003-08-02: interview 2003-07-06`,
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'a correction of a correction changes nothing',
    life: `${CORRECTED}; correct 1 2003-08-02: arrived 2003-06-21`,
    seen: LATER,
    comes: ['2003-07-11..2003-07-21 missed'],
  },
  {
    law: 'a rescission of a fact not yet known changes nothing until the fact is known',
    life: `${ARRIVED}; interview 2003-07-05; interview 2003-07-06 known=2003-09-01; rescind 2 2003-08-01`,
    seen: LATER,
    knownAt: '2003-08-15T00:00:00.000Z',
    comes: ['2003-07-01..2003-07-11 met on 2003-07-05'],
  },
  {
    law: 'once the fact is known, what was recorded about it before holds',
    life: `${ARRIVED}; interview 2003-07-05; interview 2003-07-06 known=2003-09-01; rescind 2 2003-08-01`,
    seen: LATER,
    knownAt: '2003-09-15T00:00:00.000Z',
    comes: ['2003-07-01..2003-07-11 met on 2003-07-05'],
  },
  {
    law: 'a correction of a fact not yet known is no fact by itself',
    life: `${ARRIVED}; interview 2003-07-05 known=2003-09-01; correct 1 2003-08-01: interview 2003-07-06`,
    seen: LATER,
    knownAt: '2003-08-15T00:00:00.000Z',
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'a corrected day can take a fact out of its window',
    life: `${ARRIVED}; interview 2003-07-05; correct 1 2003-08-01: interview 2003-06-05`,
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
    unneeded: INTERVIEW,
  },
  {
    law: 'a corrected fact is dated by its corrected day',
    life: `${ARRIVED}; interview 2003-07-05; correct 1 2003-08-01: interview 2003-07-09`,
    seen: '2003-07-08',
    comes: ['2003-07-01..2003-07-11 open'],
  },
  {
    law: 'when a departure is rescinded the stay goes on, and what it released is owed',
    life: `${ARRIVED}; departed 2003-07-05; rescind 1 2003-09-01`,
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'when good cause is rescinded what it excused is missed',
    life: `${ARRIVED}; good-cause 2003-08-01 for=follow-up-interview anchor=2003-06-01; rescind 1 2003-09-01`,
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'good cause keeps naming the day that it named: corrected, the obligation has another name',
    life: `${CORRECTED}; good-cause 2003-08-05 for=follow-up-interview anchor=2003-06-01`,
    seen: LATER,
    comes: ['2003-07-11..2003-07-21 missed'],
  },
  {
    law: 'when the arrival is rescinded all that hung on it is gone',
    life: `${ARRIVED}; interview 2003-07-05; rescind 0 2003-08-01`,
    seen: LATER,
    comes: [],
    unneeded: INTERVIEW,
  },
  {
    law: 'a nationality corrected away takes the registration and all that hung on it',
    life: `${ARRIVED}; interview 2003-07-05; correct 0 2003-08-01: arrived 2003-06-01 of=FR`,
    seen: LATER,
    comes: [],
    unneeded: ['ArrivalRegistered', ...INTERVIEW],
  },
];

/** From 24 November to 4 December 2003. */
const AUTUMN = 'arrived 2003-10-25';

const policy: readonly Case[] = [
  {
    law: 'what was published later is not known: the deadline stands',
    life: AUTUMN,
    seen: '2003-12-20',
    knownAt: '2003-12-01T23:59:59.999Z',
    comes: ['2003-11-24..2003-12-04 missed'],
  },
  {
    law: 'the enacted policy is known from the first instant of the day of publication on',
    life: AUTUMN,
    seen: '2003-12-20',
    knownAt: '2003-12-02T00:00:00.000Z',
    comes: ['2003-11-24..2003-12-04 released on 2003-12-02'],
  },
  {
    law: 'what is known and not effective yet changes nothing that is open',
    life: AUTUMN,
    seen: '2003-12-01',
    knownAt: '2003-12-20T00:00:00.000Z',
    comes: ['2003-11-24..2003-12-04 open'],
  },
  {
    law: 'what a scenario moved counts as always known',
    life: AUTUMN,
    seen: '2003-12-20',
    knownAt: '2003-11-20T00:00:00.000Z',
    scenario: [{ move: 'domestic-registration-suspended', effectiveOn: '2003-12-03' }],
    comes: ['2003-11-24..2003-12-04 released on 2003-12-03'],
  },
  {
    law: 'a scenario leaves what it does not touch as known as it was',
    life: AUTUMN,
    seen: '2003-12-20',
    knownAt: '2003-11-20T00:00:00.000Z',
    scenario: 'sixty-day-follow-up',
    comes: ['2003-11-24..2003-12-24 open'],
  },
  {
    law: 'in a scenario, what it only made known was not asked for in the world that was',
    duty: 'notice-interview',
    life: 'arrived 2003-11-01; notice 2003-12-02 known=2003-12-01 appear=2003-12-03',
    seen: '2003-12-10',
    knownAt: '2003-12-01T23:00:00.000Z',
    scenario: [{ move: 'individual-notices-authorised', effectiveOn: '2003-12-02' }],
    comes: ['2003-12-02..2003-12-03 untested'],
  },
  {
    law: 'in the world that was, it was not known then',
    duty: 'notice-interview',
    life: 'arrived 2003-11-01; notice 2003-12-02 known=2003-12-01 appear=2003-12-03',
    seen: '2003-12-10',
    knownAt: '2003-12-01T23:00:00.000Z',
    comes: [],
  },
];

describe('what was known at an instant', () => {
  holds('follow-up-interview', [...facts, ...policy]);
});
