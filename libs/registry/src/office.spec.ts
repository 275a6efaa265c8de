import { describe, expect, it } from '@jest/globals';
import { aCallIn, aFact, anArrival, anInterview, recorded, type SpecEvent } from '#libs/spec';
import { factsOf } from './facts.js';
import { responsibleOffice } from './office.js';

function officeOf(...events: readonly SpecEvent[]): string | undefined {
  return responsibleOffice(factsOf(recorded('registrant-spec', events)));
}

const arrival = anArrival({ arrivedOn: '2003-01-10' });

/** An address in Texas since October, reported in October; one in California since April. */
const inTexas = aFact('ChangeReported', {
  kind: 'address',
  changedOn: '2003-10-01',
  reportedOn: '2003-10-08',
  usState: 'TX',
});
const california = { kind: 'address', changedOn: '2003-04-01', foundOn: '2003-11-01' } as const;

describe('the responsible office', () => {
  it('is that of the call-in registration, else that of the state of the address', () => {
    expect(officeOf(aCallIn({ registeredOn: '2002-12-10', office: 'BUF' }))).toBe('BUF');
    expect(officeOf(arrival)).toBe('WAS');
    expect(officeOf(arrival, inTexas)).toBe('SNA');
    expect(officeOf(inTexas, anInterview({ interviewedOn: '2003-02-15' }))).toBe('SNA');
  });

  it('is not moved by an old address that came to light late', () => {
    const found = aFact('UnreportedChangeFound', { ...california, usState: 'CA' });
    expect(officeOf(arrival, found)).toBe('LOS');
    expect(officeOf(arrival, inTexas, found)).toBe('SNA');
  });

  it('is moved neither by a change of employment nor by an address of which nothing is known', () => {
    const employment = aFact('ChangeReported', {
      kind: 'employment',
      changedOn: '2003-10-01',
      reportedOn: '2003-10-08',
    });
    expect(officeOf(arrival, employment)).toBe('WAS');
    expect(officeOf(arrival, aFact('UnreportedChangeFound', california))).toBe('WAS');
  });

  it('is that of the last to be recorded where two addresses hold from one day', () => {
    const sameDay = aFact('ChangeReported', {
      kind: 'address',
      changedOn: '2003-01-10',
      reportedOn: '2003-01-12',
      usState: 'TX',
    });
    expect(officeOf(sameDay, arrival)).toBe('SNA');
  });

  it('is nobody’s while nothing is known', () => {
    expect(officeOf()).toBeUndefined();
  });
});
