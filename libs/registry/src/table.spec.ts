import { describe, expect, it } from '@jest/globals';
import { wholeEvents } from '#libs/spec';
import type { RegistrantEventType } from './events.js';
import { registrantEventTable } from './table.js';

const types = Object.keys(wholeEvents) as RegistrantEventType[];
type Json = Record<string, unknown>;

function check(type: RegistrantEventType, data: unknown) {
  return registrantEventTable[type].check(data);
}

/** The data of a whole event with some fields replaced; `undefined` takes a field out. */
function changed(type: RegistrantEventType, fields: Json): Json {
  const all = Object.entries({ ...(wholeEvents[type] as unknown as Json), ...fields });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

function without(data: Json, path: string): Json {
  const [key = '', ...rest] = path.split('.');
  const { [key]: value, ...others } = data;
  return rest.length === 0 ? others : { ...others, [key]: without(value as Json, rest.join('.')) };
}

function withoutPersonal(type: RegistrantEventType): Json {
  return registrantEventTable[type].personal.reduce<Json>(
    without,
    wholeEvents[type] as unknown as Json,
  );
}

describe('the table of registrant events', () => {
  it('has a row for each of the 18 types, in its first version', () => {
    expect(Object.keys(registrantEventTable)).toEqual(types);
    expect(types).toHaveLength(18);
    for (const { version } of Object.values(registrantEventTable)) expect(version).toBe(1);
  });

  it('encrypts exactly what the storage format says is personal', () => {
    const registration = ['fin', 'identity', 'visit', 'biometrics', 'documents'];
    expect(
      Object.fromEntries(types.map((type) => [type, registrantEventTable[type].personal])),
    ).toEqual({
      ArrivalRegistered: [...registration, 'admissionNumber', 'basis.lookoutRef', 'basis.reason'],
      CallInRegistrationCompleted: [...registration, 'admission.admissionNumber'],
      FollowUpInterviewCompleted: ['findings'],
      AnnualReregistrationCompleted: ['findings'],
      ChangeReported: ['value'],
      UnreportedChangeFound: ['value'],
      DepartureConfirmed: ['carrier'],
      UnregisteredDepartureRecorded: [],
      IndividualNoticeServed: ['reason'],
      NoticeInterviewCompleted: ['findings'],
      ExemptionGranted: ['reason'],
      StatusChanged: [],
      GoodCauseAccepted: ['reason'],
      WilfulnessDetermined: ['reason'],
      RemovalProceedingsInitiated: [],
      InadmissibilityPresumptionRebutted: ['reason'],
      RecordCorrected: ['reason'],
      RecordRescinded: ['reason'],
    });
    expect(registrantEventTable.RecordCorrected.nested).toBe('corrected');
  });

  it.each(types)('accepts %s whole, and where its personal fields have not been opened', (type) => {
    expect(check(type, wholeEvents[type])).toEqual([]);
    const sealed = withoutPersonal(type);
    expect(check(type, sealed)).toEqual([]);
    for (const invented of ['Testperson', 'Invented', '9000001', '90000000', 'specimen']) {
      if (type === 'RecordCorrected') continue;
      const clear = without(without(sealed, 'ground'), 'authority');
      expect(JSON.stringify(clear)).not.toContain(invented);
    }
  });

  it.each(types)(
    'refuses %s with a field that does not exist, or without its registrant',
    (type) => {
      expect(check(type, changed(type, { extra: 1 }))).toContainEqual({
        path: 'extra',
        problem: 'is not a field that exists here',
      });
      expect(check(type, changed(type, { registrantId: undefined }))).toContainEqual({
        path: 'registrantId',
        problem: 'is missing',
      });
      expect(check(type, null)).toEqual([{ path: '', problem: 'must be an object' }]);
    },
  );

  const arrival = wholeEvents.ArrivalRegistered;
  const obligation = { duty: 'follow-up-interview', anchorOn: '2003-10-23' };
  const whole = changed('FollowUpInterviewCompleted', {});

  it.each<[string, RegistrantEventType, Json, string]>([
    ['a FIN of 6 digits', 'ArrivalRegistered', { fin: '123456' }, 'fin'],
    [
      'an admission number of 10',
      'ArrivalRegistered',
      { admissionNumber: '1234567890' },
      'admissionNumber',
    ],
    [
      'a day long before any registrant',
      'ArrivalRegistered',
      { arrivedOn: '1879-12-31' },
      'arrivedOn',
    ],
    ['a day beyond all windows', 'ArrivalRegistered', { arrivedOn: '2101-01-01' }, 'arrivedOn'],
    ['a state that no office has', 'ArrivalRegistered', { usState: 'XX' }, 'usState'],
    ['another state than that of the address', 'ArrivalRegistered', { usState: 'CA' }, 'usState'],
    [
      'a call-in in another state than its address',
      'CallInRegistrationCompleted',
      { usState: 'CA' },
      'usState',
    ],
    [
      'discretion on no criterion',
      'ArrivalRegistered',
      { basis: { kind: 'officer-discretion' } },
      'basis.criteria',
    ],
    ['an unknown basis', 'ArrivalRegistered', { basis: { kind: 'rumour' } }, 'basis.kind'],
    [
      'six nationalities',
      'ArrivalRegistered',
      { person: { ...arrival.person, nationalities: ['IR', 'IQ', 'LY', 'SD', 'SY', 'YE'] } },
      'person.nationalities',
    ],
    ['group 0', 'CallInRegistrationCompleted', { group: 0 }, 'group'],
    [
      'findings of 2001 characters',
      'FollowUpInterviewCompleted',
      { findings: 'x'.repeat(2001) },
      'findings',
    ],
    ['a change of address without a state', 'ChangeReported', { usState: undefined }, 'usState'],
    [
      'a change of address to another state than its value',
      'ChangeReported',
      { usState: 'CA' },
      'usState',
    ],
    [
      'an address that is none',
      'ChangeReported',
      { value: { line1: '1 Nowhere Street', city: 'Sampleton', state: 'VA', zip: '1' } },
      'value.zip',
    ],
    [
      'a change of school with a state',
      'ChangeReported',
      { kind: 'school', value: undefined },
      'usState',
    ],
    [
      'a found change of school with a state',
      'UnreportedChangeFound',
      { kind: 'school', usState: 'VA', value: undefined },
      'usState',
    ],
    [
      'a school with an employer',
      'UnreportedChangeFound',
      { kind: 'school', value: { name: 'Invented', employer: 'Invented' } },
      'value.employer',
    ],
    [
      'an address found without its state',
      'UnreportedChangeFound',
      { kind: 'address', value: wholeEvents.ChangeReported.value },
      'usState',
    ],
    ['an unknown duty', 'ExemptionGranted', { duties: ['homework'] }, 'duties[0]'],
    ['a status that is none', 'StatusChanged', { to: 'tourist' }, 'to'],
    [
      'a yearly obligation without its year',
      'GoodCauseAccepted',
      { obligation: { ...obligation, duty: 'annual-reregistration' } },
      'obligation.year',
    ],
    [
      'an interview with a year',
      'GoodCauseAccepted',
      { obligation: { ...obligation, year: 1 } },
      'obligation.year',
    ],
    [
      'a change notice without its kind',
      'GoodCauseAccepted',
      { obligation: { ...obligation, duty: 'change-notice' } },
      'obligation.kind',
    ],
    [
      'a notice interview without its notice',
      'GoodCauseAccepted',
      { obligation: { ...obligation, duty: 'notice-interview' } },
      'obligation.noticeId',
    ],
    [
      'a policy hash that is none',
      'GoodCauseAccepted',
      { reliedOn: { ...wholeEvents.GoodCauseAccepted.reliedOn, policyHash: 'abc' } },
      'reliedOn.policyHash',
    ],
    [
      'a correction of a correction',
      'RecordCorrected',
      { corrected: { type: 'RecordCorrected', version: 1, data: {} } },
      'corrected.type',
    ],
    [
      'a correction of a later version',
      'RecordCorrected',
      { corrected: { type: 'FollowUpInterviewCompleted', version: 2, data: whole } },
      'corrected.version',
    ],
    [
      'a correction that is not whole',
      'RecordCorrected',
      {
        corrected: {
          type: 'FollowUpInterviewCompleted',
          version: 1,
          data: { ...whole, office: 'XXX' },
        },
      },
      'corrected.data.office',
    ],
    [
      'a correction to another registrant',
      'RecordCorrected',
      {
        corrected: {
          type: 'FollowUpInterviewCompleted',
          version: 1,
          data: { ...whole, registrantId: '00000000-0000-4000-8000-000000000002' },
        },
      },
      'corrected.data.registrantId',
    ],
  ])('refuses %s, naming the field', (_name, ...[type, fields, path]) => {
    expect(check(type, changed(type, fields)).map((issue) => issue.path)).toEqual([path]);
  });

  it('accepts a change whose value is not known, and a new address of which only the state is', () => {
    expect(check('ChangeReported', changed('ChangeReported', { value: undefined }))).toEqual([]);
    const school = { kind: 'school', usState: undefined, value: { name: 'Invented School' } };
    expect(check('ChangeReported', changed('ChangeReported', school))).toEqual([]);
    for (const usState of ['VA', undefined]) {
      const found = { kind: 'address', usState, value: undefined };
      expect(check('UnreportedChangeFound', changed('UnreportedChangeFound', found))).toEqual([]);
    }
  });
});
