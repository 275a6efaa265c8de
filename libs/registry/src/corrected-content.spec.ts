import { describe, it } from '@jest/globals';
import {
  aCallIn,
  aCorrection,
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  givenRegistrant as given,
  type SpecEvent,
  toCorrect,
} from '#libs/spec';
import type { RegistrantEvent } from './events.js';

const arrival = anArrival({ arrivedOn: '2003-10-23' });
const interview = anInterview({ interviewedOn: '2003-11-25' });
const earlier = anInterview({ interviewedOn: '2003-11-24' });

describe('the content of a correction', () => {
  it('cannot be that of another type, nor of another version than today’s', () => {
    given(arrival, interview)
      .when(toCorrect(1, aDeparture({ departedOn: '2003-12-05' })))
      .refuses('CorrectedTypeDiffers', { because: 'state', field: 'corrected.type' });
    given(arrival, interview)
      .when(toCorrect(1, earlier, { version: 2 }))
      .refuses('MalformedField', { because: 'rule', field: 'corrected.version' });
    given(arrival, interview)
      .when(toCorrect(1, earlier, { version: 1 }))
      .then(aCorrection(1, earlier));
  });

  it('cannot have another id', () => {
    const served = (noticeId: string) =>
      aFact('IndividualNoticeServed', {
        noticeId,
        servedOn: '2003-11-10',
        appearOn: '2003-11-20',
        reason: 'Invented reason',
      });
    given(arrival, served('00000000-0000-4000-8000-000000000009'))
      .when(toCorrect(1, served('00000000-0000-4000-8000-000000000008')))
      .refuses('IdCannotChange', { because: 'state', field: 'corrected.data.noticeId' });
    const registrantId = '00000000-0000-4000-8000-000000000002';
    given(arrival)
      .when(toCorrect(0, anArrival({ arrivedOn: '2003-10-22', registrantId })))
      .refuses('IdCannotChange', { because: 'state', field: 'corrected.data.registrantId' });
  });

  it('must change something', () => {
    given(arrival, interview)
      .when(toCorrect(1, interview))
      .refuses('CorrectionChangesNothing', { because: 'state', field: 'corrected.data' });
    given(arrival, interview, aCorrection(1, earlier))
      .when(toCorrect(1, earlier))
      .refuses('CorrectionChangesNothing');
  });

  const { registrantId } = arrival.data;
  it.each<[string, unknown, string, string]>([
    ['only an id', { registrantId }, 'UnknownCode', 'corrected.data.purposeCode'],
    ['a field too many', { ...arrival.data, more: 1 }, 'MalformedField', 'corrected.data.more'],
    ['an unknown port', { ...arrival.data, port: 'ZZZ' }, 'UnknownCode', 'corrected.data.port'],
    [
      'a visit that is none',
      { ...arrival.data, visit: 5 },
      'MalformedField',
      'corrected.data.visit',
    ],
  ])('is refused where it is %s', (_what, data, code, field) => {
    given(arrival)
      .when(toCorrect(0, arrival, { data }))
      .refuses(code, { because: 'rule', field });
  });

  it.each([['text'], [null], [undefined], [[arrival.data]]])(
    'is refused where it is %j',
    (data) => {
      given(arrival)
        .when(toCorrect(0, arrival, { data }))
        .refuses('IdCannotChange', { field: 'corrected.data.registrantId' });
    },
  );

  it('is refused for what its fields say together', () => {
    const reported = (kind: 'address' | 'school', value: unknown) =>
      aFact('ChangeReported', {
        kind,
        changedOn: '2003-11-01',
        reportedOn: '2003-11-05',
        value,
        ...(kind === 'address' && { usState: 'VA' }),
      });
    const school = reported('school', { name: 'Invented School' });
    given(arrival, school)
      .when(toCorrect(1, reported('school', { employer: 'Invented Works' })))
      .refuses('MalformedField', { because: 'rule', field: 'corrected.data.value.employer' });
    given(arrival, school)
      .when(toCorrect(1, reported('address', { name: 'Invented School' })))
      .refuses('UnknownCode', { because: 'rule', field: 'corrected.data.usState' });
  });

  it.each(['fin', 'visit', 'biometrics', 'admissionNumber'] as const)(
    'is the whole data: without %s it is refused',
    (field) => {
      const { [field]: _left, ...data } = arrival.data;
      given(arrival)
        .when(toCorrect(0, arrival, { data }))
        .refuses('PersonalContentMissing', { because: 'state', field: `corrected.data.${field}` });
    },
  );

  it('is the whole data of an admission too', () => {
    const callIn = aCallIn({ registeredOn: '2002-12-16' });
    const { admissionNumber: _number, ...admission } = callIn.data.admission;
    given(callIn)
      .when(toCorrect(0, aCallIn({ registeredOn: '2002-12-15', admission })))
      .refuses('PersonalContentMissing', { field: 'corrected.data.admission.admissionNumber' });
  });

  it('need not have what the record never had, and may add it', () => {
    const {
      fin: _fin,
      visit: _visit,
      biometrics: _biometrics,
      admissionNumber: _number,
      identity: _identity,
      ...bare
    } = arrival.data;
    const from: SpecEvent = { type: 'ArrivalRegistered', data: bare };
    const ported: RegistrantEvent = { type: 'ArrivalRegistered', data: { ...bare, port: 'LOS' } };
    given(from).when(toCorrect(0, ported)).then(aCorrection(0, ported));
    given(from).when(toCorrect(0, arrival)).then(aCorrection(0, arrival));
  });

  it('of the one registration there is needs a person and an identity', () => {
    for (const [field, code] of [
      ['person', 'PersonRequired'],
      ['identity', 'IdentityRequired'],
    ] as const) {
      const { [field]: _left, ...data } = arrival.data;
      given(arrival, interview)
        .when(toCorrect(0, arrival, { data }))
        .refuses(code, { because: 'state', field: `corrected.data.${field}` });
    }
  });

  it('may leave the identity to another registration that says it, and to none that does not', () => {
    const { identity: _identity, ...nameless } = arrival.data;
    const second = anArrival({ arrivedOn: '2004-02-01' });
    const { identity: _second, ...namelessToo } = second.data;
    const corrected: RegistrantEvent = { type: 'ArrivalRegistered', data: nameless };
    given(arrival, second).when(toCorrect(0, corrected)).then(aCorrection(0, corrected));
    given(arrival, { type: 'ArrivalRegistered', data: namelessToo })
      .when(toCorrect(0, corrected))
      .refuses('IdentityRequired', { because: 'state', field: 'corrected.data.identity' });
  });
});
