import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#libs/kernel';
import { enactedPolicy } from '#libs/policy';
import {
  aCorrection,
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  aPerson,
  aRescission,
  decidedUnder,
  givenRegistrant as given,
  longAfter,
  recorded,
  recordedId,
  specStream,
  toCorrect,
} from '#libs/spec';
import { decideRegistrant } from './decide.js';
import type { RegistrantEvent, Visit } from './events.js';
import { factsOf } from './facts.js';
import { foldRegistrant } from './state.js';

const arrival = anArrival({ arrivedOn: '2003-10-23' });
const interview = anInterview({ interviewedOn: '2003-11-25' });
const earlier = anInterview({ interviewedOn: '2003-11-24' });
const departure = aDeparture({ departedOn: '2003-12-05' });

describe('CorrectRecord', () => {
  it.each<[string, RegistrantEvent]>([
    ['another day', anArrival({ arrivedOn: '2003-10-22' })],
    ['another port', anArrival({ arrivedOn: '2003-10-23', port: 'LOS' })],
    ['another class', anArrival({ arrivedOn: '2003-10-23', classOfAdmission: 'H1B' })],
    [
      'another nationality',
      anArrival({ arrivedOn: '2003-10-23', person: { ...aPerson, nationalities: ['SD'] } }),
    ],
    [
      'another birth date',
      anArrival({ arrivedOn: '2003-10-23', person: { ...aPerson, bornOn: '1975-03-15' } }),
    ],
    ['another FIN', anArrival({ arrivedOn: '2003-10-23', fin: '9000002' })],
  ])('makes an arrival say %s, under the id that it had', (_what, corrected) => {
    const events = [arrival, interview, departure];
    const outcome = given(...events).when(toCorrect(0, corrected));
    outcome.then(aCorrection(0, corrected));
    outcome.warns();
    const { facts } = foldRegistrant(recorded(specStream, [...events, aCorrection(0, corrected)]));
    expect(facts[0]).toMatchObject({ id: recordedId(specStream, 0), data: corrected.data });
  });

  it('is known from the instant at which it was recorded, and not before', () => {
    const events = recorded(specStream, [
      arrival,
      interview,
      { ...aCorrection(1, earlier), recordedAt: '2004-01-10T12:00:00.000Z' },
    ]);
    const daysKnown = (knownAt: string) => factsOf(events, { knownAt }).map(({ day }) => day);
    expect(daysKnown('2004-01-10T11:59:59.999Z')).toEqual(['2003-10-23', '2003-11-25']);
    expect(daysKnown('2004-01-10T12:00:00.000Z')).toEqual(['2003-10-23', '2003-11-24']);
  });

  it('derives the state of the address anew, whatever the body says', () => {
    const usAddress = { line1: '2 Nowhere', city: 'Sampleton', state: 'CA', zip: '00000' };
    const visit: Visit = { purpose: 'Invented studies', usAddress };
    const corrected = anArrival({ arrivedOn: '2003-10-23', visit, usState: 'CA' });
    const { usState: _usState, ...unsaid } = corrected.data;
    for (const data of [unsaid, { ...unsaid, usState: 'VA' }, { ...unsaid, usState: 'CA' }]) {
      given(arrival)
        .when(toCorrect(0, arrival, { data }))
        .then(aCorrection(0, corrected));
    }
  });

  it('keeps the state of an unreported address that is not known itself', () => {
    const found = (usState: string) =>
      aFact('UnreportedChangeFound', {
        kind: 'address',
        changedOn: '2003-11-25',
        foundOn: '2004-01-30',
        usState,
      });
    given(arrival, found('VA'))
      .when(toCorrect(1, found('CA')))
      .then(aCorrection(1, found('CA')));
  });

  it('derives anew what a decision relied on', () => {
    const state = foldRegistrant(recorded(specStream, [arrival]));
    const relied = longAfter
      .obligationsOn(state, '2003-11-25')
      .flatMap(({ key, reliedOn }) => (key.duty === 'follow-up-interview' ? [reliedOn] : []));
    const proceedings = (initiatedOn: string, status: string) =>
      aFact('RemovalProceedingsInitiated', {
        obligation: { duty: 'follow-up-interview', anchorOn: '2003-10-23' },
        initiatedOn,
        ground: 'Invented ground',
        ...relied.map((reliedOn) => ({ reliedOn: { ...reliedOn, status } }))[0],
      });
    const opened = proceedings('2003-11-25', 'open');
    const { reliedOn: _unsaid, ...unsaid } = proceedings('2003-12-02', 'released').data;
    for (const data of [unsaid, { ...unsaid, reliedOn: { status: 'nonsense' } }]) {
      const outcome = given(arrival, opened).when(toCorrect(1, opened, { data }));
      outcome.then(aCorrection(1, proceedings('2003-12-02', 'released')));
      outcome.warns(/released by that day/);
    }
  });

  it('is decided under the policy of the corrected day', () => {
    given(arrival)
      .when(toCorrect(0, anArrival({ arrivedOn: '2011-04-28' })))
      .refuses('ProgrammeNotInForce', { because: 'rule', field: 'corrected.data.arrivedOn' });
    given(arrival, departure)
      .when(toCorrect(1, aDeparture({ departedOn: '2003-12-05', port: 'OAK' })))
      .refuses('PortNotDesignatedForDeparture', { field: 'corrected.data.port' });
  });

  it('is refused for what cannot have happened, and for a day in the future', () => {
    given(arrival)
      .when(toCorrect(0, anArrival({ arrivedOn: '2003-10-23', admittedUntil: '2003-10-22' })))
      .refuses('AdmittedUntilBeforeAdmission', { field: 'corrected.data.admittedUntil' });
    given(arrival)
      .when(
        toCorrect(0, anArrival({ arrivedOn: '2004-01-02' })),
        decidedUnder(enactedPolicy, '2004-01-01'),
      )
      .refuses('DayInFuture', { field: 'corrected.data.arrivedOn' });
  });

  it('may say the person otherwise than another registration, and warns of that', () => {
    const second = anArrival({ arrivedOn: '2004-02-01' });
    const who = { person: { ...aPerson, bornOn: '1975-03-15' }, fin: '9000002' };
    const first = anArrival({ arrivedOn: '2003-10-23', ...who });
    const outcome = given(arrival, departure, second).when(toCorrect(0, first));
    outcome.then(aCorrection(0, first));
    outcome.warns(/another sex or birth date/, /another FIN/);
    given(arrival, departure, second, aCorrection(0, first))
      .when(toCorrect(2, anArrival({ arrivedOn: '2004-02-01', ...who })))
      .warns();
  });

  it('passes on what is said of the corrected fact', () => {
    given(arrival, anArrival({ arrivedOn: '2004-02-01' }))
      .when(toCorrect(1, anArrival({ arrivedOn: '2004-02-02' })))
      .warns(/it now ends on 2004-02-02/);
  });

  it('corrects what is valid now, and not what was recorded first', () => {
    given(arrival, interview, aCorrection(1, earlier))
      .when(toCorrect(1, interview))
      .then(aCorrection(1, interview));
    given(arrival, interview, aCorrection(1, earlier), aRescission(2))
      .when(toCorrect(1, earlier))
      .then(aCorrection(1, earlier));
  });

  it('is refused for an event that the record does not have', () => {
    given(arrival)
      .when(toCorrect(1, interview))
      .refuses('EventUnknown', { because: 'state', field: 'eventId' });
    given().when(toCorrect(0, arrival)).refuses('EventUnknown');
  });

  it('of a correction is refused, and names the fact to correct again', () => {
    const events = recorded(specStream, [arrival, interview, aCorrection(1, earlier)]);
    const decision = decideRegistrant(toCorrect(2, earlier), foldRegistrant(events), longAfter);
    expect(decision).toEqual({
      refusal: {
        code: 'CorrectionNotCorrectable',
        because: 'state',
        field: 'eventId',
        detail: expect.stringContaining(recordedId(specStream, 1)),
      },
    });
  });

  it('of a rescission, or of what is rescinded, is refused', () => {
    const events = [arrival, interview, aRescission(1)];
    given(...events)
      .when(toCorrect(2, interview))
      .refuses('RescissionIsFinal', { because: 'state', field: 'eventId' });
    given(...events)
      .when(toCorrect(1, earlier))
      .refuses('RecordAlreadyRescinded', { because: 'state', field: 'eventId' });
  });

  it('of the record of another registrant is refused', () => {
    const { type, data } = toCorrect(1, earlier);
    const registrantId = '00000000-0000-4000-8000-000000000002';
    given(arrival, interview)
      .when({ type, data: { ...data, registrantId } })
      .refuses('MalformedField', { field: 'corrected.data.registrantId' });
    const moved = toCorrect(0, anArrival({ arrivedOn: '2003-10-22' }));
    given(arrival)
      .when({ type, data: { ...moved.data, registrantId } })
      .refuses('OtherRegistrant', { field: 'registrantId' });
  });

  it('is refused where the personal content of the record cannot be opened', () => {
    const events = recorded(specStream, [arrival, interview]).map((event): RecordedEvent => ({
      ...event,
      isSealed: true,
    }));
    expect(decideRegistrant(toCorrect(1, earlier), foldRegistrant(events), longAfter)).toEqual({
      refusal: expect.objectContaining({ code: 'PersonalContentSealed', because: 'state' }),
    });
  });
});
