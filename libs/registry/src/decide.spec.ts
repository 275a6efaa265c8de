import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CivilDay, type Decision, isRefused, registrantStream } from '#libs/kernel';
import { dutyNames, enactedPolicy, policyPublishedBy } from '#libs/policy';
import {
  aCallIn,
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  aPerson,
  aReregistration,
  decidedUnder,
  longAfter,
  recorded,
  recordedId,
  type SpecEvent,
  specStream,
  toRecord,
  wholeEvents,
} from '#libs/spec';
import {
  EXAMPLE_EVENT,
  registrantCommandExamples,
  registrantCommandNames,
} from './command-examples.js';
import type { RegistrantCommand } from './commands.js';
import { decideRegistrant } from './decide.js';
import { presenceDayOf } from './departure-checks.js';
import type { ObligationKey, RegistrantEvent } from './events.js';
import type { Fact } from './facts.js';
import { foldRegistrant, type Registrant } from './state.js';
import { type Stay, stayHolds } from './stays.js';
import { registrantEventTable } from './table.js';

/** Days about which the law turns, and some between them. */
const day = fc.constantFrom<CivilDay>(
  ...['2002-09-10', '2002-09-12', '2002-09-25', '2002-10-05', '2002-12-01', '2002-12-16'],
  ...['2003-01-20', '2003-02-01', '2003-03-21', '2003-10-23', '2003-11-25', '2003-12-02'],
  ...['2004-02-29', '2009-11-25', '2011-04-27', '2011-04-28'],
);
const person = fc.constantFrom(
  { person: aPerson },
  { person: { ...aPerson, nationalities: ['PK'] } },
  { person: { ...aPerson, nationalities: ['FR'] } },
  {},
);
const basis = fc.constantFrom(
  { kind: 'designation' } as const,
  { kind: 'lookout', lookoutRef: 'Secret lookout' } as const,
  { kind: 'officer-discretion', criteria: ['earlier-overstay'], reason: 'Secret reason' } as const,
);

const kind = fc.constantFrom('address', 'employment', 'school');
const value = {
  address: { line1: 'Secret Street 1', city: 'Sampleton', state: 'MD', zip: '00000' },
  employment: { employer: 'Secret Works' },
  school: { name: 'Secret School' },
} as const;
const noticeId = fc.constantFrom(
  '00000000-0000-4000-8000-000000000008',
  '00000000-0000-4000-8000-000000000009',
);
const reason = 'Secret reason';

/** Keys of obligations, imposed or not. */
const obligation: fc.Arbitrary<ObligationKey> = fc.oneof(
  ...(['follow-up-interview', 'departure-registration'] as const).map((duty) =>
    day.map((anchorOn): ObligationKey => ({ duty, anchorOn })),
  ),
  day.map((anchorOn): ObligationKey => ({ duty: 'annual-reregistration', anchorOn, year: 1 })),
  fc
    .tuple(day, kind)
    .map(([anchorOn, of]): ObligationKey => ({ duty: 'change-notice', anchorOn, kind: of })),
);
/** What a decision claims to have relied on is dropped from its command. */
const unread = wholeEvents.GoodCauseAccepted.reliedOn;

const laterEvent: fc.Arbitrary<SpecEvent> = fc.oneof(
  fc.tuple(kind, day, day).map(([of, changedOn, reportedOn]) =>
    aFact('ChangeReported', {
      kind: of,
      changedOn,
      reportedOn,
      ...(of === 'address' && { usState: 'MD' }),
      value: value[of],
    }),
  ),
  fc.tuple(kind, day, day, fc.boolean()).map(([of, changedOn, foundOn, isKnown]) =>
    aFact('UnreportedChangeFound', {
      kind: of,
      changedOn,
      foundOn,
      ...(of === 'address' && { usState: 'MD' }),
      ...(isKnown && { value: value[of] }),
    }),
  ),
  fc
    .tuple(noticeId, day, day)
    .map(([id, servedOn, appearOn]) =>
      aFact('IndividualNoticeServed', { noticeId: id, servedOn, appearOn, reason }),
    ),
  fc
    .tuple(noticeId, day)
    .map(([id, interviewedOn]) =>
      aFact('NoticeInterviewCompleted', { noticeId: id, interviewedOn, office: 'WAS' }),
    ),
  fc
    .tuple(fc.subarray([...dutyNames], { minLength: 1 }), day, fc.option(day, { nil: undefined }))
    .map(([duties, from, until]) =>
      aFact('ExemptionGranted', {
        duties,
        from,
        ...(until !== undefined && { until }),
        authority: 'Invented authority',
        reason,
      }),
    ),
  fc
    .tuple(fc.constantFrom('F1', 'H1B', 'A1', 'asylee'), day)
    .map(([to, changedOn]) => aFact('StatusChanged', { to, changedOn })),
);

const decisionEvent: fc.Arbitrary<SpecEvent> = fc.oneof(
  fc
    .tuple(obligation, day)
    .map(([of, decidedOn]) =>
      aFact('GoodCauseAccepted', { obligation: of, decidedOn, reason, reliedOn: unread }),
    ),
  fc.tuple(obligation, day, fc.boolean()).map(([of, decidedOn, wilful]) =>
    aFact('WilfulnessDetermined', {
      obligation: of,
      wilful,
      decidedOn,
      reason,
      reliedOn: unread,
    }),
  ),
  fc.tuple(fc.option(obligation, { nil: undefined }), day).map(([of, initiatedOn]) =>
    aFact('RemovalProceedingsInitiated', {
      ...(of && { obligation: of, reliedOn: unread }),
      initiatedOn,
      ground: 'Invented ground',
    }),
  ),
  fc.tuple(day, day).map(([departedOn, decidedOn]) =>
    aFact('InadmissibilityPresumptionRebutted', {
      departedOn,
      decidedOn,
      reason,
      reliedOn: unread,
    }),
  ),
);

const event: fc.Arbitrary<SpecEvent> = fc.oneof(
  { weight: 2, arbitrary: laterEvent },
  { weight: 3, arbitrary: decisionEvent },
  fc
    .tuple(day, person, basis)
    .map(([arrivedOn, who, by]) => anArrival({ arrivedOn, basis: by, ...who })),
  fc.tuple(day, day, person, fc.constantFrom(1, 3)).map(([registeredOn, admittedOn, who, group]) =>
    aCallIn({
      registeredOn,
      group,
      admission: { ...aCallIn({ registeredOn }).data.admission, admittedOn },
      ...who,
    }),
  ),
  day.map((interviewedOn) => anInterview({ interviewedOn, findings: 'Secret findings' })),
  day.map((reregisteredOn) => aReregistration({ reregisteredOn })),
  fc
    .tuple(day, fc.constantFrom('NYC', 'OAK', 'XXX'))
    .map(([departedOn, port]) => aDeparture({ departedOn, port, carrier: 'Secret carrier' })),
  day.map((departedOn) => anUnregisteredDeparture({ departedOn })),
);
interface Issued {
  readonly command: RegistrantCommand;
  /** Which of the obligations that there are a decision is aimed at; as it comes where absent. */
  readonly aim?: number | undefined;
}

/** Most lives begin with an arrival, without which nothing further is recorded. */
const commands: fc.Arbitrary<readonly Issued[]> = fc
  .tuple(
    day,
    fc.array(fc.tuple(event, fc.option(fc.nat(), { nil: undefined, freq: 4 })), {
      minLength: 1,
      maxLength: 15,
    }),
  )
  .map(([arrivedOn, events]) => [
    { command: toRecord(anArrival({ arrivedOn })) },
    ...events.map(([of, aim]) => ({ command: toRecord(of), aim })),
  ]);

/** A decision is aimed at an obligation that is imposed, or few would ever be accepted. */
function aimed({ command, aim }: Issued, state: Registrant): RegistrantCommand {
  if (aim === undefined) return command;
  const { data } = command;
  const on = 'decidedOn' in data ? data.decidedOn : 'initiatedOn' in data && data.initiatedOn;
  const imposed = on === false ? [] : longAfter.obligationsOn(state, on);
  if (command.type === 'RebutPresumption') {
    const departures = imposed.filter(({ key }) => key.duty === 'departure-registration');
    const key = departures[aim % departures.length]?.key;
    return key ? { ...command, data: { ...command.data, departedOn: key.anchorOn } } : command;
  }
  const key = imposed[aim % imposed.length]?.key;
  return key && 'obligation' in data
    ? ({ ...command, data: { ...data, obligation: key } } as RegistrantCommand)
    : command;
}

interface Step {
  readonly command: RegistrantCommand;
  readonly before: Registrant;
  readonly decision: Decision<RegistrantEvent>;
  readonly after: Registrant;
}

/** Each command with what the registry held before and after it. */
function steps(issued: readonly Issued[]): readonly Step[] {
  const accepted: SpecEvent[] = [];
  return issued.map((one) => {
    const before = foldRegistrant(recorded(specStream, accepted));
    const command = aimed(one, before);
    const decision = decideRegistrant(command, before, longAfter);
    if (isRefused(decision)) return { command, before, decision, after: before };
    accepted.push(...decision.events);
    return { command, before, decision, after: foldRegistrant(recorded(specStream, accepted)) };
  });
}

function departuresOf(stays: readonly Stay[]): ReadonlySet<string> {
  return new Set(stays.flatMap(({ departure }) => departure?.id ?? []));
}

function isMove({ type }: Fact): boolean {
  return (
    type === 'ArrivalRegistered' ||
    type === 'CallInRegistrationCompleted' ||
    type === 'DepartureConfirmed' ||
    type === 'UnregisteredDepartureRecorded'
  );
}

describe('registrant decisions', () => {
  it('refuse to record the same fact again, whatever was recorded before', () => {
    fc.assert(
      fc.property(commands, (issued) => {
        for (const { command, decision, after } of steps(issued)) {
          if (isRefused(decision)) continue;
          const again = decideRegistrant(command, after, longAfter);
          expect(isRefused(again) && again.refusal.because).toBe('state');
        }
      }),
      { numRuns: 150 },
    );
  });

  it('give events that the log can store, and the same answer each time', () => {
    fc.assert(
      fc.property(commands, (issued) => {
        for (const { command, before, decision } of steps(issued)) {
          expect(decideRegistrant(command, before, longAfter)).toEqual(decision);
          if (isRefused(decision)) continue;
          for (const { type, data } of decision.events) {
            expect(registrantEventTable[type].check(data)).toEqual([]);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('make facts that are those of their commands', () => {
    fc.assert(
      fc.property(commands, (issued) => {
        for (const { command, decision } of steps(issued)) {
          if (!isRefused(decision)) expect(decision.events.map(toRecord)).toEqual([command]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are tried here on every kind of fact', () => {
    const lives = fc.sample(commands, { numRuns: 300, seed: 1 }).map(steps);
    const types = lives.flatMap((life) => life.at(-1)?.after.facts.map(({ type }) => type) ?? []);
    expect(new Set(types).size).toBe(16);
  });

  it('never take a recorded departure or presence out of its stay', () => {
    fc.assert(
      fc.property(commands, (issued) => {
        for (const { before, after } of steps(issued)) {
          const kept = departuresOf(after.stays);
          for (const { departure } of before.stays) {
            // A confirmed departure takes the place of an unregistered one of its day.
            const held = after.stays.some((stay) => stay.departure?.day === departure?.day);
            expect(departure === undefined || kept.has(departure.id) || held).toBe(true);
          }
          for (const fact of after.facts) {
            const present = presenceDayOf(fact) ?? (isMove(fact) ? fact.day : undefined);
            if (present === undefined) continue;
            const held = after.stays.some((stay) => stayHolds(stay, present));
            expect([fact.type, present, held]).toEqual([fact.type, present, true]);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('never repeat a personal value in a refusal or a warning', () => {
    fc.assert(
      fc.property(commands, (issued) => {
        for (const { decision } of steps(issued)) {
          const said = isRefused(decision)
            ? JSON.stringify(decision.refusal)
            : (decision.warnings ?? []).join();
          expect(said).not.toMatch(/Secret|Testperson|Exempli|90000|specimen|X0000001|1975/);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the examples of registrant commands', () => {
  const facts = decidedUnder(policyPublishedBy(enactedPolicy, '2003-11-20'), '2003-11-20');

  it('there is one for each command', () => {
    expect(registrantCommandNames).toEqual([
      'RegisterArrival',
      'RegisterAtCallIn',
      'CompleteFollowUpInterview',
      'ReregisterAnnually',
      'ReportChange',
      'RecordUnreportedChange',
      'ConfirmDeparture',
      'RecordUnregisteredDeparture',
      'ServeIndividualNotice',
      'CompleteNoticeInterview',
      'GrantExemption',
      'RecordStatusChange',
      'AcceptGoodCause',
      'DetermineWilfulness',
      'InitiateRemovalProceedings',
      'RebutPresumption',
      'CorrectRecord',
      'RescindRecord',
    ]);
  });

  it('are accepted one after the other on the day of the demo', () => {
    const byRegistrant = new Map<string, SpecEvent[]>();
    for (const type of registrantCommandNames) {
      const { registrantId } = registrantCommandExamples[type];
      const events = byRegistrant.get(registrantId) ?? [];
      const stream = registrantStream(registrantId);
      const interview = events.findIndex((one) => one.type === 'FollowUpInterviewCompleted');
      const body = JSON.stringify(registrantCommandExamples[type]);
      const data: unknown = JSON.parse(body.replace(EXAMPLE_EVENT, recordedId(stream, interview)));
      const command = { type, data } as RegistrantCommand;
      const decision = decideRegistrant(command, foldRegistrant(recorded(stream, events)), facts);
      // Individual notices were authorised two weeks later only.
      const unowed = type === 'ServeIndividualNotice' || type === 'CompleteNoticeInterview';
      expect([type, decision]).toEqual([
        type,
        { events: [expect.anything()], ...(unowed && { warnings: [expect.anything()] }) },
      ]);
      if (!isRefused(decision)) byRegistrant.set(registrantId, [...events, ...decision.events]);
    }
    expect([...byRegistrant.values()].map((events) => events.length)).toEqual([9, 9]);
  });
});
