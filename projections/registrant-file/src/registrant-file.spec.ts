import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type RecordedEvent, registrantStream } from '#libs/kernel';
import type { RegistrantDataByType, RegistrantEventType } from '#libs/registry';
import {
  aCallIn,
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  aPerson,
  recorded,
  recordedId,
  SPEC_REGISTRANT,
  type SpecEvent,
  wholeEvents,
} from '#libs/spec';
import { replay } from '#libs/view-store';
import { registrantFile, type RegistrantView } from './index.js';

const stream = registrantStream(SPEC_REGISTRANT);
const visit = anArrival({ arrivedOn: '2003-10-23' }).data.visit;

function fileOf(events: readonly RecordedEvent[]): RegistrantView | undefined {
  return replay(registrantFile, events).get(SPEC_REGISTRANT);
}

/** What the file shows after the events, each of which is delivered twice. */
function given(...events: readonly SpecEvent[]) {
  const once = recorded(stream, events, { position: 10 });
  const twice = once.flatMap((event) => [event, event]);
  return {
    shows: (expected: Partial<RegistrantView>) => {
      expect(fileOf(twice)).toMatchObject(expected);
    },
    lacks: (...fields: readonly (keyof RegistrantView)[]) => {
      for (const field of fields) expect(fileOf(twice)).not.toHaveProperty(field);
    },
  };
}

const moved = { line1: '2 Elsewhere Road', city: 'Otherton', state: 'TX', zip: '00001' };

describe('the file of a registrant', () => {
  it('opens with the arrival', () => {
    const arrival = anArrival({ arrivedOn: '2003-10-23', admittedUntil: '2004-06-30' });
    const [event] = recorded(stream, [arrival], { position: 10 });

    expect(fileOf([event!, event!])).toEqual({
      _id: SPEC_REGISTRANT,
      position: 10,
      registrantId: SPEC_REGISTRANT,
      revision: 0,
      person: aPerson,
      identity: arrival.data.identity,
      fin: '9000001',
      admissionNumbers: ['90000000001'],
      address: visit?.usAddress,
      usState: 'VA',
      purposeCode: 'study',
      port: 'NYC',
      classOfAdmission: 'F1',
      admittedUntil: '2004-06-30',
      status: 'F1',
      office: 'WAS',
      registeredOn: '2003-10-23',
      stays: [
        { from: '2003-10-23', port: 'NYC', classOfAdmission: 'F1', admittedUntil: '2004-06-30' },
      ],
      notices: [],
      exemptions: [],
      counts: { ArrivalRegistered: 1 },
      lastFacts: { ArrivalRegistered: { day: '2003-10-23', eventId: recordedId(stream, 0) } },
      events: [event],
      nationalities: ['IR'],
      lastSeen: 'present',
      admittedThrough: '2004-06-30',
      fins: ['9000001'],
      passportKeys: ['X0000001', 'X0000001/IR'],
      nameKeys: ['1975-03-14 testperson', '1975-03-14 testperson, exempli'],
    });
  });

  it('tells a registered departure from one that was only heard of', () => {
    const arrival = anArrival({ arrivedOn: '2003-10-23' });

    given(arrival, aDeparture({ departedOn: '2004-01-05' })).shows({
      lastSeen: 'departed',
      stays: [
        {
          from: '2003-10-23',
          until: '2004-01-05',
          port: 'NYC',
          classOfAdmission: 'F1',
          departure: { registered: true, port: 'NYC' },
        },
      ],
    });
    given(arrival, anUnregisteredDeparture({ departedOn: '2004-01-05' })).shows({
      lastSeen: 'departed-unregistered',
    });
  });

  it('shows the last admission, and every admission number, the latest first', () => {
    given(
      anArrival({ arrivedOn: '2003-01-10' }),
      aDeparture({ departedOn: '2003-02-01' }),
      anArrival({
        arrivedOn: '2003-10-23',
        port: 'LOS',
        classOfAdmission: 'B2',
        admissionNumber: '90000000007',
      }),
    ).shows({
      lastSeen: 'present',
      port: 'LOS',
      classOfAdmission: 'B2',
      registeredOn: '2003-01-10',
      admissionNumbers: ['90000000007', '90000000001'],
    });
  });

  it('keeps the order of the law where a departure became known after the next arrival', () => {
    given(
      anArrival({ arrivedOn: '2003-01-10' }),
      anArrival({ arrivedOn: '2003-10-23', port: 'LOS' }),
      anUnregisteredDeparture({ departedOn: '2003-02-01' }),
    ).shows({
      lastSeen: 'present',
      port: 'LOS',
      revision: 2,
      position: 12,
      stays: [
        expect.objectContaining({ from: '2003-01-10', until: '2003-02-01' }),
        expect.not.objectContaining({ until: expect.anything() }),
      ] as never,
    });
  });

  it('moves to the office of a reported address, not of another change', () => {
    const change = { changedOn: '2003-11-01', reportedOn: '2003-11-05' };
    const arrival = anArrival({ arrivedOn: '2003-10-23' });

    given(
      arrival,
      aFact('ChangeReported', { ...change, kind: 'address', usState: 'TX', value: moved }),
    ).shows({
      address: moved,
      usState: 'TX',
      office: 'SNA',
    });
    given(
      arrival,
      aFact('ChangeReported', {
        ...change,
        kind: 'employment',
        value: { employer: 'Invented Works' },
      }),
    ).shows({ usState: 'VA', office: 'WAS', counts: { ArrivalRegistered: 1, ChangeReported: 1 } });
  });

  it('stays at an address that holds since a later day than one that came to light late', () => {
    const later = { changedOn: '2003-11-01', reportedOn: '2003-11-05' };
    const earlier = { changedOn: '2003-10-28', foundOn: '2003-12-05', usState: 'CA' };

    given(
      anArrival({ arrivedOn: '2003-10-23' }),
      aFact('ChangeReported', { ...later, kind: 'address', usState: 'TX', value: moved }),
      aFact('UnreportedChangeFound', { ...earlier, kind: 'address' }),
    ).shows({ address: moved, usState: 'TX', office: 'SNA' });
  });

  it('shows the notices, with the interview of each, and the exemptions', () => {
    const noticeId = '00000000-0000-4000-8000-000000000009';
    const other = '00000000-0000-4000-8000-00000000000a';
    const served = { noticeId, servedOn: '2003-12-03', appearOn: '2003-12-10' };
    const exemption = { duties: ['change-notice'], from: '2003-11-01', authority: 'Some' } as const;

    given(
      anArrival({ arrivedOn: '2003-10-23' }),
      aFact('IndividualNoticeServed', served),
      aFact('IndividualNoticeServed', { ...served, appearOn: '2003-12-11' }),
      aFact('IndividualNoticeServed', { ...served, noticeId: other }),
      aFact('NoticeInterviewCompleted', { noticeId, interviewedOn: '2003-12-09', office: 'WAS' }),
      aFact('ExemptionGranted', { ...exemption, duties: ['change-notice'] }),
      aFact('ExemptionGranted', {
        ...exemption,
        duties: ['change-notice'],
        from: '2003-11-02',
        until: '2003-12-01',
      }),
    ).shows({
      notices: [
        { ...served, interviewedOn: '2003-12-09' },
        { ...served, noticeId: other },
      ],
      exemptions: [exemption, { ...exemption, from: '2003-11-02', until: '2003-12-01' }],
    });
  });

  it('shows no address where a later one is unknown but for its state', () => {
    const found = aFact('UnreportedChangeFound', {
      kind: 'address',
      changedOn: '2003-11-01',
      foundOn: '2003-12-05',
      usState: 'TX',
    });

    given(anArrival({ arrivedOn: '2003-10-23' }), found).shows({ usState: 'TX', office: 'SNA' });
    given(anArrival({ arrivedOn: '2003-10-23' }), found).lacks('address');
  });

  it('belongs to the office of the call-in registration', () => {
    given(aCallIn({ registeredOn: '2002-12-10', office: 'BUF' })).shows({
      office: 'BUF',
      port: 'NYC',
      admissionNumbers: ['90000000002'],
      lastSeen: 'present',
    });
  });

  it('shows the status that replaced the class of admission, with which no admission runs out', () => {
    const events = [
      anArrival({ arrivedOn: '2003-10-23', admittedUntil: '2004-06-30' }),
      aFact('StatusChanged', { to: 'permanent-resident', changedOn: '2004-03-01' }),
    ];

    given(...events).shows({
      classOfAdmission: 'F1',
      status: 'permanent-resident',
      admittedThrough: '9999-12-31',
    });
  });

  it('follows a correction, and no longer once that is rescinded', () => {
    const arrival = anArrival({ arrivedOn: '2003-10-23' });
    const data = { ...arrival.data, port: 'LOS', fin: '9000009' };
    const corrected = { type: 'ArrivalRegistered', version: 1, data };
    const correction = aFact('RecordCorrected', { eventId: recordedId(stream, 0), corrected });

    given(arrival, correction).shows({
      port: 'LOS',
      fin: '9000009',
      fins: ['9000009'],
      revision: 1,
    });
    given(arrival, correction, aFact('RecordRescinded', { eventId: recordedId(stream, 1) })).shows({
      port: 'NYC',
      fin: '9000001',
      revision: 2,
    });
  });

  it('is empty where the only registration was rescinded', () => {
    const events = [
      anArrival({ arrivedOn: '2003-10-23' }),
      aFact('RecordRescinded', { eventId: recordedId(stream, 0) }),
    ];

    given(...events).shows({ stays: [], nationalities: [], fins: [], nameKeys: [], counts: {} });
    given(...events).lacks('person', 'identity', 'fin', 'office', 'lastSeen', 'admittedThrough');
  });

  it('holds what is in clear where the personal content is not opened', () => {
    const {
      identity,
      fin,
      visit: _visit,
      admissionNumber,
      ...clear
    } = anArrival({
      arrivedOn: '2003-10-23',
    }).data;

    expect([identity, fin, admissionNumber]).not.toContain(undefined);
    given({ type: 'ArrivalRegistered', data: clear }).shows({
      usState: 'VA',
      nameKeys: [],
      fins: [],
    });
    given({ type: 'ArrivalRegistered', data: clear }).lacks(
      'identity',
      'fin',
      'address',
      'contact',
    );
  });

  it('finds a passport among the documents, and the contact of the last visit', () => {
    const arrival = anArrival({
      arrivedOn: '2003-10-23',
      documents: [
        { kind: 'Passport', number: 'zz-77', country: 'FR' },
        { kind: 'visa', number: 'V1' },
      ],
      ...(visit && { visit: { ...visit, contact: { phone: '555-0100' } } }),
    });

    given(arrival).shows({
      contact: { phone: '555-0100' },
      passportKeys: ['X0000001', 'X0000001/IR', 'ZZ77', 'ZZ77/FR'],
    });
  });

  it('keeps what brought an event in, and not what only its command needs', () => {
    const [event] = recorded(stream, [anArrival({ arrivedOn: '2003-10-23' })]);
    const imported = { at: '2003-11-20T00:00:00.000Z', by: 'spec', file: 'f', adopted: false };
    const metadata = { ...event!.metadata, imported, commandId: 'c', $correlationId: 'x' };

    expect(fileOf([{ ...event!, metadata }])?.events[0]?.metadata).toEqual({
      ...event!.metadata,
      imported,
    });
  });

  it('counts every type of fact, and says when the last one was', () => {
    const types = Object.keys(wholeEvents) as RegistrantEventType[];
    const clerical = ['RecordCorrected', 'RecordRescinded'];
    const facts = types.filter((type) => !clerical.includes(type));
    const events = types.map((type) => ({ type, data: wholeEvents[type] }) as SpecEvent);
    const view = fileOf(recorded(stream, events));

    expect(Object.keys(view?.counts ?? {}).sort()).toEqual([...facts].sort());
    expect(view?.lastFacts.IndividualNoticeServed?.day).toBe('2004-01-10');
    expect(view?.events).toHaveLength(18);
  });

  it('concerns the events of its registrant, of every known type, and nothing else', () => {
    const [event] = recorded(stream, [anInterview({ interviewedOn: '2003-11-25' })]);

    expect(registrantFile.concerns(event!)).toEqual([SPEC_REGISTRANT]);
    expect(registrantFile.concerns({ ...event!, type: 'toString' })).toEqual([]);
    expect(registrantFile.concerns({ ...event!, stream: 'registry-days' })).toEqual([]);
  });

  it('comes out the same of any prefix and then the rest, with some of it delivered again', () => {
    const types = Object.keys(wholeEvents) as RegistrantEventType[];
    const day = fc.constantFrom('2003-01-10', '2003-10-23', '2004-01-05', '2004-06-01');
    const anyEvent = fc.tuple(fc.constantFrom(...types), day).map(([type, on]) => {
      const dated = type === 'ArrivalRegistered' ? { arrivedOn: on } : { departedOn: on };
      const data = { ...wholeEvents[type], ...dated } as RegistrantDataByType[typeof type];
      return { type, data } as SpecEvent;
    });

    fc.assert(
      fc.property(
        fc.array(anyEvent, { maxLength: 12 }),
        fc.nat(12),
        fc.nat(4),
        (events, at, back) => {
          const all = recorded(stream, events);
          const prefix = stored(replay(registrantFile, all.slice(0, at)));

          expect(replay(registrantFile, all.slice(Math.max(0, at - back)), prefix)).toEqual(
            replay(registrantFile, all),
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});

/** As a store gives documents back. */
function stored(views: ReadonlyMap<string, RegistrantView>): ReadonlyMap<string, RegistrantView> {
  return new Map(JSON.parse(JSON.stringify([...views])) as [string, RegistrantView][]);
}
