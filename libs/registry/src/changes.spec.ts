import { describe, expect, it } from '@jest/globals';
import {
  aCallIn,
  aDeparture,
  aFact,
  anArrival,
  givenRegistrant as given,
  longAfter,
  toRecord,
} from '#libs/spec';

const arrival = anArrival({ arrivedOn: '2003-10-23', classOfAdmission: 'H1B' });
const address = { line1: '2 Nowhere Street', city: 'Sampleton', state: 'MD', zip: '00000' };

const reported = (changedOn: string, reportedOn: string) =>
  aFact('ChangeReported', {
    kind: 'address',
    changedOn,
    reportedOn,
    usState: 'MD',
    value: address,
  });
const found = (changedOn: string, foundOn: string) =>
  aFact('UnreportedChangeFound', {
    kind: 'address',
    changedOn,
    foundOn,
    usState: 'MD',
    value: address,
  });

describe.each([
  { command: 'ReportChange', notice: reported, dayField: 'reportedOn' },
  { command: 'RecordUnreportedChange', notice: found, dayField: 'foundOn' },
])('$command', ({ notice, dayField }) => {
  it('takes the state in clear from the new address', () => {
    const fact = notice('2003-11-25', '2003-11-30');
    given(arrival).when(toRecord(fact)).then(fact);
  });

  it.each([
    ['on the day of the change', '2003-11-25'],
    ['late', '2004-03-01'],
    ['after the delisting', '2011-12-31'],
  ])('is recorded %s', (_when, day) => {
    const fact = notice('2003-11-25', day);
    given(arrival).when(toRecord(fact)).then(fact);
  });

  it('is recorded of a change on the last day of the stay, noticed after it', () => {
    const fact = notice('2003-12-05', '2003-12-08');
    given(arrival, aDeparture({ departedOn: '2003-12-05' }))
      .when(toRecord(fact))
      .then(fact);
  });

  it('is recorded of a change between an admission and the call-in registration', () => {
    const outcome = given(aCallIn({ registeredOn: '2002-12-16' })).when(
      toRecord(notice('2002-11-20', '2002-12-16')),
    );
    outcome.then(notice('2002-11-20', '2002-12-16'));
    outcome.warns(/change-notice asks for nothing/);
  });

  it('is recorded, and said to change nothing, where no notice is owed', () => {
    const student = anArrival({ arrivedOn: '2003-10-23', classOfAdmission: 'F1' });
    given(student)
      .when(toRecord(notice('2003-12-02', '2003-12-05')))
      .warns(/asks for nothing here/);
    given(student)
      .when(toRecord(notice('2003-12-01', '2003-12-05')))
      .warns();
  });

  it('is recorded, and said to change nothing, where the obligation was released before', () => {
    given(arrival, aDeparture({ departedOn: '2003-12-05' }))
      .when(toRecord(notice('2003-12-01', '2003-12-08')))
      .warns(/change-notice of 2003-12-01 was released by 2003-12-08/);
  });

  it('is refused before the change', () => {
    given(arrival)
      .when(toRecord(notice('2003-11-25', '2003-11-24')))
      .refuses('NoticeBeforeChange', { because: 'rule', field: dayField });
  });

  it('is refused of nobody', () => {
    given()
      .when(toRecord(notice('2003-11-25', '2003-11-30')))
      .refuses('RegistrantNotRegistered', { because: 'state', field: 'registrantId' });
  });

  it('is refused of a change before the stay, or after it', () => {
    for (const changedOn of ['2003-10-22', '2003-12-06']) {
      given(arrival, aDeparture({ departedOn: '2003-12-05' }))
        .when(toRecord(notice(changedOn, '2004-01-01')))
        .refuses('NoStayOnThatDay', { because: 'state', field: 'changedOn' });
    }
  });

  it('is refused on a day that has not begun anywhere', () => {
    given(arrival)
      .when(toRecord(notice('2003-11-25', '2003-11-30')), { ...longAfter, latestDay: '2003-11-29' })
      .refuses('DayInFuture', { because: 'rule', field: dayField });
  });

  it.each([
    ['text', 'somewhere'],
    ['nothing', null],
    ['an address without its state', { line1: '2 Nowhere Street' }],
    ['an address in an unknown state', { ...address, state: 'XX' }],
  ])('is refused where the new address is %s', (_what, value) => {
    const { type, data } = notice('2003-11-25', '2003-11-30');
    const fact = { type, data: { ...data, value } } as ReturnType<typeof notice>;
    given(arrival)
      .when(toRecord(fact))
      .refuses(expect.stringMatching(/^(UnknownCode|MalformedField)$/) as never, {
        because: 'rule',
        field: expect.stringMatching(/^(usState|value)/) as never,
      });
  });

  it('is refused with a value that is none of its kind', () => {
    const { type, data } = notice('2003-11-25', '2003-11-30');
    const fact = { type, data: { ...data, kind: 'employment' } } as ReturnType<typeof notice>;
    given(arrival).when(toRecord(fact)).refuses('MalformedField', { field: 'value.line1' });
  });

  it('is recorded of every kind of change on one day', () => {
    const { type, data } = notice('2003-11-25', '2003-11-30');
    const { usState: _usState, ...stateless } = data;
    const kinds = [
      { kind: 'employment', value: { employer: 'Invented Works', usAddress: address } },
      { kind: 'school', value: { name: 'Invented School', sevisId: 'N0000000000' } },
    ] as const;
    for (const more of kinds) {
      const fact = { type, data: { ...stateless, ...more } } as ReturnType<typeof notice>;
      given(arrival, notice('2003-11-25', '2003-11-30')).when(toRecord(fact)).then(fact);
    }
  });
});

describe('ReportChange', () => {
  it('is refused for a change of that kind and day that is reported already', () => {
    given(arrival, reported('2003-11-25', '2003-11-30'))
      .when(toRecord(reported('2003-11-25', '2003-12-01')))
      .refuses('ChangeAlreadyReported', { because: 'state', field: 'changedOn' });
  });

  it('is recorded on the day on which the change was found unreported, and after it', () => {
    for (const day of ['2004-01-30', '2004-02-01']) {
      const fact = reported('2003-11-25', day);
      given(arrival, found('2003-11-25', '2004-01-30')).when(toRecord(fact)).then(fact);
    }
  });

  it('is refused before the day on which the change was found unreported', () => {
    given(arrival, found('2003-11-25', '2004-01-30'))
      .when(toRecord(reported('2003-11-25', '2004-01-29')))
      .refuses('ChangeFoundUnreported', { because: 'state', field: 'changedOn' });
  });
});

describe('RecordUnreportedChange', () => {
  it('carries the state alone where the new address is not known', () => {
    const { value: _value, ...known } = found('2003-11-25', '2004-01-30').data;
    const fact = { type: 'UnreportedChangeFound', data: known } as const;
    given(arrival).when(toRecord(fact)).then(fact);
  });

  it('is recorded where nothing is known of the new address', () => {
    const { value: _value, usState: _usState, ...known } = found('2003-11-25', '2004-01-30').data;
    const fact = { type: 'UnreportedChangeFound', data: known } as const;
    given(arrival).when(toRecord(fact)).then(fact);
  });

  it('is refused where the state is said twice, and differently', () => {
    const { data } = found('2003-11-25', '2004-01-30');
    given(arrival)
      .when({ type: 'RecordUnreportedChange', data: { ...data, usState: 'VA' } })
      .refuses('UnknownCode', { because: 'rule', field: 'usState' });
  });

  it('is refused with a state where it is no address that changed', () => {
    const { value: _value, ...known } = found('2003-11-25', '2004-01-30').data;
    given(arrival)
      .when({ type: 'RecordUnreportedChange', data: { ...known, kind: 'school' } })
      .refuses('UnknownCode', { field: 'usState' });
  });

  it('is refused for a change of that kind and day that was found already', () => {
    given(arrival, found('2003-11-25', '2004-01-30'))
      .when(toRecord(found('2003-11-25', '2004-02-01')))
      .refuses('ChangeAlreadyFound', { because: 'state', field: 'changedOn' });
  });

  it('is refused for a change that was reported before, but not for one reported since', () => {
    given(arrival, reported('2003-11-25', '2004-01-29'))
      .when(toRecord(found('2003-11-25', '2004-01-30')))
      .refuses('ChangeAlreadyReported', { because: 'state', field: 'changedOn' });
    const fact = found('2003-11-25', '2004-01-30');
    given(arrival, reported('2003-11-25', '2004-01-30')).when(toRecord(fact)).then(fact);
  });
});
