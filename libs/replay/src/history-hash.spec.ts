import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, type RecordedEvent, sha256Hex } from '#libs/kernel';
import type { RegistrantEvent } from '#libs/registry';
import { aDeparture, anArrival, anInterview, recorded, specStream, wholeEvents } from '#libs/spec';
import { historyOf, sourceOf } from './replayed.contract.js';

/** Personal fields by type, written out here once more so that a table that loses one is noticed. */
const PERSONAL: Readonly<Record<string, readonly string[]>> = {
  ArrivalRegistered: [
    ...['fin', 'identity', 'visit', 'biometrics', 'documents', 'admissionNumber'],
    ...['basis.lookoutRef', 'basis.reason'],
  ],
  CallInRegistrationCompleted: [
    ...['fin', 'identity', 'visit', 'biometrics', 'documents', 'admission.admissionNumber'],
  ],
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
  RecordCorrected: ['reason', 'corrected.data.findings'],
  RecordRescinded: ['reason'],
};

type Json = Record<string, unknown>;

function withoutPath(data: Json, path: readonly string[]): Json {
  const [key = '', ...rest] = path;
  const copy = { ...data };
  if (rest.length === 0) Reflect.deleteProperty(copy, key);
  else if (copy[key] !== undefined) copy[key] = withoutPath(copy[key] as Json, rest);
  return copy;
}

const types = Object.keys(wholeEvents) as RegistrantEvent['type'][];

function whole(type: RegistrantEvent['type']): readonly RecordedEvent[] {
  return recorded(specStream, [{ type, data: wholeEvents[type] } as RegistrantEvent]);
}

function changed(events: readonly RecordedEvent[], by: (data: Json) => Json): RecordedEvent[] {
  return events.map((event) => ({ ...event, data: by(event.data as Json) }));
}

const hashOf = (events: readonly RecordedEvent[]): string => sourceOf(events).historyHash;

describe('the hash of a history', () => {
  it.each(types)(
    'of %s is the same when the personal content is encrypted, or its key gone',
    (type) => {
      const clear = whole(type);
      const bare = (data: Json): Json =>
        (PERSONAL[type] ?? []).reduce((left, path) => withoutPath(left, path.split('.')), data);
      const gone = changed(clear, bare);
      const sealed = changed(clear, (data) => ({ ...bare(data), encrypted: 'AbCd' }));
      expect(hashOf(gone)).toBe(hashOf(clear));
      expect(hashOf(sealed)).toBe(hashOf(clear));
    },
  );

  it.each(types)('of %s keeps all that is not personal', (type) => {
    const clear = whole(type);
    for (const field of Object.keys(wholeEvents[type])) {
      if ((PERSONAL[type] ?? []).includes(field)) continue;
      const changedHere = changed(clear, (data) => ({ ...data, [field]: 'something else' }));
      expect(hashOf(changedHere)).not.toBe(hashOf(clear));
    }
  });

  it('leaves out the personal content of what a correction replaces, and keeps the rest of it', () => {
    const corrected = (content: Json): RecordedEvent[] =>
      changed(whole('RecordCorrected'), (data) => {
        const { corrected: nested } = data as { corrected: { data: Json } };
        return { ...data, corrected: { ...nested, data: { ...nested.data, ...content } } };
      });
    expect(hashOf(corrected({ findings: 'Other findings' }))).toBe(hashOf(corrected({})));
    expect(hashOf(corrected({ office: 'NYC' }))).not.toBe(hashOf(corrected({})));
  });

  it('never looks at personal content, whatever it says', () => {
    const texts = fc.string({ maxLength: 20 });
    fc.assert(
      fc.property(texts, texts, (fin, reason) => {
        const [event] = whole('ArrivalRegistered');
        const basis = { ...wholeEvents.ArrivalRegistered.basis, reason };
        const told = changed(event ? [event] : [], (data) => ({ ...data, fin, basis }));
        expect(hashOf(told)).toBe(hashOf(whole('ArrivalRegistered')));
      }),
      { numRuns: 25 },
    );
  });

  it('does not hang on the order in which streams are written, and does on that within one', () => {
    const events = historyOf(
      [anArrival({ arrivedOn: '2003-06-01' }), anInterview({ interviewedOn: '2003-07-05' })],
      [anArrival({ arrivedOn: '2003-06-02' }), aDeparture({ departedOn: '2003-08-01' })],
    );
    const [a1, a2, b1, b2] = events as [RecordedEvent, RecordedEvent, RecordedEvent, RecordedEvent];
    for (const written of [
      [b1, b2, a1, a2],
      [a1, b1, a2, b2],
      [b1, a1, b2, a2],
    ]) {
      expect(hashOf(written)).toBe(hashOf(events));
    }
    expect(hashOf([a2, a1, b1, b2])).not.toBe(hashOf(events));
  });

  it('knows neither times, nor actors, nor positions', () => {
    const events = historyOf([anArrival({ arrivedOn: '2003-06-01' })]);
    const moved = events.map((event) => ({
      ...event,
      position: event.position + 17,
      metadata: {
        ...event.metadata,
        actor: { id: 'another', role: 'operator' },
        recordedAt: '2010-01-01T00:00:00.000Z',
      },
    }));
    expect(hashOf(moved)).toBe(hashOf(events));
  });

  it('is that of the canonical lines, as anybody can compute it', () => {
    const events = historyOf([aDeparture({ departedOn: '2003-08-01', carrier: 'Invented Lines' })]);
    const [{ id, stream } = { id: '', stream: '' }] = events;
    const { registrantId } = wholeEvents.DepartureConfirmed;
    const data = { registrantId, departedOn: '2003-08-01', port: 'NYC' };
    const line = canonicalJson({ id, stream, type: 'DepartureConfirmed', data });
    expect(hashOf(events)).toBe(sha256Hex(`${line}\n`));
    expect(hashOf([])).toBe(sha256Hex(''));
  });

  it('is the one under which results have been published', () => {
    const events = historyOf(
      [anArrival({ arrivedOn: '2003-06-01' }), anInterview({ interviewedOn: '2003-07-05' })],
      [anArrival({ arrivedOn: '2003-06-02' }), aDeparture({ departedOn: '2003-08-01' })],
    );
    const published = 'afc2da097d23f761233515cbc40fd7843cb1d21f9ca19a7b9288ce3235e339a9';
    expect(hashOf(events)).toBe(published);
  });
});
