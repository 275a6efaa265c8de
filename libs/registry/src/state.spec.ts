import { describe, expect, it } from '@jest/globals';
import { aDeparture, anArrival, aRescission, recorded, specStream } from '#libs/spec';
import { foldRegistrant } from './state.js';

describe('the record of a registrant', () => {
  it('is empty, and of nobody, before the first event', () => {
    expect(foldRegistrant([])).toEqual({ events: [], facts: [], stays: [] });
  });

  it('holds facts as corrected, without what was rescinded, and all that was recorded', () => {
    const events = [
      anArrival({ arrivedOn: '2003-10-23' }),
      aDeparture({ departedOn: '2003-12-05' }),
      aRescission(1),
    ];
    const record = foldRegistrant(recorded(specStream, events));
    expect(record.facts.map(({ type }) => type)).toEqual(['ArrivalRegistered']);
    expect(record.stays[0]?.until).toBeUndefined();
    expect(record.events).toHaveLength(3);
  });
});
