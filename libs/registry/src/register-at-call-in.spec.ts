import { describe, expect, it } from '@jest/globals';
import { isRefused } from '#libs/kernel';
import {
  aCallIn,
  aDeparture,
  anArrival,
  anUnregisteredDeparture,
  aPerson,
  givenRegistrant as given,
  longAfter,
  SPEC_REGISTRANT,
  toRecord,
} from '#libs/spec';
import { decideRegistrant } from './decide.js';
import { foldRegistrant } from './state.js';

type CallIn = Parameters<typeof aCallIn>[0];

const register = (callIn: CallIn) => toRecord(aCallIn(callIn));
const admittedOn = (day: string, more: Partial<CallIn['admission']> = {}) => ({
  ...aCallIn({ registeredOn: '2002-12-16' }).data.admission,
  admittedOn: day,
  ...more,
});

/** A later registration of somebody already in the record carries neither person nor identity. */
function again(callIn: CallIn) {
  const { person: _person, identity: _identity, ...data } = aCallIn(callIn).data;
  return { type: 'CallInRegistrationCompleted', data } as const;
}

const pakistani = (bornOn: string) => ({ sex: 'M', bornOn, nationalities: ['PK'] }) as const;

describe('RegisterAtCallIn', () => {
  it('records a registration in the group that fits, with the state of the address in clear', () => {
    const callIn = aCallIn({ registeredOn: '2002-12-16' });
    expect(callIn.data.usState).toBe(callIn.data.visit?.usAddress.state);
    given().when(toRecord(callIn)).then(callIn);
  });

  it.each(['2002-11-15', '2003-01-05', '2003-02-01', '2004-06-01', '2011-04-27'])(
    'records it on %s: in time, late, reopened or long after, from the day on which the group opened',
    (registeredOn) => {
      const callIn = aCallIn({ registeredOn });
      given().when(toRecord(callIn)).then(callIn);
    },
  );

  it('takes any of several groups that fit', () => {
    const person = { ...aPerson, nationalities: ['IR', 'YE'] };
    for (const group of [1, 2]) {
      const callIn = aCallIn({ registeredOn: '2002-12-16', person, group });
      given().when(toRecord(callIn)).then(callIn);
    }
  });

  describe('is refused for what cannot have happened', () => {
    it.each<[string, Partial<CallIn>, string, string]>([
      ['at an unknown office', { office: 'XXX' }, 'UnknownCode', 'office'],
      [
        'admitted at an unknown port',
        { admission: admittedOn('2002-08-20', { port: 'XXX' }) },
        'UnknownCode',
        'admission.port',
      ],
      [
        'with an admission number that is none',
        { admission: admittedOn('2002-08-20', { admissionNumber: '1' }) },
        'MalformedField',
        'admission.admissionNumber',
      ],
      [
        'before the admission',
        { admission: admittedOn('2002-12-17') },
        'AdmittedAfterRegistration',
        'admission.admittedOn',
      ],
      [
        'with a stay that ends before it began',
        { admission: admittedOn('2002-08-20', { admittedUntil: '2002-08-19' }) },
        'AdmittedUntilBeforeAdmission',
        'admission.admittedUntil',
      ],
      [
        'with an asylum claim that was filed only later',
        { asylumClaimFiledOn: '2002-12-17' },
        'AsylumClaimAfterRegistration',
        'asylumClaimFiledOn',
      ],
      [
        'admitted before birth',
        { person: { ...aPerson, bornOn: '2002-08-21' } },
        'DayBeforeBirth',
        'admission.admittedOn',
      ],
      [
        'of one who is not themselves',
        { distinctFrom: [SPEC_REGISTRANT] },
        'DistinctFromSelf',
        'distinctFrom',
      ],
    ])('%s', (_name, ...[more, code, field]) => {
      given()
        .when(register({ registeredOn: '2002-12-16', ...more }))
        .refuses(code, { because: 'rule', field });
    });

    it('on a day that has not begun anywhere', () => {
      given()
        .when(register({ registeredOn: '2002-12-16' }), { ...longAfter, latestDay: '2002-12-15' })
        .refuses('DayInFuture', { because: 'rule', field: 'registeredOn' });
    });

    it('but not when admitted until the day of admission, with a claim filed on the day itself', () => {
      const callIn = aCallIn({
        registeredOn: '2002-12-16',
        admission: admittedOn('2002-08-20', { admittedUntil: '2002-08-20' }),
        asylumClaimFiledOn: '2002-12-16',
      });
      given().when(toRecord(callIn)).then(callIn);
    });
  });

  describe('is refused where no group that had opened by that day fits', () => {
    const group1 = { because: 'rule', rule: 'call-in-group-1', citation: '67 FR 66765' } as const;

    it.each<[string, Partial<CallIn>]>([
      ['a woman', { person: { ...aPerson, sex: 'F' } }],
      ['a Frenchman', { person: { ...aPerson, nationalities: ['FR'] } }],
      ['a boy born a day too late', { person: { ...aPerson, bornOn: '1986-11-16' } }],
      ['one admitted a day too late', { admission: admittedOn('2002-09-11') }],
      ['one who had filed an asylum claim by the day', { asylumClaimFiledOn: '2002-11-06' }],
    ])('%s in group 1, with the announcement and its conditions', (_name, more) => {
      given()
        .when(register({ registeredOn: '2002-12-16', ...more }))
        .refuses('CallInGroupDoesNotFit', { field: 'group', ...group1 });
    });

    it('and the last that fits is accepted', () => {
      const callIn = aCallIn({
        registeredOn: '2002-12-16',
        person: { ...aPerson, bornOn: '1986-11-15' },
        admission: admittedOn('2002-09-10'),
        asylumClaimFiledOn: '2002-11-07',
      });
      given().when(toRecord(callIn)).then(callIn);
    });

    it('naming the group that does fit', () => {
      const decision = decideRegistrant(
        register({ registeredOn: '2003-03-21', person: pakistani('1987-01-13'), group: 1 }),
        foldRegistrant([]),
        longAfter,
      );
      expect(isRefused(decision) && decision.refusal).toMatchObject({
        code: 'CallInGroupDoesNotFit',
        rule: 'call-in-group-1',
        detail:
          'The person is not in group 1: nationals of IR, IQ, LY, SD, SY, sex M, born by ' +
          '1986-11-15 and admitted by 2002-09-10, without an asylum claim filed by 2002-11-06. ' +
          'Group 3 fits: give that one.',
      });
    });

    it('before the group opened, though it was announced', () => {
      given()
        .when(register({ registeredOn: '2002-11-14' }))
        .refuses('CallInGroupNotOpen', { field: 'group', ...group1 });
    });

    it('before it opened, where the person would not fit it either', () => {
      given()
        .when(register({ registeredOn: '2002-11-14', person: { ...aPerson, sex: 'F' } }))
        .refuses('CallInGroupDoesNotFit', group1);
    });

    it('in a group that was never announced: there is no law to name', () => {
      const decision = decideRegistrant(
        register({ registeredOn: '2002-12-16', group: 9 }),
        foldRegistrant([]),
        longAfter,
      );
      const refusal = isRefused(decision) ? decision.refusal : undefined;
      expect(refusal).toEqual({
        code: 'CallInGroupNotAnnounced',
        because: 'rule',
        detail: 'No call-in group 9 has been announced. Group 1 fits: give that one.',
        field: 'group',
      });
    });

    it('an Armenian, struck before the group opened', () => {
      const person = { sex: 'M', bornOn: '1970-01-01', nationalities: ['AM'] } as const;
      given()
        .when(register({ registeredOn: '2003-02-01', person, group: 3 }))
        .refuses('CallInGroupDoesNotFit', { rule: 'call-in-group-3', citation: '67 FR 77136' });
    });

    it('a Pakistani born a day too late for group 3, but not one born on the day', () => {
      given()
        .when(register({ registeredOn: '2003-03-21', person: pakistani('1987-01-14'), group: 3 }))
        .refuses('CallInGroupDoesNotFit', { rule: 'call-in-group-3' });
      const inGroup = aCallIn({
        registeredOn: '2003-03-21',
        person: pakistani('1987-01-13'),
        group: 3,
      });
      given().when(toRecord(inGroup)).then(inGroup);
    });

    it('in a class outside the programme', () => {
      given()
        .when(
          register({
            registeredOn: '2002-12-16',
            admission: admittedOn('2002-08-20', { classOfAdmission: 'A1' }),
          }),
        )
        .refuses('ClassOutsideProgramme', { field: 'admission.classOfAdmission', ...group1 });
    });

    it('from the delisting on', () => {
      given()
        .when(register({ registeredOn: '2011-04-28' }))
        .refuses('ProgrammeNotInForce', {
          because: 'rule',
          field: 'registeredOn',
          rule: 'countries-delisted',
          citation: '76 FR 23830',
        });
    });
  });

  describe('of somebody already in the record', () => {
    it('needs person and identity at the first registration only', () => {
      given()
        .when(toRecord(again({ registeredOn: '2002-12-16' })))
        .refuses('PersonRequired', { because: 'state', field: 'person' });
      const late = again({ registeredOn: '2003-02-01' });
      given(aCallIn({ registeredOn: '2002-12-16' }))
        .when(toRecord(late))
        .then(late);
    });

    it('is refused a second time on the same day', () => {
      const callIn = aCallIn({ registeredOn: '2002-12-16' });
      given(callIn)
        .when(toRecord(callIn))
        .refuses('CallInAlreadyRecorded', { because: 'state', field: 'registeredOn' });
    });

    it('is refused with another admission than the one on which the record has the person here', () => {
      const differs = { because: 'state', field: 'admission.admittedOn' } as const;
      given(aCallIn({ registeredOn: '2002-12-16' }))
        .when(register({ registeredOn: '2003-02-01', admission: admittedOn('2002-08-21') }))
        .refuses('AdmissionDiffers', differs);
      given(anArrival({ arrivedOn: '2002-09-11' }))
        .when(register({ registeredOn: '2003-02-01' }))
        .refuses('AdmissionDiffers', differs);
    });

    it('is accepted of one registered on arrival, where a group takes that admission too', () => {
      const basis = {
        kind: 'officer-discretion',
        criteria: ['earlier-overstay'],
        reason: 'Invented reason',
      } as const;
      const arrival = anArrival({
        arrivedOn: '2002-09-30',
        basis,
        person: pakistani('1970-01-01'),
      });
      const callIn = again({
        registeredOn: '2003-02-01',
        group: 3,
        admission: admittedOn('2002-09-30'),
      });
      given(arrival).when(toRecord(callIn)).then(callIn);
    });

    it('is refused where the record has the person leave after that admission', () => {
      const arrival = anArrival({ arrivedOn: '2002-09-11' });
      for (const departure of [
        aDeparture({ departedOn: '2002-11-01' }),
        anUnregisteredDeparture({ departedOn: '2002-11-01' }),
      ]) {
        given(arrival, departure)
          .when(toRecord(again({ registeredOn: '2002-12-16' })))
          .refuses('AdmissionDiffers', { because: 'state', field: 'admission.admittedOn' });
      }
    });

    it('is accepted where the person was admitted again on the day of leaving', () => {
      const person = pakistani('1970-01-01');
      const admission = admittedOn('2002-09-25');
      const callIn = again({ registeredOn: '2003-02-01', group: 3, admission });
      given(
        anArrival({ arrivedOn: '2002-09-12', person }),
        anUnregisteredDeparture({ departedOn: '2002-09-25' }),
      )
        .when(toRecord(callIn))
        .then(callIn);
    });

    it('is accepted before a stay that began only later', () => {
      const callIn = aCallIn({ registeredOn: '2002-12-16' });
      given(anArrival({ arrivedOn: '2003-10-23' }))
        .when(toRecord(callIn))
        .then(callIn);
    });
  });
});
