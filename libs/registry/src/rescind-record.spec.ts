import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#libs/kernel';
import {
  aCorrection,
  aDeparture,
  anArrival,
  anInterview,
  aRescission,
  givenRegistrant as given,
  longAfter,
  recorded,
  recordedId,
  type SpecEvent,
  specStream,
  toRecord,
  toRescind,
} from '#libs/spec';
import { decideRegistrant } from './decide.js';
import { factsOf } from './facts.js';
import { foldRegistrant } from './state.js';

const arrival = anArrival({ arrivedOn: '2003-10-23' });
const interview = anInterview({ interviewedOn: '2003-11-25' });
const earlier = anInterview({ interviewedOn: '2003-11-24' });

function factsAfter(...events: readonly SpecEvent[]) {
  return foldRegistrant(recorded(specStream, events)).facts;
}

describe('RescindRecord', () => {
  it('takes an interview away, and then the arrival on which it hung', () => {
    given(arrival, interview).when(toRescind(0)).refuses('ContradictsRecordedFact', {
      because: 'state',
      field: 'eventId',
    });
    given(arrival, interview).when(toRescind(1)).then(aRescission(1));
    given(arrival, interview, aRescission(1)).when(toRescind(0)).then(aRescission(0));
    expect(factsAfter(arrival, interview, aRescission(1), aRescission(0))).toEqual([]);
  });

  it('leaves room for the same fact to be recorded anew', () => {
    given(arrival, interview, aRescission(1)).when(toRecord(interview)).then(interview);
    given(arrival, aRescission(0)).when(toRecord(arrival)).then(arrival);
  });

  it('of a correction restores what it had replaced', () => {
    const events = [arrival, interview, aCorrection(1, earlier)];
    const outcome = given(...events).when(toRescind(2));
    outcome.then(aRescission(2));
    outcome.warns();
    expect(factsAfter(...events, aRescission(2))).toEqual(factsAfter(arrival, interview));
  });

  it('of one correction of several restores the one before it', () => {
    const events = [
      arrival,
      interview,
      aCorrection(1, earlier),
      aCorrection(1, anInterview({ interviewedOn: '2003-11-23' })),
    ];
    given(...events)
      .when(toRescind(3))
      .warns();
    expect(factsAfter(...events, aRescission(3))[1]?.day).toBe('2003-11-24');
  });

  it('of a correction that holds no longer is recorded, and says that it changes nothing', () => {
    const events = [arrival, interview, aCorrection(1, earlier)];
    const replaced = given(...events, aCorrection(1, interview)).when(toRescind(2));
    replaced.then(aRescission(2));
    replaced.warns(/changes nothing/);
    given(...events, aRescission(1))
      .when(toRescind(2))
      .warns(/changes nothing/);
  });

  it('is known from the instant at which it was recorded, and not before', () => {
    const events = recorded(specStream, [
      arrival,
      interview,
      { ...aRescission(1), recordedAt: '2004-01-10T12:00:00.000Z' },
    ]);
    expect(factsOf(events, { knownAt: '2004-01-10T11:59:59.999Z' })).toHaveLength(2);
    expect(factsOf(events, { knownAt: '2004-01-10T12:00:00.000Z' })).toHaveLength(1);
  });

  it('is refused for an event that the record does not have', () => {
    given(arrival)
      .when(toRescind(1))
      .refuses('EventUnknown', { because: 'state', field: 'eventId' });
  });

  it('of a rescission is refused, and so is a second one', () => {
    const events = [arrival, interview, aCorrection(1, earlier), aRescission(2), aRescission(1)];
    given(...events)
      .when(toRescind(4))
      .refuses('RescissionIsFinal', { because: 'state', field: 'eventId' });
    for (const revision of [1, 2]) {
      given(...events)
        .when(toRescind(revision))
        .refuses('RecordAlreadyRescinded', { because: 'state', field: 'eventId' });
    }
  });

  it('of the first registration is refused while another one needs the person it says', () => {
    const second = anArrival({ arrivedOn: '2004-02-01' });
    const { person: _person, ...unsaid } = second.data;
    const { identity: _identity, ...nameless } = second.data;
    const departure = aDeparture({ departedOn: '2003-12-05' });
    for (const data of [unsaid, nameless]) {
      given(arrival, { type: 'ArrivalRegistered', data })
        .when(toRescind(0))
        .refuses('ContradictsRecordedFact', { field: 'eventId' });
    }
    given(arrival, departure, second).when(toRescind(0)).refuses('ContradictsRecordedFact');
    given(arrival, departure, second, aRescission(1)).when(toRescind(0)).then(aRescission(0));
  });

  it('names the registration that would be left without an identity', () => {
    const { identity: _second, ...second } = anArrival({ arrivedOn: '2004-02-01' }).data;
    const { identity: _third, ...third } = anArrival({ arrivedOn: '2004-05-01' }).data;
    const events: SpecEvent[] = [
      arrival,
      { type: 'ArrivalRegistered', data: second },
      { type: 'ArrivalRegistered', data: third },
    ];
    const state = foldRegistrant(recorded(specStream, events));
    expect(decideRegistrant(toRescind(0), state, longAfter)).toEqual({
      refusal: expect.objectContaining({
        code: 'ContradictsRecordedFact',
        detail: expect.stringContaining(recordedId(specStream, 1)),
      }),
    });
  });

  it('is refused in the record of another registrant, and where it has the form of none', () => {
    const { type, data } = toRescind(0);
    const registrantId = '00000000-0000-4000-8000-000000000002';
    given(arrival)
      .when({ type, data: { ...data, registrantId } })
      .refuses('OtherRegistrant', { because: 'state', field: 'registrantId' });
    given(arrival)
      .when({ type, data: { ...data, reason: '' } })
      .refuses('MalformedField', { because: 'rule', field: 'reason' });
  });

  it('is refused where the personal content of the record cannot be opened', () => {
    const [first] = recorded(specStream, [arrival]);
    const sealed = [{ ...first, isSealed: true }] as readonly RecordedEvent[];
    expect(decideRegistrant(toRescind(0), foldRegistrant(sealed), longAfter)).toEqual({
      refusal: expect.objectContaining({ code: 'PersonalContentSealed', because: 'state' }),
    });
  });
});
