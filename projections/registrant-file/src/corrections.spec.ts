import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type RecordedEvent, registrantStream } from '#libs/kernel';
import type { FactType, RegistrantDataByType } from '#libs/registry';
import {
  aFact,
  recorded,
  recordedId,
  SPEC_REGISTRANT,
  type SpecEvent,
  wholeEvents,
} from '#libs/spec';
import { replay } from '#libs/view-store';
import { registrantFile } from './index.js';

const stream = registrantStream(SPEC_REGISTRANT);

/** The field of each fact that dates it. */
const dayFields: Readonly<Record<FactType, string>> = {
  ArrivalRegistered: 'arrivedOn',
  CallInRegistrationCompleted: 'registeredOn',
  FollowUpInterviewCompleted: 'interviewedOn',
  AnnualReregistrationCompleted: 'reregisteredOn',
  ChangeReported: 'changedOn',
  UnreportedChangeFound: 'changedOn',
  DepartureConfirmed: 'departedOn',
  UnregisteredDepartureRecorded: 'departedOn',
  IndividualNoticeServed: 'servedOn',
  NoticeInterviewCompleted: 'interviewedOn',
  ExemptionGranted: 'from',
  StatusChanged: 'changedOn',
  GoodCauseAccepted: 'decidedOn',
  WilfulnessDetermined: 'decidedOn',
  RemovalProceedingsInitiated: 'initiatedOn',
  InadmissibilityPresumptionRebutted: 'decidedOn',
};
const factTypes = Object.keys(dayFields) as FactType[];

/** What else may be wrong in a fact, as far as it has such a field. */
const slips = {
  port: 'LOS',
  office: 'BUF',
  usState: 'TX',
  classOfAdmission: 'B2',
  fin: '9000099',
  admissionNumber: '90000000099',
  person: { sex: 'F', bornOn: '1980-02-29', nationalities: ['PK', 'FR'] },
  to: 'citizen',
  appearOn: '2004-02-02',
  authority: 'Another authority',
} as const;

interface Slipped {
  readonly type: FactType;
  readonly right: object;
  readonly wrong: object;
  readonly mending: 'none' | 'once' | 'twice' | 'undone';
}

const day = fc.constantFrom('2003-01-10', '2003-10-23', '2004-01-05', '2004-06-01');

const aSlip: fc.Arbitrary<Slipped> = fc
  .record({
    type: fc.constantFrom(...factTypes),
    rightDay: day,
    wrongDay: day,
    mending: fc.constantFrom('none', 'once', 'twice', 'undone'),
  })
  .map(({ type, rightDay, wrongDay, mending }) => {
    const right = { ...wholeEvents[type], [dayFields[type]]: rightDay };
    const own = Object.entries(slips).filter(([field]) => field in right);
    const wrong = { ...right, ...Object.fromEntries(own), [dayFields[type]]: wrongDay };
    return { type, right, wrong, mending } as const;
  });

function factOf(type: FactType, data: object): SpecEvent {
  return { type, data: data as RegistrantDataByType[FactType] } as SpecEvent;
}

/** A record of slips that were mended one after the other, and of facts that were taken away again. */
function mended(facts: readonly Slipped[], extras: readonly Slipped[]): readonly RecordedEvent[] {
  const events: SpecEvent[] = [
    ...facts.map(({ type, right, wrong, mending }) =>
      factOf(type, mending === 'none' || mending === 'undone' ? right : wrong),
    ),
    ...extras.map(({ type, wrong }) => factOf(type, wrong)),
  ];
  const correct = (revision: number, type: FactType, data: object): void => {
    const corrected = { type, version: 1, data };
    events.push(aFact('RecordCorrected', { eventId: recordedId(stream, revision), corrected }));
  };
  const rescind = (revision: number): void => {
    events.push(aFact('RecordRescinded', { eventId: recordedId(stream, revision) }));
  };
  for (const [revision, { type, right, wrong, mending }] of facts.entries()) {
    if (mending === 'twice' || mending === 'undone') correct(revision, type, wrong);
    if (mending === 'undone') rescind(events.length - 1);
    if (mending === 'once' || mending === 'twice') correct(revision, type, right);
  }
  for (const [at, { type, right, mending }] of extras.entries()) {
    if (mending === 'once') correct(facts.length + at, type, right);
    rescind(facts.length + at);
  }
  return recorded(stream, events);
}

/** All that the view shows and is found by, but for the events themselves and their places. */
function shownOf(events: readonly RecordedEvent[]): object {
  const view = replay(registrantFile, events).get(SPEC_REGISTRANT);
  if (!view) return {};
  const { events: _events, position: _position, revision: _revision, ...shown } = view;
  return shown;
}

describe('the file of a registrant after corrections and rescissions', () => {
  it('is that of a record that was written rightly at once', () => {
    fc.assert(
      fc.property(
        fc.array(aSlip, { minLength: 1, maxLength: 8 }),
        fc.array(aSlip, { maxLength: 3 }),
        (facts, extras) => {
          const right = recorded(
            stream,
            facts.map(({ type, right: data }) => factOf(type, data)),
          );

          expect(shownOf(mended(facts, extras))).toEqual(shownOf(right));
        },
      ),
      { numRuns: 100 },
    );
  });
});
