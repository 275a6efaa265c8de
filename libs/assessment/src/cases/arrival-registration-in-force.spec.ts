import { describe } from '@jest/globals';
import { type Case, holds } from './case.contract.js';
import { classExempt, dutyEnacted, iranDesignated, suspended } from './enactments.contract.js';

const ARRIVAL = ['ArrivalRegistered'];

const outside: readonly Case[] = [
  {
    law: 'a diplomat of class G4 is outside the programme',
    life: 'arrived 2003-05-01 class=G4',
    seen: '2003-06-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'a journalist of class I is within it',
    life: 'arrived 2003-05-01 class=I',
    seen: '2003-06-01',
    comes: ['2003-05-01..2003-05-01 met on 2003-05-01'],
  },
  {
    law: 'a status that leaves the programme on the day of arrival holds from the start of that day',
    life: 'arrived 2003-05-01; became 2003-05-01 to=asylee',
    seen: '2003-06-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'a status belongs to its stay, and says nothing of the next one',
    life: 'arrived 2003-05-01; became 2003-05-20 to=A1; arrived 2003-06-01',
    seen: '2003-07-01',
    comes: ['2003-05-01..2003-05-01 met on 2003-05-01', '2003-06-01..2003-06-01 met on 2003-06-01'],
  },
  {
    law: 'an exemption of the person that begins on the day of arrival covers it',
    life: 'exempt 2003-05-01 from=arrival-registration; arrived 2003-05-01',
    seen: '2003-06-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'an exemption does not cover the day named as its end',
    life: 'exempt 2003-04-01 until=2003-05-01 from=arrival-registration; arrived 2003-05-01',
    seen: '2003-06-01',
    comes: ['2003-05-01..2003-05-01 met on 2003-05-01'],
  },
  {
    law: 'an exemption covers the day before its end',
    life: 'exempt 2003-04-01 until=2003-05-02 from=arrival-registration; arrived 2003-05-01',
    seen: '2003-06-01',
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'an exemption from another duty does not cover the arrival',
    life: 'exempt 2003-04-01 from=change-notice+departure-registration; arrived 2003-05-01',
    seen: '2003-06-01',
    comes: ['2003-05-01..2003-05-01 met on 2003-05-01'],
  },
  {
    law: 'an exemption of a class covers arrivals from its first day on',
    life: 'arrived 2003-02-28 class=F1; arrived 2003-03-01 class=F1; arrived 2003-03-02 class=H1B',
    seen: '2003-06-01',
    enacted: [classExempt('arrival-registration', '2003-03-01', ['F1', 'F2'])],
    comes: ['2003-02-28..2003-02-28 met on 2003-02-28', '2003-03-02..2003-03-02 met on 2003-03-02'],
    unneeded: ARRIVAL,
  },
];

const inForce: readonly Case[] = [
  {
    law: 'a suspended duty is not in force on the day of the suspension',
    life: 'arrived 2003-04-30; arrived 2003-05-01',
    seen: '2003-06-01',
    enacted: [suspended(['arrival-registration'], '2003-05-01')],
    comes: ['2003-04-30..2003-04-30 met on 2003-04-30'],
    unneeded: ARRIVAL,
  },
  {
    law: 'a suspension of a duty that is not in force yet has nothing to act on',
    life: 'arrived 2002-09-11',
    seen: '2003-06-01',
    enacted: [suspended(['arrival-registration'], '2002-09-01')],
    comes: ['2002-09-11..2002-09-11 met on 2002-09-11'],
  },
  {
    law: 'enacting a suspended duty again does not revive it',
    life: 'arrived 2003-07-01',
    seen: '2003-08-01',
    enacted: [
      suspended(['arrival-registration'], '2003-05-01'),
      dutyEnacted('arrival-registration', '2003-06-01'),
    ],
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'after the delisting a duty enacted again finds no designation in force',
    life: 'arrived 2012-02-01; arrived 2012-03-01 of=FR lookout',
    seen: '2012-06-01',
    enacted: [dutyEnacted('arrival-registration', '2012-01-01')],
    comes: [],
    unneeded: [...ARRIVAL, ...ARRIVAL],
  },
  {
    law: 'after the delisting a designation made again finds no duty in force',
    life: 'arrived 2012-02-01',
    seen: '2012-06-01',
    enacted: [iranDesignated('2012-01-01')],
    comes: [],
    unneeded: ARRIVAL,
  },
  {
    law: 'a duty and a designation enacted after the delisting begin anew',
    life: 'arrived 2012-02-01; arrived 2012-03-01 of=SY',
    seen: '2012-06-01',
    enacted: [dutyEnacted('arrival-registration', '2012-01-01'), iranDesignated('2012-01-01')],
    comes: ['2012-02-01..2012-02-01 met on 2012-02-01'],
    unneeded: ARRIVAL,
    with: { because: ['arrival-registration-again', 'iran-again'] },
  },
  {
    law: 'the delisting ended the exemption of a class too: enacted again, the duty has none',
    life: 'arrived 2011-04-01 class=F1; arrived 2012-02-01 class=F1',
    seen: '2012-06-01',
    enacted: [
      classExempt('arrival-registration', '2003-03-01', ['F1']),
      dutyEnacted('arrival-registration', '2012-01-01'),
      iranDesignated('2012-01-01'),
    ],
    comes: ['2012-02-01..2012-02-01 met on 2012-02-01'],
    unneeded: ARRIVAL,
  },
  {
    law: 'the removal of the regulation ends all, where no delisting came before it',
    life: 'arrived 2016-12-22; arrived 2016-12-23',
    seen: '2017-01-31',
    enacted: [{ withdraw: 'countries-delisted' }],
    comes: ['2016-12-22..2016-12-22 met on 2016-12-22'],
    unneeded: ARRIVAL,
  },
  {
    law: 'of a delisting and an enactment of one day the joint outcome counts',
    life: 'arrived 2011-04-28',
    seen: '2012-06-01',
    enacted: [dutyEnacted('arrival-registration', '2011-04-28'), iranDesignated('2011-04-28')],
    comes: ['2011-04-28..2011-04-28 met on 2011-04-28'],
  },
];

const stays: readonly Case[] = [
  {
    law: 'each of two arrivals of one day is registered by itself',
    life: 'arrived 2003-05-01; arrived 2003-05-01 port=LOS',
    seen: '2003-06-01',
    comes: ['2003-05-01..2003-05-01 met on 2003-05-01', '2003-05-01..2003-05-01 met on 2003-05-01'],
  },
  {
    law: 'an arrival is registered though the stay ends on its day',
    life: 'arrived 2003-05-01; departed 2003-05-01',
    seen: '2003-06-01',
    comes: ['2003-05-01..2003-05-01 met on 2003-05-01'],
  },
];

describe('whether registration on arrival is in force, and for whom', () => {
  holds('arrival-registration', [...outside, ...inForce, ...stays]);
});
