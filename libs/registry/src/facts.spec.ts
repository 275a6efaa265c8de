import { describe, expect, it } from '@jest/globals';
import {
  aCallIn,
  anArrival,
  anInterview,
  aPerson,
  recorded,
  recordedId,
  specStream,
} from '#libs/spec';
import { factsOf, personAtFacts } from './facts.js';

const arrival = anArrival({ arrivedOn: '2003-10-23' });
const interview = {
  ...anInterview({ interviewedOn: '2003-11-25' }),
  recordedAt: '2003-12-24T08:00:00.000Z',
};

describe('the facts of a registrant', () => {
  const events = recorded(specStream, [arrival, interview]);
  const typesSeen = (view: Parameters<typeof factsOf>[1]) =>
    factsOf(events, view).map(({ type }) => type);

  it.each([
    ['all', {}, 2],
    ['dated by a day', { on: '2003-11-25' }, 2],
    ['without what is dated after it', { on: '2003-11-24' }, 1],
    ['known at an instant', { knownAt: '2003-12-24T08:00:00.000Z' }, 2],
    ['without what was recorded after it', { knownAt: '2003-12-24T07:59:59.999Z' }, 1],
  ])('are seen %s', (_how, view, count) => {
    expect(typesSeen(view)).toEqual(
      ['ArrivalRegistered', 'FollowUpInterviewCompleted'].slice(0, count),
    );
  });

  it('stand in legal order, on one day an arrival and a call-in before all else', () => {
    const day = '2002-12-16';
    const facts = factsOf(
      recorded(specStream, [
        anInterview({ interviewedOn: day }),
        aCallIn({ registeredOn: day }),
        anArrival({ arrivedOn: day }),
        anInterview({ interviewedOn: '2002-12-15' }),
      ]),
    );
    expect(facts.map(({ position }) => position)).toEqual([3, 2, 1, 0]);
  });
});

describe('the attributes of the person at a registration', () => {
  const { person: _person, ...silent } = arrival.data;
  const later = { ...aPerson, nationalities: ['IR', 'FR'] };

  it('are those that it carries, else the latest carried before it, else none', () => {
    const facts = factsOf(
      recorded(specStream, [
        { type: 'ArrivalRegistered', data: { ...silent, arrivedOn: '2002-11-01' } },
        anArrival({ arrivedOn: '2003-01-01' }),
        anArrival({ arrivedOn: '2003-03-01', person: later }),
        anInterview({ interviewedOn: '2003-04-05' }),
        { type: 'ArrivalRegistered', data: { ...silent, arrivedOn: '2003-05-01' } },
      ]),
    );
    const persons = personAtFacts(facts);
    expect([0, 1, 2, 4].map((at) => persons.get(recordedId(specStream, at)))).toEqual([
      undefined,
      aPerson,
      later,
      later,
    ]);
  });
});
