import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '#libs/kernel';
import { applyScenario } from './apply-scenario.js';
import { foldPolicy, type Policy, policyKnownAt } from './fold.js';
import {
  type ClericalEntry,
  isClerical,
  type Known,
  type PolicyLogEntry,
  type PolicyRecord,
} from './record.js';
import type { ScenarioChange } from './scenario.js';
import { enactedTimeline } from './timeline.js';

/** Some of the timeline in its order; what is left out changes nothing of what is said of the rest. */
const records = fc.shuffledSubarray([...enactedTimeline], { minLength: 1 }).map(inLogOrder);

function inLogOrder(some: readonly PolicyRecord[]): readonly PolicyRecord[] {
  return enactedTimeline.filter((record) => some.includes(record));
}

/** Around the time of the programme, before and after each event was published. */
const instants = fc
  .integer({ min: 0, max: 12 * 366 })
  .map((days) => `${addDays('2001-01-01', days)}T12:00:00.000Z`);

/** Clerical, but for the days: a record that reads otherwise in one thing, or that is gone. */
function clerical(of: readonly PolicyRecord[]): fc.Arbitrary<ClericalEntry> {
  return fc
    .record({
      record: fc.constantFrom(...of),
      known: instants,
      days: fc.integer({ min: -30, max: 30 }),
      isRescinded: fc.boolean(),
    })
    .map(({ record, known, days, isRescinded }) =>
      isRescinded
        ? { type: 'PolicyRecordRescinded', ref: record.ref, reason: 'a slip', known }
        : correction(record, known, days),
    );
}

function correction(record: PolicyRecord, known: Known, days = 0): ClericalEntry {
  const { ref, type: _type, known: _known, ...body } = record;
  const corrected = {
    ...body,
    title: days === 0 ? body.title : `${body.title} (corrected)`,
    publishedOn: addDays(body.publishedOn, days),
  };
  return { type: 'PolicyRecordCorrected', ref, corrected, reason: 'a slip', known };
}

const logs: fc.Arbitrary<readonly PolicyLogEntry[]> = records.chain((some) =>
  fc.array(clerical(some), { maxLength: 6 }).map((slips) => [...some, ...slips]),
);

function policyOf(log: readonly PolicyLogEntry[], ...changes: readonly ScenarioChange[]): Policy {
  const outcome = applyScenario(log, { name: 'x', base: 'enacted', changes });
  if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
  return outcome.policy;
}

describe('the policy', () => {
  it('plus an empty scenario is the policy', () => {
    fc.assert(
      fc.property(logs, (log) => {
        expect(policyOf(log)).toEqual(foldPolicy(log));
      }),
      { numRuns: 20 },
    );
  });

  it('with every record corrected, and corrected back to the original, is the policy', () => {
    fc.assert(
      fc.property(records, instants, fc.integer({ min: 1, max: 30 }), (some, known, days) => {
        const there = some.map((record) => correction(record, known, days));
        const back = some.map((record) => correction(record, known));
        const restored = foldPolicy([...some, ...there, ...back]);
        expect(restored.records).toEqual(foldPolicy(some).records);
        expect(restored.hash).toBe(foldPolicy(some).hash);
        expect(foldPolicy([...some, ...there]).hash).not.toBe(restored.hash);
      }),
      { numRuns: 20 },
    );
  });

  it('does not hang on the order in which events of different days were recorded', () => {
    fc.assert(
      fc.property(logs, fc.infiniteStream(fc.nat()), (log, numbers) => {
        expect(foldPolicy(shuffledApart(log, numbers)).records).toEqual(foldPolicy(log).records);
      }),
      { numRuns: 20 },
    );
  });

  it('known at an instant is that of the entries recorded by then', () => {
    fc.assert(
      fc.property(logs, instants, (log, knownAt) => {
        const recorded = log.filter(({ known }) => known <= knownAt);
        const policy = policyKnownAt(foldPolicy(log), knownAt);
        expect(policy).toEqual(foldPolicy(recorded));
      }),
      { numRuns: 30 },
    );
  });

  it('changed by a scenario and then looked at earlier is that of the look, changed by the scenario', () => {
    fc.assert(
      fc.property(logs, instants, fc.infiniteStream(fc.nat()), (log, knownAt, numbers) => {
        const whole = foldPolicy(log);
        const known = policyKnownAt(whole, knownAt);
        const changes = changesOf(sameInBoth(whole, known), numbers);
        expect(policyKnownAt(policyOf(log, ...changes), knownAt)).toEqual(
          policyOf(known.log, ...changes),
        );
      }),
      { numRuns: 30 },
    );
  });
});

/** Another order of the log, in which those of one day, and those about one record, keep theirs. */
function shuffledApart(
  log: readonly PolicyLogEntry[],
  numbers: fc.Stream<number>,
): readonly PolicyLogEntry[] {
  const days = new Map<string, string>();
  for (const entry of log) if (!isClerical(entry)) days.set(entry.ref, entry.effectiveOn);
  const groups = new Map<string, PolicyLogEntry[]>();
  for (const entry of log) {
    const day = days.get(entry.ref) ?? '';
    groups.set(day, [...(groups.get(day) ?? []), entry]);
  }
  return [...groups.values()]
    .map((group) => ({ group, at: next(numbers) }))
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ group }) => group);
}

function next(numbers: fc.Stream<number>): number {
  return numbers.next().value as number;
}

/** What reads alike in both: a scenario takes what it changes as it reads in the policy given to it. */
function sameInBoth(whole: Policy, known: Policy): readonly PolicyRecord[] {
  const here = new Map(known.records.map((record) => [record.ref, JSON.stringify(record)]));
  return whole.records.filter((record) => here.get(record.ref) === JSON.stringify(record));
}

/** Some of the records withdrawn, some moved by a few days to where no window closes before it opens. */
function changesOf(
  some: readonly PolicyRecord[],
  numbers: fc.Stream<number>,
): readonly ScenarioChange[] {
  return some.flatMap((record): readonly ScenarioChange[] => {
    const { ref, effectiveOn } = record;
    const kind = next(numbers) % 3;
    if (kind === 0) return [];
    if (kind === 1) return [{ withdraw: ref }];
    return [{ move: ref, effectiveOn: addDays(effectiveOn, -(next(numbers) % 10)) }];
  });
}
