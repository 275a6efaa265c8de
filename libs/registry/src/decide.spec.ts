import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CivilDay, isRefused, type RecordedEvent, registrantStream } from '#libs/kernel';
import { enactedPolicy, policyPublishedBy } from '#libs/policy';
import {
  aCallIn,
  aDeparture,
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
} from '#libs/spec';
import { registrantCommandExamples, registrantCommandNames } from './command-examples.js';
import type { RegistrantCommand } from './commands.js';
import { decideRegistrant } from './decide.js';
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

const event: fc.Arbitrary<SpecEvent> = fc.oneof(
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
const commands = fc.array(event.map(toRecord), { minLength: 1, maxLength: 15 });

/** What the registry holds after each command that it accepted, the beginning included. */
function histories(issued: readonly RegistrantCommand[]): readonly Registrant[] {
  let events: readonly RecordedEvent[] = [];
  const states = [foldRegistrant(events)];
  const accepted: SpecEvent[] = [];
  for (const command of issued) {
    const decision = decideRegistrant(command, foldRegistrant(events), longAfter);
    if (isRefused(decision)) continue;
    accepted.push(...decision.events);
    events = recorded(specStream, accepted);
    states.push(foldRegistrant(events));
  }
  return states;
}

function departuresOf(stays: readonly Stay[]): ReadonlySet<string> {
  return new Set(stays.flatMap(({ departure }) => departure?.id ?? []));
}

describe('registrant decisions', () => {
  it('refuse to record the same fact again, whatever was recorded before', () => {
    fc.assert(
      fc.property(commands, (issued) => {
        const accepted: SpecEvent[] = [];
        for (const command of issued) {
          const before = foldRegistrant(recorded(specStream, accepted));
          const decision = decideRegistrant(command, before, longAfter);
          if (isRefused(decision)) continue;
          accepted.push(...decision.events);
          const after = foldRegistrant(recorded(specStream, accepted));
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
        const accepted: SpecEvent[] = [];
        for (const command of issued) {
          const state = foldRegistrant(recorded(specStream, accepted));
          const decision = decideRegistrant(command, state, longAfter);
          expect(decideRegistrant(command, state, longAfter)).toEqual(decision);
          if (isRefused(decision)) continue;
          for (const { type, data } of decision.events) {
            expect(registrantEventTable[type].check(data)).toEqual([]);
          }
          accepted.push(...decision.events);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('never take a recorded departure or appearance out of its stay', () => {
    fc.assert(
      fc.property(commands, (issued) => {
        const states = histories(issued);
        for (const [at, after] of states.entries()) {
          const before = states[at - 1];
          if (!before) continue;
          const kept = departuresOf(after.stays);
          for (const { departure } of before.stays) {
            // A confirmed departure takes the place of an unregistered one of its day.
            const held = after.stays.some((stay) => stay.departure?.day === departure?.day);
            expect(departure === undefined || kept.has(departure.id) || held).toBe(true);
          }
          for (const fact of after.facts) {
            const held = after.stays.some((stay) => stayHolds(stay, fact.day));
            expect([fact.type, fact.day, held]).toEqual([fact.type, fact.day, true]);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('never repeat a personal value in a refusal or a warning', () => {
    fc.assert(
      fc.property(commands, (issued) => {
        const accepted: SpecEvent[] = [];
        for (const command of issued) {
          const state = foldRegistrant(recorded(specStream, accepted));
          const decision = decideRegistrant(command, state, longAfter);
          if (!isRefused(decision)) accepted.push(...decision.events);
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
    ]);
  });

  it('are accepted one after the other on the day of the demo', () => {
    const byRegistrant = new Map<string, SpecEvent[]>();
    for (const type of registrantCommandNames) {
      const command = { type, data: registrantCommandExamples[type] } as RegistrantCommand;
      const { registrantId } = command.data;
      const events = byRegistrant.get(registrantId) ?? [];
      const stream = registrantStream(registrantId);
      const decision = decideRegistrant(command, foldRegistrant(recorded(stream, events)), facts);
      // Individual notices were authorised two weeks later only.
      const unowed = type === 'ServeIndividualNotice' || type === 'CompleteNoticeInterview';
      expect([type, decision]).toEqual([
        type,
        { events: [expect.anything()], ...(unowed && { warnings: [expect.anything()] }) },
      ]);
      if (!isRefused(decision)) byRegistrant.set(registrantId, [...events, ...decision.events]);
    }
    expect([...byRegistrant.values()].map((events) => events.length)).toEqual([7, 9]);
  });
});

describe('the record of a registrant', () => {
  it('is empty, and of nobody, before the first event', () => {
    expect(foldRegistrant([])).toEqual({ facts: [], stays: [] });
  });

  it('holds facts as corrected, without what was rescinded', () => {
    const events: SpecEvent[] = [
      anArrival({ arrivedOn: '2003-10-23' }),
      aDeparture({ departedOn: '2003-12-05' }),
    ];
    const rescission = {
      type: 'RecordRescinded',
      data: {
        registrantId: events[0]?.data.registrantId ?? '',
        eventId: recordedId(specStream, 1),
      },
    } as const;
    const { facts, stays } = foldRegistrant(recorded(specStream, [...events, rescission]));
    expect(facts.map(({ type }) => type)).toEqual(['ArrivalRegistered']);
    expect(stays[0]?.until).toBeUndefined();
  });
});
