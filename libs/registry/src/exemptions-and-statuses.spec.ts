import { describe, it } from '@jest/globals';
import type { Duty } from '#libs/policy';
import {
  aCallIn,
  aDeparture,
  aFact,
  anArrival,
  aPerson,
  givenRegistrant as given,
  longAfter,
  toRecord,
} from '#libs/spec';

const arrival = anArrival({ arrivedOn: '2003-10-23', classOfAdmission: 'F1' });

describe('GrantExemption', () => {
  const exemption = (from: string, more: { until?: string; duties?: readonly Duty[] } = {}) =>
    aFact('ExemptionGranted', {
      duties: ['follow-up-interview', 'change-notice'],
      from,
      authority: 'Invented authority',
      reason: 'Invented reason',
      ...more,
    });

  it.each([
    ['without an end', '2003-11-01', {}],
    ['for a single day', '2003-11-01', { until: '2003-11-02' }],
    ['up to a day that has not begun yet', '2003-11-01', { until: '2020-01-01' }],
    ['from before the person was registered', '2002-09-11', {}],
  ])('is recorded %s', (_when, from, more) => {
    const outcome = given(arrival).when(toRecord(exemption(from, more)));
    outcome.then(exemption(from, more));
    outcome.warns();
  });

  it('is recorded after the person has left', () => {
    const fact = exemption('2003-12-24');
    given(arrival, aDeparture({ departedOn: '2003-12-05' }))
      .when(toRecord(fact))
      .then(fact);
  });

  it.each<[string, { from: string; until?: string; duties: readonly Duty[] }, RegExp[]]>([
    [
      'ends before the duty begins',
      { from: '2003-11-01', until: '2003-12-02', duties: ['notice-interview'] },
      [/notice-interview is not in force/],
    ],
    [
      'ends after that',
      { from: '2003-11-01', until: '2003-12-03', duties: ['notice-interview'] },
      [],
    ],
    [
      'begins on the day on which the duty ceases',
      { from: '2003-12-02', duties: ['follow-up-interview', 'change-notice'] },
      [/follow-up-interview is not in force/],
    ],
    ['begins the day before', { from: '2003-12-01', duties: ['follow-up-interview'] }, []],
    ['is from a call-in', { from: '2003-12-01', duties: ['call-in-registration'] }, []],
  ])('is said to exempt nobody where it covers no day of the duty: it %s', (_when, data, said) => {
    const { from, ...more } = data;
    given(arrival)
      .when(toRecord(exemption(from, more)))
      .warns(...said);
  });

  it('is refused where it would hold on no day', () => {
    for (const until of ['2003-11-01', '2003-10-31']) {
      given(arrival)
        .when(toRecord(exemption('2003-11-01', { until })))
        .refuses('UntilNotAfterFrom', { because: 'rule', field: 'until' });
    }
  });

  it('is refused from before the birth of the person, where the record knows it', () => {
    given(arrival)
      .when(toRecord(exemption('1975-03-13')))
      .refuses('DayBeforeBirth', { because: 'rule', field: 'from' });
    const { person: _person, ...unknown } = arrival.data;
    const fact = exemption(aPerson.bornOn);
    given(arrival).when(toRecord(fact)).then(fact);
    given({ ...arrival, data: unknown })
      .when(toRecord(exemption('1975-03-13')))
      .then(exemption('1975-03-13'));
  });

  it('is refused from the same day on for a duty of a recorded one, and for no other duty or day', () => {
    const recorded = exemption('2003-11-01', { until: '2003-12-01' });
    given(arrival, recorded)
      .when(toRecord(exemption('2003-11-01', { duties: ['change-notice'] })))
      .refuses('ExemptionAlreadyRecorded', { because: 'state', field: 'duties' });
    for (const fact of [
      exemption('2003-11-01', { duties: ['annual-reregistration'] }),
      exemption('2003-11-02'),
    ]) {
      given(arrival, recorded).when(toRecord(fact)).then(fact);
    }
  });

  it('is refused of nobody, from a day to come, and from an unknown duty', () => {
    given()
      .when(toRecord(exemption('2003-11-01')))
      .refuses('RegistrantNotRegistered', { because: 'state' });
    given(arrival)
      .when(toRecord(exemption('2003-11-01')), { ...longAfter, latestDay: '2003-10-31' })
      .refuses('DayInFuture', { because: 'rule', field: 'from' });
    given(arrival)
      .when(toRecord(exemption('2003-11-01', { duties: ['tea-drinking' as Duty] })))
      .refuses('UnknownCode', { because: 'rule', field: 'duties[0]' });
  });
});

describe('RecordStatusChange', () => {
  const status = (to: string, changedOn: string) => aFact('StatusChanged', { to, changedOn });

  it.each(['permanent-resident', 'refugee', 'asylee', 'citizen', 'H1B', 'A1'])(
    'is recorded to %s',
    (to) => {
      const outcome = given(arrival).when(toRecord(status(to, '2003-11-25')));
      outcome.then(status(to, '2003-11-25'));
      outcome.warns();
    },
  );

  it('is recorded between an admission and the call-in registration', () => {
    const fact = status('H1B', '2002-10-01');
    given(aCallIn({ registeredOn: '2002-12-16' }))
      .when(toRecord(fact))
      .then(fact);
  });

  it('is recorded, and said to change nothing, to the status that the person has by then', () => {
    given(arrival)
      .when(toRecord(status('F1', '2003-11-25')))
      .warns(/has the status F1 on 2003-11-25 already/);
    given(arrival, status('H1B', '2003-11-20'))
      .when(toRecord(status('H1B', '2003-11-25')))
      .warns(/has the status H1B/);
    given(arrival, status('H1B', '2003-11-20'))
      .when(toRecord(status('F1', '2003-11-25')))
      .warns();
  });

  it('is recorded on the day of a new arrival, by the class of that', () => {
    given(arrival, anArrival({ arrivedOn: '2004-02-01', classOfAdmission: 'B2' }))
      .when(toRecord(status('F1', '2004-02-01')))
      .warns();
  });

  it('is refused a second time on one day: a status holds from the start of its day', () => {
    for (const to of ['H1B', 'asylee']) {
      given(arrival, status('H1B', '2003-11-25'))
        .when(toRecord(status(to, '2003-11-25')))
        .refuses('StatusChangeAlreadyRecorded', { because: 'state', field: 'changedOn' });
    }
  });

  it('is refused of nobody, before the stay, and after it', () => {
    given()
      .when(toRecord(status('H1B', '2003-11-25')))
      .refuses('RegistrantNotRegistered', { because: 'state' });
    for (const day of ['2003-10-22', '2003-12-06']) {
      given(arrival, aDeparture({ departedOn: '2003-12-05' }))
        .when(toRecord(status('H1B', day)))
        .refuses('NoStayOnThatDay', { because: 'state', field: 'changedOn' });
    }
  });

  it('is refused on a day to come, and to a status that there is not', () => {
    given(arrival)
      .when(toRecord(status('H1B', '2003-11-25')), { ...longAfter, latestDay: '2003-11-24' })
      .refuses('DayInFuture', { because: 'rule', field: 'changedOn' });
    given(arrival)
      .when(toRecord(status('knight', '2003-11-25')))
      .refuses('UnknownCode', { because: 'rule', field: 'to' });
  });
});
