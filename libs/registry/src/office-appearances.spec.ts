import { describe, expect, it } from '@jest/globals';
import { registrantStream } from '#libs/kernel';
import {
  aCallIn,
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  aReregistration,
  givenRegistrant as given,
  longAfter,
  recorded,
  recordedId,
  SPEC_REGISTRANT,
  toRecord,
} from '#libs/spec';
import { decideRegistrant } from './decide.js';
import { foldRegistrant } from './state.js';

const arrival = anArrival({ arrivedOn: '2003-10-23' });

describe.each([
  {
    command: 'CompleteFollowUpInterview',
    dayField: 'interviewedOn',
    repeated: 'InterviewAlreadyRecorded',
    appearance: (day: string, office?: string) =>
      anInterview({ interviewedOn: day, ...(office !== undefined && { office }) }),
  },
  {
    command: 'ReregisterAnnually',
    dayField: 'reregisteredOn',
    repeated: 'ReregistrationAlreadyRecorded',
    appearance: (day: string, office?: string) =>
      aReregistration({ reregisteredOn: day, ...(office !== undefined && { office }) }),
  },
])('$command', ({ dayField, repeated, appearance }) => {
  it.each([
    ['on the day of arrival', '2003-10-23'],
    ['before its window', '2003-10-24'],
    ['late', '2003-12-10'],
    ['after the suspension', '2004-10-20'],
    ['after the delisting', '2011-12-31'],
  ])('is recorded %s: whether it was required is not asked', (_when, day) => {
    const fact = appearance(day);
    given(arrival).when(toRecord(fact)).then(fact);
  });

  it('is recorded on the day of the departure, and in a stay begun by a call-in', () => {
    const fact = appearance('2003-12-10');
    given(arrival, aDeparture({ departedOn: '2003-12-10' }))
      .when(toRecord(fact))
      .then(fact);
    const callIn = aCallIn({ registeredOn: '2002-12-16' });
    const sameDay = appearance('2002-12-16');
    given(callIn).when(toRecord(sameDay)).then(sameDay);
  });

  it('is recorded on two days of one stay', () => {
    const second = appearance('2003-12-11');
    given(arrival, appearance('2003-12-10')).when(toRecord(second)).then(second);
  });

  it('is refused twice on one day', () => {
    given(arrival, appearance('2003-12-10'))
      .when(toRecord(appearance('2003-12-10', 'NYC')))
      .refuses(repeated, { because: 'state', field: dayField });
  });

  it('is refused of nobody', () => {
    given()
      .when(toRecord(appearance('2003-12-10')))
      .refuses('RegistrantNotRegistered', { because: 'state', field: 'registrantId' });
  });

  it('is refused of one whose registration was rescinded', () => {
    const id = recordedId(registrantStream(SPEC_REGISTRANT), 0);
    given(arrival, aFact('RecordRescinded', { eventId: id }))
      .when(toRecord(appearance('2003-12-10')))
      .refuses('RegistrantNotRegistered');
  });

  it('is refused before the arrival, after the departure, and between two stays', () => {
    const events = [
      arrival,
      anUnregisteredDeparture({ departedOn: '2003-12-05' }),
      anArrival({ arrivedOn: '2004-02-01' }),
    ];
    for (const day of ['2003-10-22', '2003-12-06', '2004-01-31']) {
      given(...events)
        .when(toRecord(appearance(day)))
        .refuses('NoStayOnThatDay', { because: 'state', field: dayField });
    }
  });

  it('is refused between the admission and the registration at a call-in', () => {
    given(aCallIn({ registeredOn: '2002-12-16' }))
      .when(toRecord(appearance('2002-12-15')))
      .refuses('NoStayOnThatDay', { because: 'state', field: dayField });
  });

  it('is refused on a day that has not begun anywhere, and at an unknown office', () => {
    given(arrival)
      .when(toRecord(appearance('2003-12-10')), { ...longAfter, latestDay: '2003-12-09' })
      .refuses('DayInFuture', { because: 'rule', field: dayField });
    given(arrival)
      .when(toRecord(appearance('2003-12-10', 'XXX')))
      .refuses('UnknownCode', { because: 'rule', field: 'office' });
  });

  it('judges by the record as corrected', () => {
    const stream = registrantStream(SPEC_REGISTRANT);
    const events = recorded(stream, [
      arrival,
      aFact('RecordCorrected', {
        eventId: recordedId(stream, 0),
        corrected: {
          type: 'ArrivalRegistered',
          version: 1,
          data: { ...arrival.data, arrivedOn: '2003-12-20' },
        },
      }),
    ]);
    const decision = decideRegistrant(
      toRecord(appearance('2003-12-10')),
      foldRegistrant(events),
      longAfter,
    );
    expect(decision).toMatchObject({ refusal: { code: 'NoStayOnThatDay' } });
  });
});
