import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyScenario } from './apply-scenario.js';
import type { PolicyRecord } from './record.js';
import { readScenario, type ScenarioChange } from './scenario.js';
import { shippedScenarios } from './shipped-scenarios.js';
import { enactedPolicy, enactedTimeline } from './timeline.js';

function applied(...changes: readonly ScenarioChange[]) {
  return applyScenario(enactedTimeline, { name: 'a question', base: 'enacted', changes });
}

function issuesOf(outcome: ReturnType<typeof applyScenario>): readonly string[] {
  return 'issues' in outcome ? outcome.issues.map(({ path, problem }) => `${path} ${problem}`) : [];
}

function recordOf(
  outcome: ReturnType<typeof applyScenario>,
  ref: string,
): PolicyRecord | undefined {
  return 'policy' in outcome
    ? outcome.policy.records.find((record) => record.ref === ref)
    : undefined;
}

describe('a scenario', () => {
  it('without changes is the enacted policy, and says so', () => {
    expect(applied()).toEqual({
      policy: enactedPolicy,
      warnings: ['The scenario changes nothing of the policy.'],
    });
  });

  it('withdraws, moves and amends events of the policy', () => {
    const outcome = applied(
      { withdraw: 'domestic-registration-suspended' },
      { move: 'call-in-group-1', effectiveOn: '2002-12-01' },
      { amend: 'follow-up-interview-enacted', set: { 'terms.dueAfterDays': 60 } },
    );
    expect(recordOf(outcome, 'domestic-registration-suspended')).toBeUndefined();
    expect(recordOf(outcome, 'call-in-group-1')).toMatchObject({
      effectiveOn: '2002-12-01',
      known: 'always',
    });
    expect(recordOf(outcome, 'follow-up-interview-enacted')?.data).toEqual({
      duty: 'follow-up-interview',
      terms: { opensAfterDays: 30, dueAfterDays: 60 },
    });
  });

  it('enacts an event that says that it is the scenario’s', () => {
    const outcome = applied({
      enact: {
        ref: 'armenia-on-arrival',
        type: 'ArrivalDesignationMade',
        effectiveOn: '2002-12-18',
        data: { designation: 'armenia', countries: ['AM'] },
      },
    });
    expect(recordOf(outcome, 'armenia-on-arrival')).toMatchObject({
      citation: 'scenario "a question"',
      verified: false,
      publishedOn: '2002-12-18',
    });
  });

  it.each<[string, ScenarioChange]>([
    ['changes[0].withdraw names "no-such-rule"', { withdraw: 'no-such-rule' }],
    ['changes[0].move names "no-such-rule"', { move: 'no-such-rule', effectiveOn: '2003-01-01' }],
    ['changes[0].amend names "no-such-rule"', { amend: 'no-such-rule', set: { duty: 'x' } }],
    [
      'changes[0].set "follow-up-interview-enacted": data.terms.dueAfter is not a field',
      { amend: 'follow-up-interview-enacted', set: { 'terms.dueAfter': 3 } },
    ],
    [
      'changes[0].set "terms.dueAfterDays.days" leads to no field',
      { amend: 'follow-up-interview-enacted', set: { 'terms.dueAfterDays.days': 3 } },
    ],
    [
      'changes[0].set "follow-up-interview-enacted": data.terms.dueAfterDays',
      { amend: 'follow-up-interview-enacted', set: { 'terms.dueAfterDays': 'soon' } },
    ],
    [
      'changes[0] "call-in-group-1": data.closesOn lies before the day on which the window opens',
      { move: 'call-in-group-1', effectiveOn: '2003-01-01' },
    ],
    [
      'changes[0].enact.ref uses the ref "call-in-group-1" a second time',
      {
        enact: {
          ref: 'call-in-group-1',
          type: 'MilestoneNoted',
          effectiveOn: '2003-01-01',
          data: {},
        },
      },
    ],
    [
      'changes[0] makes a policy that contradicts itself',
      {
        enact: {
          ref: 'group-1-again',
          type: 'CallInAnnounced',
          effectiveOn: '2003-01-01',
          data: {
            group: 1,
            countries: ['IR'],
            sex: 'M',
            bornOnOrBefore: '1986-11-15',
            admittedOnOrBefore: '2002-09-10',
            closesOn: '2003-02-01',
            asylumFiledOnOrBefore: '2002-11-06',
          },
        },
      },
    ],
  ])('is refused with the place and the reason: %s', (expected, change) => {
    const issues = issuesOf(applied(change));
    expect(issues).toHaveLength(1);
    expect(issues[0]).toContain(expected);
  });

  it('is refused for an event that is not enacted here yet, saying so', () => {
    const before = enactedTimeline.filter(({ publishedOn }) => publishedOn <= '2003-11-20');
    const outcome = applyScenario(before, {
      name: 'no-suspension',
      base: 'enacted',
      changes: [{ withdraw: 'domestic-registration-suspended' }],
    });
    expect(issuesOf(outcome)[0]).toContain('not enacted here yet');
  });

  it('is accepted with a warning where it leaves a later event with nothing to act on', () => {
    const outcome = applied({ withdraw: 'call-in-group-3' });
    expect('warnings' in outcome && outcome.warnings).toEqual(
      expect.arrayContaining([expect.stringContaining('"group-3-extended"')]),
    );
  });

  it.each(shippedScenarios.map((scenario) => [scenario.name, scenario] as const))(
    'that ships as %s applies to the enacted policy and changes it',
    (_, scenario) => {
      expect(readScenario(JSON.parse(JSON.stringify(scenario)))).toEqual({ scenario });
      const outcome = applyScenario(enactedTimeline, scenario);
      expect(issuesOf(outcome)).toEqual([]);
      expect('policy' in outcome && outcome.policy.hash).not.toBe(enactedPolicy.hash);
    },
  );

  it('that withdraws any event leaves all others as they were', () => {
    const refs = enactedTimeline.map(({ ref }) => ref);
    fc.assert(
      fc.property(fc.constantFrom(...refs), (ref) => {
        const outcome = applied({ withdraw: ref });
        expect('policy' in outcome && outcome.policy.records).toEqual(
          enactedPolicy.records.filter((record) => record.ref !== ref),
        );
      }),
    );
  });
});

describe('a scenario file', () => {
  it.each([
    [[], 'must be an object'],
    [{ name: 'x', base: 'enacted' }, 'changes is missing'],
    [{ name: 'x', base: 'other', changes: [] }, 'base must be one of enacted'],
    [{ name: 'x', base: 'enacted', changes: [{}] }, 'changes[0] must be exactly one of'],
    [
      { name: 'x', base: 'enacted', changes: [{ withdraw: 'a', move: 'b' }] },
      'changes[0] must be exactly one of',
    ],
    [
      { name: 'x', base: 'enacted', changes: [{ withdraw: 'a', why: 'b' }] },
      'changes[0].why is not a field',
    ],
    [
      { name: 'x', base: 'enacted', changes: [{ move: 'a', effectiveOn: '2003-02-30' }] },
      'changes[0].effectiveOn must be a day',
    ],
    [
      { name: 'x', base: 'enacted', changes: [{ amend: 'a', set: {} }] },
      'changes[0].set must be an object',
    ],
    [
      {
        name: 'x',
        base: 'enacted',
        changes: [{ enact: { ref: 'a', type: 'Made', effectiveOn: '2003-01-01', data: {} } }],
      },
      'changes[0].enact.type must be one of',
    ],
    [{ name: 'x', base: 'enacted', changes: [], extra: 1 }, 'extra is not a field'],
  ])('%j is refused: %s', (json, expected) => {
    const read = readScenario(json);
    const issues =
      'issues' in read ? read.issues.map(({ path, problem }) => `${path} ${problem}`.trim()) : [];
    expect(issues.join('\n')).toContain(expected);
  });
});
