import { describe, it } from '@jest/globals';
import {
  aCallIn,
  aDeparture,
  aFact,
  anArrival,
  givenRegistrant as given,
  longAfter,
  toRecord,
} from '#libs/spec';

const arrival = anArrival({ arrivedOn: '2003-10-23' });
const noticeId = '00000000-0000-4000-8000-000000000009';

const notice = (servedOn: string, appearOn: string, id = noticeId) =>
  aFact('IndividualNoticeServed', { noticeId: id, servedOn, appearOn, reason: 'Invented reason' });
const interview = (interviewedOn: string, more: { office?: string; noticeId?: string } = {}) =>
  aFact('NoticeInterviewCompleted', { noticeId, interviewedOn, office: 'WAS', ...more });

describe('ServeIndividualNotice', () => {
  it.each([
    ['for a later day', '2004-01-20'],
    ['for the day of its service', '2004-01-10'],
    ['for a day that has not begun yet', '2013-01-01'],
  ])('is recorded %s', (_when, appearOn) => {
    const fact = notice('2004-01-10', appearOn);
    const outcome = given(arrival).when(toRecord(fact));
    outcome.then(fact);
    outcome.warns();
  });

  it('is recorded, and said to ask for nothing, before such notices were authorised', () => {
    given(arrival)
      .when(toRecord(notice('2003-12-01', '2003-12-20')))
      .warns(/notice-interview asks for nothing here/);
  });

  it('is recorded a second time under an id of its own', () => {
    const second = notice('2004-01-10', '2004-02-01', '00000000-0000-4000-8000-00000000000a');
    given(arrival, notice('2004-01-10', '2004-01-20')).when(toRecord(second)).then(second);
  });

  it('is refused where it names a day before its service', () => {
    given(arrival)
      .when(toRecord(notice('2004-01-10', '2004-01-09')))
      .refuses('AppearanceBeforeService', { because: 'rule', field: 'appearOn' });
  });

  it('is refused under an id that the record has already', () => {
    given(arrival, notice('2004-01-10', '2004-01-20'))
      .when(toRecord(notice('2004-02-10', '2004-02-20')))
      .refuses('NoticeIdTaken', { because: 'state', field: 'noticeId' });
  });

  it('is refused of nobody, and outside the stay of a registered person', () => {
    given()
      .when(toRecord(notice('2004-01-10', '2004-01-20')))
      .refuses('RegistrantNotRegistered', { because: 'state' });
    given(arrival, aDeparture({ departedOn: '2004-01-09' }))
      .when(toRecord(notice('2004-01-10', '2004-01-20')))
      .refuses('NoStayOnThatDay', { because: 'state', field: 'servedOn' });
    given(aCallIn({ registeredOn: '2002-12-16' }))
      .when(toRecord(notice('2002-12-15', '2002-12-20')))
      .refuses('NoStayOnThatDay', { because: 'state', field: 'servedOn' });
  });

  it('is refused on a day that has not begun anywhere', () => {
    given(arrival)
      .when(toRecord(notice('2004-01-10', '2004-01-20')), { ...longAfter, latestDay: '2004-01-09' })
      .refuses('DayInFuture', { because: 'rule', field: 'servedOn' });
  });
});

describe('CompleteNoticeInterview', () => {
  const served = notice('2004-01-10', '2004-01-20');

  it.each([
    ['on the day of service', '2004-01-10'],
    ['on the day that the notice names', '2004-01-20'],
    ['late', '2004-03-01'],
  ])('is recorded %s', (_when, day) => {
    const outcome = given(arrival, served).when(toRecord(interview(day)));
    outcome.then(interview(day));
    outcome.warns();
  });

  it('is recorded, and said to satisfy nothing, in the stay after the one that ended', () => {
    given(
      arrival,
      served,
      aDeparture({ departedOn: '2004-01-15' }),
      anArrival({ arrivedOn: '2004-02-01' }),
    )
      .when(toRecord(interview('2004-02-10')))
      .warns(/notice-interview of 2004-01-10 was released by 2004-02-10/);
  });

  it('is refused for a notice that the record does not have', () => {
    given(arrival, served)
      .when(toRecord(interview('2004-01-20', { noticeId: '00000000-0000-4000-8000-00000000000a' })))
      .refuses('NoticeUnknown', { because: 'state', field: 'noticeId' });
  });

  it('is refused before the notice was served', () => {
    given(arrival, served)
      .when(toRecord(interview('2004-01-09')))
      .refuses('InterviewBeforeService', { because: 'rule', field: 'interviewedOn' });
  });

  it('is refused a second time for one notice, on any day', () => {
    given(arrival, served, interview('2004-01-20'))
      .when(toRecord(interview('2004-01-21')))
      .refuses('NoticeInterviewAlreadyRecorded', { because: 'state', field: 'noticeId' });
  });

  it('is refused of nobody, and outside every stay', () => {
    given()
      .when(toRecord(interview('2004-01-20')))
      .refuses('RegistrantNotRegistered', { because: 'state' });
    given(arrival, served, aDeparture({ departedOn: '2004-01-19' }))
      .when(toRecord(interview('2004-01-20')))
      .refuses('NoStayOnThatDay', { because: 'state', field: 'interviewedOn' });
  });

  it('is refused on a day that has not begun anywhere, and at an unknown office', () => {
    given(arrival, served)
      .when(toRecord(interview('2004-01-20')), { ...longAfter, latestDay: '2004-01-19' })
      .refuses('DayInFuture', { because: 'rule', field: 'interviewedOn' });
    given(arrival, served)
      .when(toRecord(interview('2004-01-20', { office: 'ZZZ' })))
      .refuses('UnknownCode', { because: 'rule', field: 'office' });
  });
});
