import { describe, expect, it } from '@jest/globals';
import {
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  recorded,
  type SpecEvent,
  specStream,
} from '#libs/spec';
import { factsOf } from './facts.js';
import { type Presence, staysOf } from './stays.js';

const arrival = anArrival({ arrivedOn: '2003-10-23', admittedUntil: '2004-06-30' });

function daysOf(presence: Presence, ...events: readonly SpecEvent[]) {
  const stays = staysOf(factsOf(recorded(specStream, events)), presence);
  return stays.map(({ from, until }) => [from, until]);
}

describe('the end of a stay without a recorded departure', () => {
  it('is open until the next arrival, where presence is assumed until a departure', () => {
    expect(daysOf('until-departure', arrival)).toEqual([['2003-10-23', undefined]]);
    expect(daysOf('until-departure', arrival, anArrival({ arrivedOn: '2005-01-01' }))).toEqual([
      ['2003-10-23', '2005-01-01'],
      ['2005-01-01', undefined],
    ]);
  });

  const cut = (...events: readonly SpecEvent[]) =>
    daysOf('until-admitted-until', arrival, ...events)[0]?.[1];

  it('is the end of the admission, where presence is assumed until then', () => {
    expect(cut()).toBe('2004-06-30');
    expect(cut(anInterview({ interviewedOn: '2003-11-25' }))).toBe('2004-06-30');
    expect(cut(anArrival({ arrivedOn: '2005-01-01' }))).toBe('2004-06-30');
  });

  it('is the day of the last fact that belongs to it, of a change that of its report', () => {
    expect(cut(anInterview({ interviewedOn: '2004-08-01' }))).toBe('2004-08-01');
    const change = aFact('ChangeReported', {
      kind: 'school',
      changedOn: '2004-06-01',
      reportedOn: '2004-09-01',
      value: { name: 'Invented School' },
    });
    expect(cut(change)).toBe('2004-09-01');
  });

  it('is at most the day of the next arrival', () => {
    expect(cut(anArrival({ arrivedOn: '2004-03-01' }))).toBe('2004-03-01');
  });

  it('is that of the departure, where one is recorded, and open where no end was set', () => {
    expect(cut(aDeparture({ departedOn: '2004-09-01' }))).toBe('2004-09-01');
    const { admittedUntil: _end, ...open } = arrival.data;
    expect(daysOf('until-admitted-until', { type: 'ArrivalRegistered', data: open })).toEqual([
      ['2003-10-23', undefined],
    ]);
  });
});
