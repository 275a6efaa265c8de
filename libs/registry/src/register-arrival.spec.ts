import { describe, expect, it } from '@jest/globals';
import { isRefused } from '#libs/kernel';
import { enactedTimeline, foldPolicy } from '#libs/policy';
import {
  aCallIn,
  aDeparture,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  aPerson,
  givenRegistrant as given,
  longAfter,
  recorded,
  SPEC_REGISTRANT,
  specStream,
  toRecord,
} from '#libs/spec';
import { decideRegistrant } from './decide.js';
import { foldRegistrant } from './state.js';

type Arrival = Parameters<typeof anArrival>[0];

const register = (arrival: Arrival) => toRecord(anArrival(arrival));

/** A later arrival of somebody already in the record carries neither person nor identity. */
function again(arrivedOn: string, more: Partial<Arrival> = {}) {
  const { person: _person, identity: _identity, ...data } = anArrival({ arrivedOn }).data;
  return { type: 'ArrivalRegistered', data: { ...data, ...more } } as const;
}

const french = { ...aPerson, nationalities: ['FR'] };
const lookout = { kind: 'lookout', lookoutRef: 'invented lookout 1' } as const;
const discretion = {
  kind: 'officer-discretion',
  criteria: ['earlier-overstay', 'information-given'],
  reason: 'Invented reason',
} as const;
const law = { rule: 'arrival-registration-enacted', citation: '67 FR 52584; 8 CFR 264.1(f)' };

describe('RegisterArrival', () => {
  it('records the first arrival of a designated national, with the state of the address in clear', () => {
    const arrival = anArrival({ arrivedOn: '2003-10-23' });
    expect(arrival.data.usState).toBe(arrival.data.visit?.usAddress.state);
    given().when(toRecord(arrival)).then(arrival);
  });

  it('records an arrival on a lookout, and at discretion on criteria in force', () => {
    const onLookout = anArrival({ arrivedOn: '2003-10-23', person: french, basis: lookout });
    given().when(toRecord(onLookout)).then(onLookout);
    const atDiscretion = anArrival({ arrivedOn: '2003-10-23', person: french, basis: discretion });
    given().when(toRecord(atDiscretion)).then(atDiscretion);
  });

  it('records an arrival of long ago: lateness of the recording is never a refusal', () => {
    const arrival = anArrival({ arrivedOn: '2002-09-11' });
    given(anArrival({ arrivedOn: '2005-01-01' }))
      .when(toRecord(arrival))
      .then(arrival);
  });

  it('records an arrival of somebody whose class is exempt: that was not required, but it happened', () => {
    const policy = foldPolicy([
      ...enactedTimeline,
      {
        ref: 'students-exempt',
        type: 'DutyExemptionMade',
        known: 'always',
        title: 'Invented exemption',
        authority: 'DHS',
        citation: 'none',
        publishedOn: '2003-01-01',
        effectiveOn: '2003-01-01',
        verified: false,
        data: { duty: 'arrival-registration', classes: ['F1'] },
      },
    ]);
    const arrival = anArrival({ arrivedOn: '2003-10-23' });
    given()
      .when(toRecord(arrival), { ...longAfter, policy })
      .then(arrival);
  });

  describe('is refused for what cannot have happened', () => {
    it.each<[string, Arrival, string, string]>([
      ['at an unknown port', { arrivedOn: '2003-10-23', port: 'XXX' }, 'UnknownCode', 'port'],
      [
        'in an unknown class',
        { arrivedOn: '2003-10-23', classOfAdmission: 'Z9' },
        'UnknownCode',
        'classOfAdmission',
      ],
      [
        'of a national of no country',
        { arrivedOn: '2003-10-23', person: { ...aPerson, nationalities: ['IR', 'XK'] } },
        'UnknownCode',
        'person.nationalities[1]',
      ],
      ['on a day that does not exist', { arrivedOn: '2003-02-30' }, 'MalformedField', 'arrivedOn'],
      [
        'at discretion on no criterion',
        { arrivedOn: '2003-10-23', basis: { kind: 'officer-discretion', reason: 'Invented' } },
        'MalformedField',
        'basis.criteria',
      ],
      [
        'before birth',
        { arrivedOn: '2003-10-23', person: { ...aPerson, bornOn: '2003-10-24' } },
        'DayBeforeBirth',
        'arrivedOn',
      ],
      [
        'with a stay that ends before it began',
        { arrivedOn: '2003-10-23', admittedUntil: '2003-10-22' },
        'AdmittedUntilBeforeAdmission',
        'admittedUntil',
      ],
      [
        'of one who is not themselves',
        { arrivedOn: '2003-10-23', distinctFrom: [SPEC_REGISTRANT] },
        'DistinctFromSelf',
        'distinctFrom',
      ],
    ])('%s', (_name, ...[arrival, code, field]) => {
      given().when(register(arrival)).refuses(code, { because: 'rule', field });
    });

    it('on a day that has not begun anywhere; on the last day that has, it is accepted', () => {
      const arrival = anArrival({ arrivedOn: '2003-10-23' });
      const when = (latestDay: string) =>
        given().when(toRecord(arrival), { ...longAfter, latestDay });
      when('2003-10-22').refuses('DayInFuture', { because: 'rule', field: 'arrivedOn' });
      when('2003-10-23').then(arrival);
    });

    it('but not on the day of birth, nor admitted for that day only, nor beside another of that FIN', () => {
      const arrival = anArrival({
        arrivedOn: '2003-10-23',
        admittedUntil: '2003-10-23',
        person: { ...aPerson, bornOn: '2003-10-23' },
        distinctFrom: ['00000000-0000-4000-8000-000000000002'],
      });
      given().when(toRecord(arrival)).then(arrival);
    });
  });

  describe('is refused without a basis in the policy of the day of arrival', () => {
    it('for a French visitor who claims a designation, with the rule and its citation', () => {
      given()
        .when(register({ arrivedOn: '2003-10-23', person: french }))
        .refuses('NoBasisForRegistration', { because: 'rule', field: 'basis.kind', ...law });
    });

    it('for a Pakistani man of 15, but not of 16 or of 45, nor for one who is Iranian too', () => {
      const pakistani = (bornOn: string, ...more: string[]) =>
        anArrival({
          arrivedOn: '2003-10-23',
          person: { sex: 'M', bornOn, nationalities: ['PK', ...more] },
        });
      const refused = [pakistani('1987-10-24'), pakistani('1957-10-23')];
      for (const arrival of refused) {
        given().when(toRecord(arrival)).refuses('NoBasisForRegistration', law);
      }
      const accepted = [
        pakistani('1987-10-23'),
        pakistani('1957-10-24'),
        pakistani('1990-01-01', 'IR'),
      ];
      for (const arrival of accepted) given().when(toRecord(arrival)).then(arrival);
    });

    it('before discretion and lookouts were authorised, even for a designated national', () => {
      given()
        .when(register({ arrivedOn: '2002-09-30', basis: lookout }))
        .refuses('NoBasisForRegistration', { field: 'basis.kind', ...law });
      given()
        .when(register({ arrivedOn: '2002-09-30', basis: discretion }))
        .refuses('NoBasisForRegistration', { field: 'basis.criteria', ...law });
    });

    it('on criteria of which one is not in force', () => {
      const basis = { ...discretion, criteria: ['earlier-overstay', 'bad-weather'] };
      given()
        .when(register({ arrivedOn: '2003-10-23', person: french, basis }))
        .refuses('CriterionNotInForce', {
          field: 'basis.criteria[1]',
          rule: 'officer-discretion-authorised',
        });
    });

    it('on a lookout that is not named, or at discretion without a reason', () => {
      given()
        .when(register({ arrivedOn: '2003-10-23', basis: { kind: 'lookout' } }))
        .refuses('LookoutRefRequired', { field: 'basis.lookoutRef' });
      const { reason: _reason, ...basis } = discretion;
      given()
        .when(register({ arrivedOn: '2003-10-23', basis }))
        .refuses('ReasonRequired', { field: 'basis.reason' });
    });

    it('in a class outside the programme, whatever the nationality', () => {
      for (const classOfAdmission of ['A1', 'G4']) {
        given()
          .when(register({ arrivedOn: '2003-10-23', classOfAdmission }))
          .refuses('ClassOutsideProgramme', { field: 'classOfAdmission', ...law });
      }
    });

    it('from the delisting on, and on its very day', () => {
      const arrivedOn = '2011-04-28';
      const delisted = { rule: 'countries-delisted', citation: '76 FR 23830', field: 'arrivedOn' };
      given().when(register({ arrivedOn })).refuses('ProgrammeNotInForce', delisted);
      const dayBefore = anArrival({ arrivedOn: '2011-04-27' });
      given().when(toRecord(dayBefore)).then(dayBefore);
    });

    it('before the duty was in force', () => {
      given()
        .when(register({ arrivedOn: '2002-09-10' }))
        .refuses('DutyNotInForce', { field: 'arrivedOn', ...law });
    });

    it('after the duty moved to US-VISIT, naming the move', () => {
      const policy = foldPolicy([
        ...enactedTimeline,
        {
          ref: 'arrivals-moved',
          type: 'DutyMovedToUsVisit',
          known: 'always',
          title: 'Invented move',
          authority: 'DHS',
          citation: 'invented citation',
          publishedOn: '2004-01-05',
          effectiveOn: '2004-01-05',
          verified: false,
          data: { duty: 'arrival-registration' },
        },
      ]);
      given()
        .when(register({ arrivedOn: '2004-01-05' }), { ...longAfter, policy })
        .refuses('DutyNotInForce', { rule: 'arrivals-moved', citation: 'invented citation' });
    });

    it('where no policy was ever enacted: there is no law to name', () => {
      const command = register({ arrivedOn: '2003-10-23' });
      const decision = decideRegistrant(command, foldRegistrant([]), {
        ...longAfter,
        policy: foldPolicy([]),
      });
      const refusal = isRefused(decision) ? decision.refusal : undefined;
      expect(refusal?.code).toBe('DutyNotInForce');
      expect(refusal).not.toHaveProperty('rule');
      expect(refusal).not.toHaveProperty('citation');
    });
  });

  describe('of somebody already in the record', () => {
    const first = anArrival({ arrivedOn: '2003-01-10' });

    it('needs neither person nor identity again', () => {
      const second = again('2003-10-23');
      given(first, aDeparture({ departedOn: '2003-03-01' }))
        .when(toRecord(second))
        .then(second);
    });

    it('needs both at the first registration', () => {
      given()
        .when(toRecord(again('2003-10-23')))
        .refuses('PersonRequired', { because: 'state', field: 'person' });
      given()
        .when(toRecord(again('2003-10-23', { person: aPerson })))
        .refuses('IdentityRequired', { because: 'state', field: 'identity' });
    });

    it('needs the person again on a day before every registration that carries it', () => {
      given(first)
        .when(toRecord(again('2003-01-09')))
        .refuses('PersonRequired');
      const carrying = again('2003-01-09', { person: aPerson });
      given(first).when(toRecord(carrying)).then(carrying);
    });

    it('may bring a new nationality, and the one of that day decides', () => {
      given(first)
        .when(register({ arrivedOn: '2003-10-23', person: french }))
        .refuses('NoBasisForRegistration');
      const dual = anArrival({
        arrivedOn: '2003-10-23',
        person: { ...aPerson, nationalities: ['FR', 'IR'] },
      });
      given(first).when(toRecord(dual)).then(dual);
    });

    it('is refused with another birth date, another sex, or another FIN', () => {
      const born = { ...aPerson, bornOn: '1975-03-15' };
      given(first)
        .when(register({ arrivedOn: '2003-10-23', person: born }))
        .refuses('PersonDiffers', { because: 'state', field: 'person.bornOn' });
      given(first)
        .when(register({ arrivedOn: '2003-10-23', person: { ...aPerson, sex: 'F' } }))
        .refuses('PersonDiffers', { because: 'state', field: 'person.sex' });
      given(first)
        .when(register({ arrivedOn: '2003-10-23', fin: '9000002' }))
        .refuses('FinDiffers', { because: 'state', field: 'fin' });
    });

    it('is taken for the same person where the record itself holds both birth dates', () => {
      const born = { ...aPerson, bornOn: '1975-03-15' };
      const second = again('2003-05-01', { person: born });
      const third = again('2003-10-23', { person: aPerson });
      given(first, second).when(toRecord(third)).then(third);
    });

    it('is not compared with a FIN that has not been opened', () => {
      const { fin: _fin, ...sealed } = first.data;
      const second = again('2003-10-23', { fin: '9000002' });
      given({ type: 'ArrivalRegistered', data: sealed }).when(toRecord(second)).then(second);
    });

    it('is refused in the record of another registrant', () => {
      const other = register({
        arrivedOn: '2003-10-23',
        registrantId: '00000000-0000-4000-8000-000000000002',
      });
      given(first)
        .when(other)
        .refuses('OtherRegistrant', { because: 'state', field: 'registrantId' });
    });

    it('is refused on the day of another arrival', () => {
      given(first)
        .when(toRecord(first))
        .refuses('ArrivalAlreadyRecorded', { because: 'state', field: 'arrivedOn' });
    });

    it('ends an open stay, and says so', () => {
      const second = again('2003-10-23');
      given(first, anInterview({ interviewedOn: '2003-02-12' }))
        .when(toRecord(second))
        .then(second);
      const state = foldRegistrant(recorded(specStream, [first]));
      expect(decideRegistrant(toRecord(second), state, longAfter)).toMatchObject({
        warnings: [
          'The stay admitted on 2003-01-10 has no recorded departure: it now ends on 2003-10-23.',
        ],
      });
    });

    it('says nothing where the stay before it has ended', () => {
      const events = [first, aDeparture({ departedOn: '2003-03-01' })];
      const state = foldRegistrant(recorded(specStream, events));
      const decision = decideRegistrant(toRecord(again('2003-10-23')), state, longAfter);
      expect(decision).not.toHaveProperty('warnings');
    });

    it('is accepted on the day of a departure, and between two arrivals', () => {
      const sameDay = again('2003-03-01');
      given(first, aDeparture({ departedOn: '2003-03-01' }))
        .when(toRecord(sameDay))
        .then(sameDay);
      const between = again('2003-02-01');
      given(first, again('2003-03-01')).when(toRecord(between)).then(between);
    });

    it.each([
      ['a confirmed', aDeparture({ departedOn: '2003-03-01' })],
      ['an unregistered', anUnregisteredDeparture({ departedOn: '2003-03-01' })],
    ])('is refused within a stay that ended by %s departure', (_name, departure) => {
      for (const day of ['2003-01-11', '2003-02-28']) {
        given(first, departure)
          .when(toRecord(again(day)))
          .refuses('ArrivalWithinStay', { because: 'state', field: 'arrivedOn' });
      }
    });

    it('is refused between the admission that a call-in registration names and that registration', () => {
      const callIn = aCallIn({ registeredOn: '2002-12-10' });
      const withPerson = { person: aPerson };
      for (const day of ['2002-09-15', '2002-12-10']) {
        given(callIn)
          .when(toRecord(again(day, withPerson)))
          .refuses('ArrivalWithinStay', { because: 'state', field: 'arrivedOn' });
      }
      const after = again('2002-12-11');
      given(callIn).when(toRecord(after)).then(after);
    });

    it('is accepted on the very admission that a call-in registration names, recorded late', () => {
      const person = { sex: 'M', bornOn: '1970-01-01', nationalities: ['PK', 'IR'] } as const;
      const callIn = aCallIn({
        registeredOn: '2003-02-01',
        group: 3,
        person,
        admission: { admittedOn: '2002-09-25', port: 'NYC', classOfAdmission: 'F1' },
      });
      const arrival = again('2002-09-25', { person });
      given(callIn).when(toRecord(arrival)).then(arrival);
    });
  });
});
