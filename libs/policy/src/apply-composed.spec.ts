import { describe, expect, it } from '@jest/globals';
import { applyScenario } from './apply-scenario.js';
import { policyKnownAt } from './fold.js';
import type { ClericalEntry, PolicyLogEntry, PolicyRecord } from './record.js';
import type { ComposedScenario, ScenarioChange } from './scenario.js';
import { findShippedScenario } from './shipped-scenarios.js';
import { enactedPolicy, enactedTimeline } from './timeline.js';

type Outcome = ReturnType<typeof applyScenario>;

function scenario(
  base: ComposedScenario['base'],
  ...changes: readonly ScenarioChange[]
): ComposedScenario {
  return { name: 'a question', base, changes };
}

function shipped(name: string): ComposedScenario {
  const found = findShippedScenario(name);
  if (!found) throw new Error(`No scenario ships as ${name}.`);
  return found;
}

function policyOf(outcome: Outcome) {
  if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
  return outcome.policy;
}

function issuesOf(outcome: Outcome): readonly string[] {
  return 'issues' in outcome ? outcome.issues.map(({ path, problem }) => `${path} ${problem}`) : [];
}

function recordNamed(ref: string, { records } = enactedPolicy): PolicyRecord | undefined {
  return records.find((record) => record.ref === ref);
}

describe('a scenario on a scenario', () => {
  const noSuspension = shipped('no-suspension');
  const noExtension = shipped('no-extension');

  it('makes the changes of its base first, then its own', () => {
    const ref = 'follow-up-interview-enacted';
    const later = scenario(shipped('sixty-day-follow-up'), {
      amend: ref,
      set: { 'terms.opensAfterDays': 50 },
    });
    expect(recordNamed(ref, policyOf(applyScenario(enactedTimeline, later)))?.data).toMatchObject({
      terms: { opensAfterDays: 50, dueAfterDays: 60 },
    });
    expect(issuesOf(applyScenario(enactedTimeline, { ...later, base: 'enacted' }))).toHaveLength(1);
  });

  it('comes to the same as all the changes in one, where they are of different events', () => {
    const together = scenario('enacted', ...noSuspension.changes, ...noExtension.changes);
    const one = policyOf(applyScenario(enactedTimeline, together));
    const two = scenario(noSuspension, ...noExtension.changes);
    expect(policyOf(applyScenario(enactedTimeline, two)).hash).toBe(one.hash);
    const three = scenario(scenario(noExtension), ...noSuspension.changes);
    expect(policyOf(applyScenario(enactedTimeline, three)).hash).toBe(one.hash);
  });

  it('may move, amend and withdraw what its base enacts', () => {
    const enact = (effectiveOn: string, ref: string): ScenarioChange => ({
      enact: { ref, type: 'MilestoneNoted', effectiveOn, data: {} },
    });
    const base = scenario('enacted', enact('2003-05-01', 'one'), enact('2003-05-02', 'two'));
    const outcome = applyScenario(
      enactedTimeline,
      scenario(base, { move: 'one', effectiveOn: '2003-06-01' }, { withdraw: 'two' }),
    );
    expect(recordNamed('one', policyOf(outcome))?.effectiveOn).toBe('2003-06-01');
    expect(recordNamed('two', policyOf(outcome))).toBeUndefined();
  });

  it('is refused for what its base has withdrawn already, naming the base', () => {
    const again = scenario(scenario(noSuspension), ...noSuspension.changes);
    expect(issuesOf(applyScenario(enactedTimeline, again))).toEqual([
      'changes[0].withdraw names "domestic-registration-suspended", ' +
        'which the base "no-suspension" has withdrawn already',
    ]);
    const moved = scenario(noSuspension, {
      move: 'domestic-registration-suspended',
      effectiveOn: '2003-12-01',
    });
    expect(issuesOf(applyScenario(enactedTimeline, moved))).toEqual([
      expect.stringContaining('changes[0].move names "domestic-registration-suspended", which'),
    ]);
  });

  it('cannot enact under a ref that its base withdrew, nor under one that it enacts', () => {
    const milestone = (ref: string): ScenarioChange => ({
      enact: { ref, type: 'MilestoneNoted', effectiveOn: '2003-05-01', data: {} },
    });
    const taken = (base: ComposedScenario, ref: string) =>
      issuesOf(applyScenario(enactedTimeline, scenario(base, milestone(ref))));
    const expected = 'changes[0].enact.ref uses the ref';
    expect(taken(noSuspension, 'domestic-registration-suspended')[0]).toContain(expected);
    expect(taken(scenario('enacted', milestone('x')), 'x')[0]).toContain(expected);
  });

  it('is refused where its base cannot be applied, with the place in the base', () => {
    const unknown = scenario(scenario(scenario('enacted', { withdraw: 'nothing' })));
    expect(issuesOf(applyScenario(enactedTimeline, unknown))).toEqual([
      'base.base.changes[0].withdraw names "nothing", which is no event of the policy',
    ]);
    const senseless = scenario(
      scenario('enacted', { amend: 'group-4-extended', set: { closesOn: '2003-02-20' } }),
      { withdraw: 'group-4-extended' },
    );
    expect(issuesOf(applyScenario(enactedTimeline, senseless))).toEqual([
      expect.stringMatching(/^base\.changes\[0\] makes a policy that contradicts itself/),
    ]);
  });

  it('does not warn of what it sets right in its base', () => {
    const withoutGroup = scenario('enacted', { withdraw: 'call-in-group-4' });
    expect(applyScenario(enactedTimeline, withoutGroup)).toMatchObject({ warnings: [{}] });
    const tidied = scenario(withoutGroup, { withdraw: 'group-4-extended' });
    expect(applyScenario(enactedTimeline, tidied)).toMatchObject({ warnings: [] });
  });

  it('says where it changes nothing of its base', () => {
    expect(applyScenario(enactedTimeline, scenario(noSuspension))).toMatchObject({
      warnings: ['The scenario changes nothing of its base "no-suspension".'],
    });
  });
});

describe('a scenario on a policy with corrections', () => {
  const known = '2003-06-01T00:00:00.000Z';
  const before = '2003-05-31T00:00:00.000Z';
  const after = '2020-01-01T00:00:00.000Z';

  function corrected(ref: string, data: object): ClericalEntry {
    const { ref: _ref, type: _type, known: _known, ...body } = recordNamed(ref)!;
    const correction = { ...body, data: { ...body.data, ...data } };
    return { type: 'PolicyRecordCorrected', ref, corrected: correction, reason: 'a slip', known };
  }

  const log: readonly PolicyLogEntry[] = [
    ...enactedTimeline,
    corrected('group-3-extended', { closesOn: '2003-03-28' }),
    corrected('group-4-extended', { closesOn: '2003-05-02' }),
    { type: 'PolicyRecordRescinded', ref: 'departure-port-saipan', reason: 'a slip', known },
  ];

  const dataOf = (outcome: Outcome, ref: string, at: string): unknown =>
    recordNamed(ref, policyKnownAt(policyOf(outcome), at))?.data;

  it('works on the records as corrected, which then count as always known', () => {
    const outcome = applyScenario(
      log,
      scenario('enacted', { move: 'group-3-extended', effectiveOn: '2003-02-20' }),
    );
    const moved = recordNamed('group-3-extended', policyKnownAt(policyOf(outcome), before));
    expect(moved).toMatchObject({ effectiveOn: '2003-02-20', known: 'always' });
    expect(moved?.data).toEqual({ group: 3, closesOn: '2003-03-28' });
    expect(recordNamed('group-3-extended', policyKnownAt(policyOf(outcome), after))).toEqual(moved);
  });

  it('leaves what it does not touch its earlier form under an earlier look', () => {
    const outcome = applyScenario(log, shipped('no-suspension'));
    expect(dataOf(outcome, 'group-4-extended', before)).toMatchObject({ closesOn: '2003-04-25' });
    expect(dataOf(outcome, 'group-4-extended', known)).toMatchObject({ closesOn: '2003-05-02' });
    // Rescinded before it became known, so that it never held.
    expect(dataOf(outcome, 'departure-port-saipan', after)).toBeUndefined();
  });

  it('takes corrections away with the record that it withdraws', () => {
    const outcome = applyScenario(log, shipped('no-extension'));
    for (const at of [before, known, after]) {
      expect(dataOf(outcome, 'group-3-extended', at)).toBeUndefined();
    }
    expect(policyOf(outcome).log.map(({ ref }) => ref)).not.toContain('group-3-extended');
  });

  it('is refused for what was rescinded, and for the ref of what was', () => {
    const withdrawn = scenario('enacted', { withdraw: 'departure-port-saipan' });
    expect(issuesOf(applyScenario(log, withdrawn))).toEqual([
      'changes[0].withdraw names "departure-port-saipan", ' +
        'which was rescinded: it was a slip, and no event of the policy',
    ]);
    const enacted = scenario('enacted', {
      enact: {
        ref: 'departure-port-saipan',
        type: 'MilestoneNoted',
        effectiveOn: '2003-01-01',
        data: {},
      },
    });
    expect(issuesOf(applyScenario(log, enacted))[0]).toContain('changes[0].enact.ref uses the ref');
  });
});
