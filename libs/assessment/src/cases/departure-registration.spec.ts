import { describe } from '@jest/globals';
import { type Case, holds } from './case.contract.js';
import { dutyEnacted, movedToUsVisit, suspended } from './enactments.contract.js';

const DUTY = 'departure-registration';
const DEPARTURE = ['DepartureConfirmed'];
const LATER = '2003-11-01';
const ARRIVED = 'arrived 2003-06-01';

const departures: readonly Case[] = [
  {
    law: 'a departure confirmed at a designated port is registered',
    life: `${ARRIVED} port=MIA state=CA; departed 2003-07-05 port=LOS`,
    seen: '2003-07-05',
    comes: ['2003-07-05..2003-07-05 met on 2003-07-05'],
    rests: [0, 1],
    with: {
      anchorOn: '2003-07-05',
      office: 'LOS',
      port: 'LOS',
      because: ['departure-registration-enacted'],
    },
  },
  {
    law: 'an unregistered departure is open on its own day',
    life: `${ARRIVED}; left 2003-07-05`,
    seen: '2003-07-05',
    comes: ['2003-07-05..2003-07-05 open'],
  },
  {
    law: 'an unregistered departure is missed from the next day on, at the port of arrival',
    life: `${ARRIVED} port=MIA; left 2003-07-05`,
    seen: '2003-07-06',
    comes: ['2003-07-05..2003-07-05 missed'],
    rests: [0, 1],
    with: { port: 'MIA' },
  },
  {
    law: 'a departure confirmed at a port that is not designated is missed, and satisfies nothing',
    life: `${ARRIVED}; departed 2003-07-05 port=OAK`,
    seen: LATER,
    comes: ['2003-07-05..2003-07-05 missed'],
    unneeded: DEPARTURE,
  },
  {
    law: 'Oakland is not designated on 2009-11-24',
    life: 'arrived 2009-10-01; departed 2009-11-24 port=OAK',
    seen: '2010-01-01',
    comes: ['2009-11-24..2009-11-24 missed'],
    unneeded: DEPARTURE,
  },
  {
    law: 'Oakland is designated from 2009-11-25 on',
    life: 'arrived 2009-10-01; departed 2009-11-25 port=OAK',
    seen: '2010-01-01',
    comes: ['2009-11-25..2009-11-25 met on 2009-11-25'],
  },
  {
    law: 'Saipan, published with Oakland, is not designated on 2009-11-27',
    life: 'arrived 2009-10-01; departed 2009-11-27 port=SAI',
    seen: '2010-01-01',
    comes: ['2009-11-27..2009-11-27 missed'],
    unneeded: DEPARTURE,
  },
  {
    law: 'Saipan is designated from 2009-11-28 on',
    life: 'arrived 2009-10-01; departed 2009-11-28 port=SAI',
    seen: '2010-01-01',
    comes: ['2009-11-28..2009-11-28 met on 2009-11-28'],
  },
  {
    law: 'designations of ports add up: the first ones stay',
    life: 'arrived 2009-10-01; departed 2010-02-01 port=NYC',
    seen: '2010-06-01',
    comes: ['2010-02-01..2010-02-01 met on 2010-02-01'],
  },
];

const whichEndsTheStay: readonly Case[] = [
  {
    law: 'of two departures of one day the confirmed one ends the stay, whichever the log has first',
    life: `${ARRIVED}; left 2003-07-05; departed 2003-07-05`,
    seen: LATER,
    comes: ['2003-07-05..2003-07-05 met on 2003-07-05'],
    rests: [0, 2],
  },
  {
    law: 'of two confirmed on one day the first in the log ends the stay, and the other belongs to none',
    life: `${ARRIVED}; departed 2003-07-05 port=OAK; departed 2003-07-05 port=NYC`,
    seen: LATER,
    comes: ['2003-07-05..2003-07-05 missed'],
    unneeded: [...DEPARTURE, ...DEPARTURE],
  },
  {
    law: 'a departure after the one that ended the stay belongs to none',
    life: `${ARRIVED}; left 2003-07-05; departed 2003-07-06`,
    seen: LATER,
    comes: ['2003-07-05..2003-07-05 missed'],
    unneeded: DEPARTURE,
  },
  {
    law: 'a departure without a stay belongs to none',
    life: 'departed 2003-05-31; arrived 2003-06-01',
    seen: LATER,
    comes: [],
    unneeded: DEPARTURE,
  },
  {
    law: 'who arrives anew without having left has no departure to register',
    life: `${ARRIVED}; arrived 2003-08-01`,
    seen: LATER,
    comes: [],
  },
  {
    law: 'who leaves and comes back on one day leaves the stay that was open, whatever the log has first',
    life: `${ARRIVED}; arrived 2003-07-05; departed 2003-07-05`,
    seen: LATER,
    comes: ['2003-07-05..2003-07-05 met on 2003-07-05'],
    rests: [0, 2],
  },
  {
    law: 'who comes and leaves on one day leaves the stay of that day',
    life: 'departed 2003-06-01; arrived 2003-06-01',
    seen: LATER,
    comes: ['2003-06-01..2003-06-01 met on 2003-06-01'],
    rests: [1, 0],
  },
  {
    law: 'two departures on the day of a return end one stay and leave the next one open',
    life: `${ARRIVED}; departed 2003-07-05; arrived 2003-07-05; departed 2003-07-05; left 2003-08-01`,
    seen: LATER,
    comes: ['2003-07-05..2003-07-05 met on 2003-07-05', '2003-08-01..2003-08-01 missed'],
    unneeded: DEPARTURE,
  },
];

const whoIsHeld: readonly Case[] = [
  {
    law: 'a stay under no registration has no departure to register',
    life: 'arrived 2002-09-05; departed 2002-10-05',
    seen: LATER,
    comes: [],
    unneeded: ['ArrivalRegistered', ...DEPARTURE],
  },
  {
    law: 'who registered at a call-in registers the departure, even of the same day',
    life: 'called-in 2002-12-10; left 2002-12-10',
    seen: LATER,
    comes: ['2002-12-10..2002-12-10 missed'],
  },
  {
    law: 'who left before the call-in registration had none to register',
    life: 'arrived 2002-09-05; left 2002-12-01; called-in 2002-12-10',
    seen: LATER,
    comes: [],
    unneeded: ['ArrivalRegistered', 'CallInRegistrationCompleted'],
  },
  {
    law: 'crew register their departure to the day before the exemption',
    life: 'arrived 2003-11-20 class=C1; left 2003-12-01',
    seen: '2004-06-30',
    comes: ['2003-12-01..2003-12-01 missed'],
  },
  {
    law: 'crew need not register it from 2003-12-02 on',
    life: 'arrived 2003-11-20 class=C1; departed 2003-12-02',
    seen: '2004-06-30',
    comes: [],
    unneeded: DEPARTURE,
  },
  {
    law: 'who was crew no more on the day of departure registers it',
    life: 'arrived 2003-11-20 class=D1; became 2003-12-20 to=B2; left 2003-12-20',
    seen: '2004-06-30',
    comes: ['2003-12-20..2003-12-20 missed'],
  },
  {
    law: 'a permanent resident from the day of departure on is not held to it',
    life: `${ARRIVED}; became 2003-07-05 to=permanent-resident; left 2003-07-05`,
    seen: LATER,
    comes: [],
  },
  {
    law: 'an exemption of the person that begins on the day of departure covers it',
    life: `${ARRIVED}; exempt 2003-07-05 from=departure-registration; left 2003-07-05`,
    seen: LATER,
    comes: [],
  },
  {
    law: 'an exemption of the person that ended on the day of departure does not',
    life: `${ARRIVED}; exempt 2003-06-05 until=2003-07-05 from=departure-registration; left 2003-07-05`,
    seen: LATER,
    comes: ['2003-07-05..2003-07-05 missed'],
  },
  {
    law: 'an exemption that begins after the day of departure releases nothing',
    life: `${ARRIVED}; exempt 2003-07-06 from=departure-registration; left 2003-07-05`,
    seen: LATER,
    comes: ['2003-07-05..2003-07-05 missed'],
  },
  {
    law: 'good cause excuses a missed departure',
    life: `${ARRIVED}; left 2003-07-05; good-cause 2003-09-01 for=departure-registration anchor=2003-07-05`,
    seen: LATER,
    comes: ['2003-07-05..2003-07-05 excused on 2003-09-01'],
  },
];

const policy: readonly Case[] = [
  {
    law: 'nobody registers a departure on the day before the duty is in force',
    life: 'arrived 2002-09-15; departed 2002-09-30',
    seen: LATER,
    comes: [],
    unneeded: DEPARTURE,
  },
  {
    law: 'the suspension of December 2003 names neither departures nor their ports',
    life: `${ARRIVED}; left 2003-12-02`,
    seen: '2004-06-30',
    comes: ['2003-12-02..2003-12-02 missed'],
  },
  {
    law: 'a departure is registered to the day before the delisting',
    life: 'arrived 2010-06-01; left 2011-04-27',
    seen: '2012-01-01',
    comes: ['2011-04-27..2011-04-27 missed'],
  },
  {
    law: 'no departure is registered from the day of the delisting on',
    life: 'arrived 2010-06-01; departed 2011-04-28',
    seen: '2012-01-01',
    comes: [],
    unneeded: DEPARTURE,
  },
  {
    law: 'enacted again after the delisting, the duty finds no port designated',
    life: 'arrived 2011-01-01; departed 2011-06-01',
    seen: '2012-01-01',
    enacted: [dutyEnacted(DUTY, '2011-05-01')],
    comes: ['2011-06-01..2011-06-01 missed'],
    unneeded: DEPARTURE,
    with: { because: ['departure-registration-again'] },
  },
  {
    law: 'the departure of one whom US-VISIT took over is not registered here',
    life: `${ARRIVED}; departed 2003-07-05`,
    seen: LATER,
    enacted: [movedToUsVisit(DUTY, '2003-07-05')],
    comes: [],
    unneeded: DEPARTURE,
  },
  {
    law: 'a deadline owed on the day of a suspension asks for nothing that opens on that day',
    life: `${ARRIVED}; left 2003-07-05`,
    seen: LATER,
    enacted: [suspended([DUTY], '2003-07-05', { owed: true })],
    comes: [],
  },
];

describe('the registration of a departure', () => {
  holds(DUTY, [...departures, ...whichEndsTheStay, ...whoIsHeld, ...policy]);
});
