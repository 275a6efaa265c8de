import { describe } from '@jest/globals';
import { type Case, holds } from './case.contract.js';

const INTERVIEW = ['FollowUpInterviewCompleted'];
/** Seen long after a window from 1 to 11 July 2003. */
const LATER = '2003-09-01';

const window: readonly Case[] = [
  {
    law: 'it opens 30 days after the admission and is due 40 days after it',
    life: 'arrived 2003-06-01 port=SEA state=CA',
    seen: '2003-07-01',
    comes: ['2003-07-01..2003-07-11 open'],
    rests: [0],
    with: {
      anchorOn: '2003-06-01',
      office: 'LOS',
      port: 'SEA',
      because: ['follow-up-interview-enacted'],
    },
  },
  {
    law: 'it is not there on the day before it opens',
    life: 'arrived 2003-06-01',
    seen: '2003-06-30',
    comes: [],
  },
  {
    law: 'it is open on its due day',
    life: 'arrived 2003-06-01',
    seen: '2003-07-11',
    comes: ['2003-07-01..2003-07-11 open'],
  },
  {
    law: 'it is missed on the day after its due day',
    life: 'arrived 2003-06-01',
    seen: '2003-07-12',
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'an interview on the opening day meets it',
    life: 'arrived 2003-06-01 port=SEA; interview 2003-07-01 office=LOS',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 met on 2003-07-01'],
    rests: [0, 1],
    with: { office: 'LOS', port: 'SEA' },
  },
  {
    law: 'an interview on the due day meets it',
    life: 'arrived 2003-06-01; interview 2003-07-11',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 met on 2003-07-11'],
  },
  {
    law: 'an interview on the day after the due day is late',
    life: 'arrived 2003-06-01; interview 2003-07-12',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 met-late on 2003-07-12'],
  },
  {
    law: 'an interview on the day before it opened satisfies nothing',
    life: 'arrived 2003-06-01; interview 2003-06-30',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
    unneeded: INTERVIEW,
  },
  {
    law: 'an interview after the day looked from is not seen',
    life: 'arrived 2003-06-01; interview 2003-07-05',
    seen: '2003-07-04',
    comes: ['2003-07-01..2003-07-11 open'],
  },
  {
    law: 'a second interview satisfies nothing, nor does an early one that a second follows',
    life: 'arrived 2003-06-01; interview 2003-06-20; interview 2003-07-02; interview 2003-07-03',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 met on 2003-07-02'],
    unneeded: [...INTERVIEW, ...INTERVIEW],
  },
  {
    law: 'a window runs across the end of a year',
    life: 'arrived 2002-12-20',
    seen: LATER,
    comes: ['2003-01-19..2003-01-29 missed'],
  },
];

const whoseStay: readonly Case[] = [
  {
    law: 'a stay under registration by a call-in carries none',
    life: 'called-in 2002-12-10; interview 2003-01-15',
    seen: LATER,
    comes: [],
    unneeded: INTERVIEW,
  },
  {
    law: 'a stay whose arrival nobody had to register carries none',
    life: 'exempt 2003-06-01 until=2003-06-02 from=arrival-registration; arrived 2003-06-01; interview 2003-07-05',
    seen: LATER,
    comes: [],
    unneeded: ['ArrivalRegistered', ...INTERVIEW],
  },
  {
    law: 'each stay has its own, and an interview belongs to the stay of its day',
    life: 'arrived 2003-06-01; departed 2003-08-01; arrived 2003-08-20; interview 2003-08-25',
    seen: '2003-12-01',
    comes: ['2003-07-01..2003-07-11 missed', '2003-09-19..2003-09-29 missed'],
    unneeded: INTERVIEW,
  },
  {
    law: 'an interview in no stay satisfies nothing',
    life: 'arrived 2003-06-01; left 2003-08-01; interview 2003-08-15',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
    unneeded: INTERVIEW,
  },
  {
    law: 'a departure before it opens leaves nothing to impose',
    life: 'arrived 2003-06-01; departed 2003-06-30',
    seen: LATER,
    comes: [],
  },
  {
    law: 'a departure on the opening day releases',
    life: 'arrived 2003-06-01; departed 2003-07-01',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 released on 2003-07-01'],
    rests: [0, 1],
  },
  {
    law: 'a departure on the due day releases',
    life: 'arrived 2003-06-01; left 2003-07-11',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 released on 2003-07-11'],
  },
  {
    law: 'a departure on the day after the due day releases nothing',
    life: 'arrived 2003-06-01; departed 2003-07-12',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'seen from the day of the departure the stay has ended',
    life: 'arrived 2003-06-01; departed 2003-07-05',
    seen: '2003-07-05',
    comes: ['2003-07-01..2003-07-11 released on 2003-07-05'],
  },
  {
    law: 'an interview on the day of the departure still meets it, since a stay ends with its day',
    life: 'arrived 2003-06-01; departed 2003-07-05; interview 2003-07-05',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 met on 2003-07-05'],
  },
  {
    law: 'the next arrival ends the stay and releases; the arrival is named',
    life: 'arrived 2003-06-01; arrived 2003-07-05',
    seen: '2003-07-05',
    comes: ['2003-07-01..2003-07-11 released on 2003-07-05'],
    rests: [0, 1],
  },
  {
    law: 'an interview on the day of the next arrival belongs to the later stay',
    life: 'arrived 2003-06-01; arrived 2003-07-05; interview 2003-07-05',
    seen: '2003-07-06',
    comes: ['2003-07-01..2003-07-11 released on 2003-07-05'],
    unneeded: INTERVIEW,
  },
  {
    law: 'who leaves and comes back on one day leaves one stay and begins another',
    life: 'arrived 2003-06-01; arrived 2003-07-05; departed 2003-07-05; interview 2003-08-04',
    seen: '2003-09-01',
    comes: [
      '2003-07-01..2003-07-11 released on 2003-07-05',
      '2003-08-04..2003-08-14 met on 2003-08-04',
    ],
    rests: [0, 2],
  },
];

const exemptions: readonly Case[] = [
  {
    law: 'an exemption that begins on the opening day covers it',
    life: 'arrived 2003-06-01; exempt 2003-07-01 from=follow-up-interview',
    seen: LATER,
    comes: [],
  },
  {
    law: 'an exemption that begins on the day after the opening day releases',
    life: 'arrived 2003-06-01; exempt 2003-07-02 from=follow-up-interview+change-notice',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 released on 2003-07-02'],
    rests: [0, 1],
  },
  {
    law: 'an exemption that begins on the due day releases',
    life: 'arrived 2003-06-01; exempt 2003-07-11 from=follow-up-interview',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 released on 2003-07-11'],
  },
  {
    law: 'an exemption that begins after the due day releases nothing',
    life: 'arrived 2003-06-01; exempt 2003-07-12 from=follow-up-interview',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'after such an exemption the interview still counts, and is late',
    life: 'arrived 2003-06-01; exempt 2003-07-12 from=follow-up-interview; interview 2003-07-20',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 met-late on 2003-07-20'],
  },
  {
    law: 'an exemption that ended on the opening day does not cover it',
    life: 'arrived 2003-06-01; exempt 2003-06-15 until=2003-07-01 from=follow-up-interview',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'an exemption that covers the opening day covers the obligation, though it ends before the due day',
    life: 'arrived 2003-06-01; exempt 2003-06-15 until=2003-07-02 from=follow-up-interview; interview 2003-07-05',
    seen: LATER,
    comes: [],
    unneeded: INTERVIEW,
  },
  {
    law: 'what an exemption released stays released, though it ends before the due day',
    life: 'arrived 2003-06-01; exempt 2003-07-03 until=2003-07-06 from=follow-up-interview; interview 2003-07-08',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 released on 2003-07-03'],
    unneeded: INTERVIEW,
  },
  {
    law: 'an interview on the day on which an exemption begins no longer satisfies',
    life: 'arrived 2003-06-01; interview 2003-07-05; exempt 2003-07-05 from=follow-up-interview',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 released on 2003-07-05'],
    unneeded: INTERVIEW,
  },
  {
    law: 'of two releases of one day the one at its start comes first',
    life: 'arrived 2003-06-01; departed 2003-07-05; exempt 2003-07-05 from=follow-up-interview; interview 2003-07-05',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 released on 2003-07-05'],
    rests: [0, 2],
    unneeded: INTERVIEW,
  },
  {
    law: 'of two releases the earlier one counts',
    life: 'arrived 2003-06-01; exempt 2003-07-06 from=follow-up-interview; became 2003-07-04 to=citizen',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 released on 2003-07-04'],
    rests: [0, 2],
  },
];

const statuses: readonly Case[] = [
  {
    law: 'a status outside the programme on the opening day covers it',
    life: 'arrived 2003-06-01; became 2003-07-01 to=permanent-resident',
    seen: LATER,
    comes: [],
  },
  {
    law: 'a status that leaves the programme on the day after releases',
    life: 'arrived 2003-06-01; became 2003-07-02 to=refugee',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 released on 2003-07-02'],
    rests: [0, 1],
  },
  {
    law: 'a status that leaves the programme on the due day releases',
    life: 'arrived 2003-06-01; became 2003-07-11 to=A1',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 released on 2003-07-11'],
  },
  {
    law: 'a status that leaves the programme after the due day releases nothing',
    life: 'arrived 2003-06-01; became 2003-07-12 to=citizen',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'an interview on the day on which the status leaves the programme no longer satisfies',
    life: 'arrived 2003-06-01; interview 2003-07-05; became 2003-07-05 to=asylee',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 released on 2003-07-05'],
    unneeded: INTERVIEW,
  },
  {
    law: 'a change to another class of the programme releases nothing',
    life: 'arrived 2003-06-01; became 2003-07-05 to=H1B',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'who is back in the programme on the opening day is held to it',
    life: 'arrived 2003-06-01; became 2003-06-10 to=A1; became 2003-07-01 to=F1',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'who is back in the programme only on the day after is not',
    life: 'arrived 2003-06-01; became 2003-06-10 to=A1; became 2003-07-02 to=F1',
    seen: LATER,
    comes: [],
  },
  {
    law: 'what a status released stays released, though it comes back before the due day',
    life: 'arrived 2003-06-01; became 2003-07-05 to=A1; became 2003-07-08 to=F1; interview 2003-07-09',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 released on 2003-07-05'],
    unneeded: INTERVIEW,
  },
  {
    law: 'of several statuses of one day the last in the log counts: back in the programme',
    life: 'arrived 2003-06-01; became 2003-07-05 to=asylee; became 2003-07-05 to=H1B',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 missed'],
  },
  {
    law: 'of several statuses of one day the last in the log counts, and is named',
    life: 'arrived 2003-06-01; became 2003-07-05 to=H1B; became 2003-07-05 to=asylee',
    seen: LATER,
    comes: ['2003-07-01..2003-07-11 released on 2003-07-05'],
    rests: [0, 2],
  },
];

describe('the follow-up interview of a stay', () => {
  holds('follow-up-interview', [...window, ...whoseStay, ...exemptions, ...statuses]);
});
