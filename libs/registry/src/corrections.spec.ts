import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CivilDay, isRefused } from '#libs/kernel';
import {
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  aReregistration,
  longAfter,
  recorded,
  recordedId,
  type SpecEvent,
  specStream,
  toCorrect,
  toRecord,
  toRescind,
} from '#libs/spec';
import type { RegistrantCommand } from './commands.js';
import { decideRegistrant } from './decide.js';
import type { RegistrantEvent } from './events.js';
import { type Fact, isFactType } from './facts.js';
import { foldRegistrant, type Registrant } from './state.js';
import { registrantEventTable } from './table.js';

const day = fc.constantFrom<CivilDay>(
  ...['2003-01-10', '2003-02-12', '2003-03-01', '2003-03-10', '2003-04-15', '2003-10-23'],
  ...['2003-11-25', '2003-12-05', '2004-01-20', '2004-02-01'],
);

/** A fact of any day, which may fit the record or not. */
const event: fc.Arbitrary<RegistrantEvent> = fc.oneof(
  fc
    .tuple(day, fc.constantFrom('NYC', 'LOS'))
    .map(([arrivedOn, port]) => anArrival({ arrivedOn, port })),
  day.map((departedOn) => aDeparture({ departedOn })),
  day.map((departedOn) => anUnregisteredDeparture({ departedOn })),
  fc
    .tuple(day, fc.constantFrom('WAS', 'NYC'))
    .map(([interviewedOn, office]) => anInterview({ interviewedOn, office })),
  day.map((reregisteredOn) => aReregistration({ reregisteredOn })),
  fc.tuple(day, day).map(([changedOn, reportedOn]) =>
    aFact('ChangeReported', {
      kind: 'school',
      changedOn,
      reportedOn,
      value: { name: 'Secret School' },
    }),
  ),
  fc.tuple(day, day).map(([anchorOn, decidedOn]) =>
    aFact('GoodCauseAccepted', {
      obligation: { duty: 'follow-up-interview', anchorOn },
      decidedOn,
      reason: 'Secret reason',
      reliedOn: { status: '', opensOn: '', dueOn: '', policyHash: '', rulesVersion: '' },
    }),
  ),
);

interface Step {
  readonly event: RegistrantEvent;
  /** What becomes of it: recorded, or made out of an earlier event, or an earlier one is taken away. */
  readonly as: 'fact' | 'correction' | 'rescission';
  /** Which earlier event that is. */
  readonly of: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  event,
  as: fc.constantFrom('fact', 'fact', 'correction', 'correction', 'rescission'),
  of: fc.nat(),
});
const lives = fc
  .tuple(day, fc.array(step, { minLength: 2, maxLength: 14 }))
  .map(([arrivedOn, steps]) => [
    { event: anArrival({ arrivedOn }), as: 'fact', of: 0 } as const,
    ...steps,
  ]);

interface Decided {
  readonly command: RegistrantCommand;
  readonly before: readonly SpecEvent[];
  /** Absent where it was refused. */
  readonly recorded?: RegistrantEvent;
  readonly refusal?: string;
}

function stateOf(events: readonly SpecEvent[]): Registrant {
  return foldRegistrant(recorded(specStream, events));
}

/** A correction is aimed at an event of the type that it has, where there is one. */
function commandOf({ event: made, as, of }: Step, events: readonly SpecEvent[]): RegistrantCommand {
  if (as === 'fact') return toRecord(made);
  if (as === 'rescission') return toRescind(of % events.length);
  const alike = events.flatMap(({ type }, at) => (type === made.type ? [at] : []));
  return toCorrect(alike[of % alike.length] ?? 0, made);
}

function live(steps: readonly Step[]): readonly Decided[] {
  const events: SpecEvent[] = [];
  return steps.map((one) => {
    const before = [...events];
    const command = commandOf(one, before);
    const decision = decideRegistrant(command, stateOf(before), longAfter);
    if (isRefused(decision)) return { command, before, refusal: JSON.stringify(decision.refusal) };
    events.push(...decision.events);
    const [made] = decision.events;
    return { command, before, ...(made && { recorded: made }) };
  });
}

function accepted(steps: readonly Step[]): readonly Required<Omit<Decided, 'refusal'>>[] {
  return live(steps).flatMap((one) =>
    one.recorded ? [{ command: one.command, before: one.before, recorded: one.recorded }] : [],
  );
}

/** What a fact says, apart from what its decision relied on, which is derived anew. */
function said(facts: readonly Fact[]): readonly unknown[] {
  return facts.map((fact) => ({ ...fact, data: { ...fact.data, reliedOn: undefined } }));
}

const runs = { numRuns: 100 };

describe('corrections and rescissions', () => {
  it('are refused when they are decided again', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const { command, before, recorded: made } of accepted(steps)) {
          const again = decideRegistrant(command, stateOf([...before, made]), longAfter);
          expect(isRefused(again) && again.refusal.because).toBe('state');
        }
      }),
      runs,
    );
  });

  it('leave, when corrected back or rescinded, the facts as they were', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const { before, recorded: made } of accepted(steps)) {
          if (made.type !== 'RecordCorrected') continue;
          const { facts } = stateOf(before);
          const fact = facts.find(({ id }) => id === made.data.eventId);
          const at = before.findIndex((_, of) => recordedId(specStream, of) === fact?.id);
          for (const undo of [toRescind(before.length), toCorrect(at, fact as RegistrantEvent)]) {
            const decision = decideRegistrant(undo, stateOf([...before, made]), longAfter);
            if (isRefused(decision)) throw new Error(decision.refusal.detail);
            expect(said(stateOf([...before, made, ...decision.events]).facts)).toEqual(said(facts));
          }
        }
      }),
      runs,
    );
  });

  it('change nothing but the fact that they name', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const { before, recorded: made } of accepted(steps)) {
          if (isFactType(made.type)) continue;
          const after = new Map(stateOf([...before, made]).facts.map((fact) => [fact.id, fact]));
          const differing = stateOf(before).facts.filter(
            ({ id, data }) => after.get(id)?.data !== data,
          );
          expect(differing.length).toBeLessThanOrEqual(1);
        }
      }),
      runs,
    );
  });

  it('give events that the log can store, and no personal value in a refusal', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        for (const { recorded: made, refusal = '' } of live(steps)) {
          if (made) expect(registrantEventTable[made.type].check(made.data)).toEqual([]);
          expect(refusal).not.toMatch(/Secret|Testperson|Exempli|90000|specimen|X0000001|1975/);
        }
      }),
      runs,
    );
  });

  it('are tried here often, and refused for many reasons', () => {
    const tried = fc.sample(lives, { numRuns: 300, seed: 4 }).flatMap(live);
    const made = tried.map((one) => one.recorded?.type);
    expect(made.filter((type) => type === 'RecordCorrected').length).toBeGreaterThan(80);
    expect(made.filter((type) => type === 'RecordRescinded').length).toBeGreaterThan(80);
    const codes = new Set(tried.map(({ refusal }) => /"code":"(\w+)"/.exec(refusal ?? '')?.[1]));
    expect([...codes]).toEqual(
      expect.arrayContaining([
        'ContradictsRecordedFact',
        'CorrectionChangesNothing',
        'RecordAlreadyRescinded',
        'RescissionIsFinal',
        'CorrectedTypeDiffers',
        'NoStayOnThatDay',
      ]),
    );
  });
});
