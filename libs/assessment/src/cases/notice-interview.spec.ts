import { describe } from '@jest/globals';
import { type Case, holds } from './case.contract.js';
import { classExempt, movedToUsVisit, suspended } from './enactments.contract.js';

const DUTY = 'notice-interview';
const APPEARED = ['NoticeInterviewCompleted'];
const ARRIVED = 'arrived 2003-11-01 class=H1B';
const SERVED = `${ARRIVED}; notice 2004-02-01 id=a appear=2004-02-10`;
const LATER = '2004-06-30';

const window: readonly Case[] = [
  {
    law: 'it opens on the day of service and is due on the day that the notice names',
    life: SERVED,
    seen: '2004-02-10',
    comes: ['2004-02-01..2004-02-10 open'],
    rests: [0, 1],
    with: { anchorOn: '2004-02-01', because: ['individual-notices-authorised'] },
  },
  {
    law: 'it is missed on the day after the day named',
    life: SERVED,
    seen: '2004-02-11',
    comes: ['2004-02-01..2004-02-10 missed'],
  },
  {
    law: 'an interview on the day of service meets it',
    life: `${SERVED}; appeared 2004-02-01 id=a office=LOS`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 met on 2004-02-01'],
    rests: [0, 1, 2],
    with: { office: 'LOS' },
  },
  {
    law: 'an interview on the day named meets it',
    life: `${SERVED}; appeared 2004-02-10 id=a`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 met on 2004-02-10'],
  },
  {
    law: 'an interview on the day after is late',
    life: `${SERVED}; appeared 2004-02-11 id=a`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 met-late on 2004-02-11'],
  },
  {
    law: 'an interview dated before the service satisfies nothing',
    life: `${SERVED}; appeared 2004-01-31 id=a`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 missed'],
    unneeded: APPEARED,
  },
  {
    law: 'a second interview of one notice satisfies nothing',
    life: `${SERVED}; appeared 2004-02-05 id=a; appeared 2004-02-06 id=a`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 met on 2004-02-05'],
    unneeded: APPEARED,
  },
  {
    law: 'a notice for the day of its service is open and due on it',
    life: `${ARRIVED}; notice 2004-02-01 appear=2004-02-01; appeared 2004-02-01`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-01 met on 2004-02-01'],
  },
];

const whichNotice: readonly Case[] = [
  {
    law: 'several notices are several obligations, each answered by its own interview',
    life: `${SERVED}; notice 2004-02-05 id=b appear=2004-02-20; appeared 2004-02-15 id=b`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 missed', '2004-02-05..2004-02-20 met on 2004-02-15'],
  },
  {
    law: 'an interview for one notice answers no other, though that one opened last',
    life: `${SERVED}; notice 2004-02-05 id=b appear=2004-02-20; appeared 2004-02-15 id=a`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 met-late on 2004-02-15', '2004-02-05..2004-02-20 missed'],
  },
  {
    law: 'an interview for a notice that nobody served belongs to none',
    life: `${SERVED}; appeared 2004-02-05 id=z`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 missed'],
    unneeded: APPEARED,
  },
  {
    law: 'an interview whose notice was rescinded belongs to none',
    life: `${SERVED}; appeared 2004-02-05 id=a; rescind 1 2004-03-01`,
    seen: LATER,
    comes: [],
    unneeded: APPEARED,
  },
  {
    law: 'a notice served again after its rescission is answered under the same id',
    life: `${SERVED}; rescind 1 2004-02-03; notice 2004-02-04 id=a appear=2004-02-20; appeared 2004-02-18 id=a`,
    seen: LATER,
    comes: ['2004-02-04..2004-02-20 met on 2004-02-18'],
  },
  {
    law: 'a notice served twice in one stay is one notice',
    life: `${SERVED}; notice 2004-02-20 id=a appear=2004-03-10; appeared 2004-03-01 id=a`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 met-late on 2004-03-01'],
  },
  {
    law: 'good cause names the notice',
    life: `${SERVED}; notice 2004-02-01 id=b appear=2004-02-11; good-cause 2004-03-01 for=notice-interview anchor=2004-02-01 id=b`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 missed', '2004-02-01..2004-02-11 excused on 2004-03-01'],
  },
];

const whoseStay: readonly Case[] = [
  {
    law: 'a stay under no registration answers no notice',
    life: 'arrived 2002-08-01; notice 2004-02-01; appeared 2004-02-01',
    seen: LATER,
    comes: [],
    unneeded: ['ArrivalRegistered', ...APPEARED],
  },
  {
    law: 'a stay under registration by a call-in answers notices served from that day on only',
    life: 'called-in 2004-02-01; notice 2004-01-31 id=a appear=2004-02-20; notice 2004-02-01 id=b appear=2004-02-20',
    seen: LATER,
    comes: ['2004-02-01..2004-02-20 missed'],
  },
  {
    law: 'a departure before the day named releases',
    life: `${SERVED}; departed 2004-02-05`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 released on 2004-02-05'],
    rests: [0, 1, 2],
  },
  {
    law: 'an interview after a departure that released satisfies nothing',
    life: `${SERVED}; departed 2004-02-05; arrived 2004-02-06 class=H1B; appeared 2004-02-08 id=a`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 released on 2004-02-05'],
    unneeded: APPEARED,
  },
  {
    law: 'a late interview belongs to its notice, though the stay has ended since',
    life: `${SERVED}; departed 2004-02-20; appeared 2004-02-25 id=a`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 met-late on 2004-02-25'],
  },
  {
    law: 'the next arrival releases',
    life: `${SERVED}; arrived 2004-02-10 class=H1B`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 released on 2004-02-10'],
    rests: [0, 1, 2],
  },
  {
    law: 'a notice on the day between two stays belongs to the later one',
    life: `${ARRIVED}; departed 2004-02-01; arrived 2004-02-01 class=A1; notice 2004-02-01 appear=2004-02-10`,
    seen: LATER,
    comes: [],
    unneeded: ['ArrivalRegistered'],
  },
  {
    law: 'an exemption that begins on the day of service covers the notice',
    life: `${SERVED}; exempt 2004-02-01 from=notice-interview; appeared 2004-02-05 id=a`,
    seen: LATER,
    comes: [],
    unneeded: APPEARED,
  },
  {
    law: 'an exemption that begins on the day named releases',
    life: `${SERVED}; exempt 2004-02-10 from=notice-interview`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 released on 2004-02-10'],
  },
  {
    law: 'a status that leaves the programme on the day named releases',
    life: `${SERVED}; became 2004-02-10 to=permanent-resident; appeared 2004-02-10 id=a`,
    seen: LATER,
    comes: ['2004-02-01..2004-02-10 released on 2004-02-10'],
    unneeded: APPEARED,
  },
];

const policy: readonly Case[] = [
  {
    law: 'a notice served on the day before it was authorised obliges nobody',
    life: `${ARRIVED}; notice 2003-12-01 appear=2003-12-10`,
    seen: LATER,
    comes: [],
  },
  {
    law: 'a notice served on the day of the authorisation obliges',
    life: `${ARRIVED}; notice 2003-12-02 appear=2003-12-10`,
    seen: LATER,
    comes: ['2003-12-02..2003-12-10 missed'],
  },
  {
    law: 'the delisting releases a notice for a later day',
    life: 'arrived 2010-06-01; notice 2011-04-20 appear=2011-05-10; appeared 2011-05-10',
    seen: '2012-01-01',
    comes: ['2011-04-20..2011-05-10 released on 2011-04-28'],
    unneeded: APPEARED,
    with: { because: ['individual-notices-authorised', 'countries-delisted'] },
  },
  {
    law: 'a notice served on the day of the delisting obliges nobody',
    life: 'arrived 2010-06-01; notice 2011-04-28 appear=2011-05-10',
    seen: '2012-01-01',
    comes: [],
  },
  {
    law: 'a late interview still counts after the delisting',
    life: 'arrived 2010-06-01; notice 2011-04-10 appear=2011-04-27; appeared 2011-06-10',
    seen: '2012-01-01',
    comes: ['2011-04-10..2011-04-27 met-late on 2011-06-10'],
  },
  {
    law: 'a duty moved to US-VISIT on the day named releases',
    life: SERVED,
    seen: LATER,
    enacted: [movedToUsVisit(DUTY, '2004-02-10')],
    comes: ['2004-02-01..2004-02-10 released on 2004-02-10'],
  },
  {
    law: 'a suspension owes the day named where it is its own day and says so',
    life: SERVED,
    seen: LATER,
    enacted: [suspended([DUTY], '2004-02-10', { owed: true })],
    comes: ['2004-02-01..2004-02-10 missed'],
  },
  {
    law: 'an exemption of a class in force on the day of service covers the notice',
    life: SERVED,
    seen: LATER,
    enacted: [classExempt(DUTY, '2004-02-01', ['H1B'])],
    comes: [],
  },
];

describe('the interview on an individual notice', () => {
  holds(DUTY, [...window, ...whichNotice, ...whoseStay, ...policy]);
});
