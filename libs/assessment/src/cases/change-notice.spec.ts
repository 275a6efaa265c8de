import { describe } from '@jest/globals';
import { type Case, holds } from './case.contract.js';
import { dutyEnacted, movedToUsVisit, suspended } from './enactments.contract.js';

const DUTY = 'change-notice';
const REPORT = ['ChangeReported'];
const LATER = '2003-11-01';
const ARRIVED = 'arrived 2003-06-01';

const window: readonly Case[] = [
  {
    law: 'a change on the 29th day after the admission needs no notice',
    life: `${ARRIVED}; reported 2003-07-01 kind=school changed=2003-06-30`,
    seen: LATER,
    comes: [],
    unneeded: REPORT,
  },
  {
    law: 'a change on the 30th day after the admission needs one',
    life: `${ARRIVED} port=MIA; reported 2003-07-01 kind=address changed=2003-07-01 state=CA`,
    seen: LATER,
    comes: ['address: 2003-07-01..2003-07-11 met on 2003-07-01'],
    rests: [0, 1],
    with: {
      anchorOn: '2003-07-01',
      kind: 'address',
      office: 'LOS',
      port: 'MIA',
      because: ['change-notice-enacted'],
    },
  },
  {
    law: 'a notice on the tenth day after the change is in time',
    life: `${ARRIVED}; reported 2003-07-20 kind=employment changed=2003-07-10`,
    seen: LATER,
    comes: ['employment: 2003-07-10..2003-07-20 met on 2003-07-20'],
  },
  {
    law: 'a notice on the eleventh day is late',
    life: `${ARRIVED}; reported 2003-07-21 kind=employment changed=2003-07-10`,
    seen: LATER,
    comes: ['employment: 2003-07-10..2003-07-20 met-late on 2003-07-21'],
  },
  {
    law: 'a change is not known before its report',
    life: `${ARRIVED}; reported 2003-08-01 kind=school changed=2003-07-10`,
    seen: '2003-07-31',
    comes: [],
  },
  {
    law: 'a change found unreported is open to its due day',
    life: `${ARRIVED}; found 2003-07-15 kind=school changed=2003-07-10`,
    seen: '2003-07-20',
    comes: ['school: 2003-07-10..2003-07-20 open'],
    rests: [0, 1],
  },
  {
    law: 'a change found unreported is missed after its due day; a finding is no fact that satisfies',
    life: `${ARRIVED}; found 2003-07-15 kind=school changed=2003-07-10`,
    seen: '2003-07-21',
    comes: ['school: 2003-07-10..2003-07-20 missed'],
  },
  {
    law: 'a change found unreported and then reported is one obligation',
    life: `${ARRIVED}; found 2003-08-10 kind=school changed=2003-07-10; reported 2003-08-12 kind=school changed=2003-07-10`,
    seen: LATER,
    comes: ['school: 2003-07-10..2003-07-20 met-late on 2003-08-12'],
    rests: [0, 1, 2],
  },
  {
    law: 'a report dated before the change is neither the change nor its notice',
    life: `${ARRIVED}; reported 2003-07-09 kind=school changed=2003-07-10`,
    seen: LATER,
    comes: [],
    unneeded: REPORT,
  },
  {
    law: 'a report dated before the change is no notice of a change that was found',
    life: `${ARRIVED}; reported 2003-07-09 kind=school changed=2003-07-10; found 2003-08-01 kind=school changed=2003-07-10`,
    seen: LATER,
    comes: ['school: 2003-07-10..2003-07-20 missed'],
    unneeded: REPORT,
  },
  {
    law: 'changes of two kinds on one day are two obligations',
    life: `${ARRIVED}; reported 2003-07-15 kind=school changed=2003-07-10; found 2003-08-15 kind=address changed=2003-07-10`,
    seen: LATER,
    comes: [
      'address: 2003-07-10..2003-07-20 missed',
      'school: 2003-07-10..2003-07-20 met on 2003-07-15',
    ],
  },
  {
    law: 'changes of one kind on two days are two obligations, each with its own notice',
    life: `${ARRIVED}; reported 2003-07-22 kind=school changed=2003-07-11; found 2003-08-15 kind=school changed=2003-07-10`,
    seen: LATER,
    comes: [
      'school: 2003-07-10..2003-07-20 missed',
      'school: 2003-07-11..2003-07-21 met-late on 2003-07-22',
    ],
  },
  {
    law: 'a second report of one change satisfies nothing',
    life: `${ARRIVED}; reported 2003-07-12 kind=school changed=2003-07-10; reported 2003-07-14 kind=school changed=2003-07-10`,
    seen: LATER,
    comes: ['school: 2003-07-10..2003-07-20 met on 2003-07-12'],
    unneeded: REPORT,
  },
];

const whoseStay: readonly Case[] = [
  {
    law: 'a stay under registration by a call-in gives notice from the day of that registration on',
    life: 'called-in 2002-12-10; reported 2002-12-15 kind=address changed=2002-12-10 state=NY',
    seen: LATER,
    comes: ['address: 2002-12-10..2002-12-20 met on 2002-12-15'],
    with: { office: 'NYC' },
  },
  {
    law: 'a change on the day before that registration needs none',
    life: 'called-in 2002-12-10; reported 2002-12-15 kind=address changed=2002-12-09',
    seen: LATER,
    comes: [],
    unneeded: REPORT,
  },
  {
    law: 'a stay under no registration gives no notice',
    life: 'arrived 2002-08-20; reported 2003-07-15 kind=address changed=2003-07-10',
    seen: LATER,
    comes: [],
    unneeded: ['ArrivalRegistered', ...REPORT],
  },
  {
    law: 'a change on the day of the departure belongs to the stay, and its end releases',
    life: `${ARRIVED}; found 2003-08-01 kind=school changed=2003-07-10; departed 2003-07-10`,
    seen: LATER,
    comes: ['school: 2003-07-10..2003-07-20 released on 2003-07-10'],
    rests: [0, 1, 2],
  },
  {
    law: 'a notice on the day of the departure still meets it',
    life: `${ARRIVED}; reported 2003-07-10 kind=school changed=2003-07-08; departed 2003-07-10`,
    seen: LATER,
    comes: ['school: 2003-07-08..2003-07-18 met on 2003-07-10'],
  },
  {
    law: 'a stay begun by a call-in begins on the day after the end of the one before it',
    life: 'called-in 2002-11-20; reported 2002-12-20 kind=school changed=2002-12-20; departed 2002-12-20; called-in 2003-01-20 of=PK',
    seen: LATER,
    comes: ['school: 2002-12-20..2002-12-30 met on 2002-12-20'],
  },
  {
    law: 'a change after the departure belongs to no stay',
    life: `${ARRIVED}; reported 2003-07-15 kind=school changed=2003-07-11; departed 2003-07-10`,
    seen: LATER,
    comes: [],
    unneeded: REPORT,
  },
  {
    law: 'a notice after a departure that released satisfies nothing, though it would be in time',
    life: `${ARRIVED}; reported 2003-07-15 kind=school changed=2003-07-10; departed 2003-07-12`,
    seen: LATER,
    comes: ['school: 2003-07-10..2003-07-20 released on 2003-07-12'],
    unneeded: REPORT,
  },
  {
    law: 'a late notice after the departure belongs to the stay that held the change',
    life: `${ARRIVED}; reported 2003-08-05 kind=school changed=2003-07-10; departed 2003-08-01`,
    seen: LATER,
    comes: ['school: 2003-07-10..2003-07-20 met-late on 2003-08-05'],
  },
  {
    law: 'a change on the day between two stays belongs to the later one',
    life: `${ARRIVED}; departed 2003-07-10; arrived 2003-07-10; reported 2003-07-12 kind=school changed=2003-07-10`,
    seen: LATER,
    comes: [],
    unneeded: REPORT,
  },
];

const exemptions: readonly Case[] = [
  {
    law: 'a worker gives notice of a new address on 2003-12-02 still',
    life: `${ARRIVED} class=H1B; reported 2003-12-12 kind=address changed=2003-12-02`,
    seen: '2004-06-30',
    comes: ['address: 2003-12-02..2003-12-12 met on 2003-12-12'],
  },
  {
    law: 'a student gives notice of a new employer on 2003-12-02 still: SEVIS covers address and school',
    life: `${ARRIVED} class=F1; found 2004-01-12 kind=employment changed=2003-12-02`,
    seen: '2004-06-30',
    comes: ['employment: 2003-12-02..2003-12-12 missed'],
  },
  {
    law: 'an exchange visitor need not report a new school from 2003-12-02 on',
    life: `${ARRIVED} class=J1; found 2004-01-12 kind=school changed=2003-12-02`,
    seen: '2004-06-30',
    comes: [],
  },
  {
    law: 'the exemption of the class releases no change of the day before',
    life: `${ARRIVED} class=M1; found 2003-12-20 kind=school changed=2003-12-01`,
    seen: '2004-06-30',
    comes: ['school: 2003-12-01..2003-12-11 missed'],
  },
  {
    law: 'who became a student by the day of the change is exempt as one',
    life: `${ARRIVED} class=B2; became 2003-12-05 to=F1; found 2004-01-12 kind=address changed=2003-12-05`,
    seen: '2004-06-30',
    comes: [],
  },
  {
    law: 'who was a student no more on the day of the change is not',
    life: `${ARRIVED} class=F1; became 2003-12-05 to=H1B; found 2004-01-12 kind=address changed=2003-12-05`,
    seen: '2004-06-30',
    comes: ['address: 2003-12-05..2003-12-15 missed'],
  },
  {
    law: 'an exemption of the person that begins on the day of the change covers it',
    life: `${ARRIVED}; exempt 2003-07-10 from=change-notice; reported 2003-07-12 kind=school changed=2003-07-10`,
    seen: LATER,
    comes: [],
    unneeded: REPORT,
  },
  {
    law: 'an exemption of the person that begins later releases, and the notice of that day is too late',
    life: `${ARRIVED}; exempt 2003-07-12 from=change-notice; reported 2003-07-12 kind=school changed=2003-07-10`,
    seen: LATER,
    comes: ['school: 2003-07-10..2003-07-20 released on 2003-07-12'],
    unneeded: REPORT,
  },
  {
    law: 'a status outside the programme on the day of the change covers it',
    life: `${ARRIVED}; became 2003-07-10 to=asylee; found 2003-09-01 kind=school changed=2003-07-10`,
    seen: LATER,
    comes: [],
  },
  {
    law: 'a status that leaves the programme on the day after releases',
    life: `${ARRIVED}; became 2003-07-11 to=asylee; found 2003-09-01 kind=school changed=2003-07-10`,
    seen: LATER,
    comes: ['school: 2003-07-10..2003-07-20 released on 2003-07-11'],
    rests: [0, 2, 1],
  },
  {
    law: 'good cause names the kind of change',
    life: `${ARRIVED}; found 2003-09-01 kind=school changed=2003-07-10; found 2003-09-01 kind=address changed=2003-07-10; good-cause 2003-10-01 for=change-notice anchor=2003-07-10 kind=school`,
    seen: LATER,
    comes: [
      'address: 2003-07-10..2003-07-20 missed',
      'school: 2003-07-10..2003-07-20 excused on 2003-10-01',
    ],
  },
];

const fiveDays = dutyEnacted(DUTY, '2003-07-20', { dueAfterDays: 5, presentAtLeastDays: 0 });

const policy: readonly Case[] = [
  {
    law: 'a change on the day before new terms has the old ones',
    life: `${ARRIVED}; found 2003-09-01 kind=school changed=2003-07-19`,
    seen: LATER,
    enacted: [fiveDays],
    comes: ['school: 2003-07-19..2003-07-29 missed'],
    with: { because: ['change-notice-enacted'] },
  },
  {
    law: 'a change on the day of new terms has them',
    life: `${ARRIVED}; found 2003-09-01 kind=school changed=2003-07-20`,
    seen: LATER,
    enacted: [fiveDays],
    comes: ['school: 2003-07-20..2003-07-25 missed'],
    with: { because: ['change-notice-again'] },
  },
  {
    law: 'how long one must have been there is a term of the day of the change',
    life: 'arrived 2003-07-18; reported 2003-07-20 kind=school changed=2003-07-19; reported 2003-07-20 kind=school changed=2003-07-20',
    seen: LATER,
    enacted: [fiveDays],
    comes: ['school: 2003-07-20..2003-07-25 met on 2003-07-20'],
    unneeded: REPORT,
  },
  {
    law: 'a duty moved to US-VISIT releases what is open',
    life: `${ARRIVED}; found 2003-09-01 kind=school changed=2003-07-14`,
    seen: LATER,
    enacted: [movedToUsVisit(DUTY, '2003-07-15')],
    comes: ['school: 2003-07-14..2003-07-24 released on 2003-07-15'],
  },
  {
    law: 'a change on the day of the move needs no notice',
    life: `${ARRIVED}; reported 2003-07-15 kind=school changed=2003-07-15`,
    seen: LATER,
    enacted: [movedToUsVisit(DUTY, '2003-07-15')],
    comes: [],
    unneeded: REPORT,
  },
  {
    law: 'a suspension of the duty, which the law never made, would owe the deadline of its day',
    life: `${ARRIVED}; reported 2003-07-20 kind=school changed=2003-07-10; found 2003-08-01 kind=school changed=2003-07-11`,
    seen: LATER,
    enacted: [suspended([DUTY], '2003-07-20', { owed: true })],
    comes: [
      'school: 2003-07-10..2003-07-20 met on 2003-07-20',
      'school: 2003-07-11..2003-07-21 released on 2003-07-20',
    ],
  },
  {
    law: 'the delisting releases what is open',
    life: 'arrived 2010-06-01 class=B2; found 2011-06-01 kind=address changed=2011-04-27; reported 2011-04-28 kind=school changed=2011-04-28',
    seen: '2012-01-01',
    comes: ['address: 2011-04-27..2011-05-07 released on 2011-04-28'],
    unneeded: REPORT,
    with: { because: ['change-notice-enacted', 'countries-delisted'] },
  },
  {
    law: 'a duty that was never enacted is not imposed',
    life: `${ARRIVED}; reported 2003-07-15 kind=school changed=2003-07-10`,
    seen: LATER,
    enacted: [{ withdraw: 'change-notice-enacted' }],
    comes: [],
    unneeded: REPORT,
  },
];

describe('the notice of a change', () => {
  holds(DUTY, [...window, ...whoseStay, ...exemptions, ...policy]);
});
