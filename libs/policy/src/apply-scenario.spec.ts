import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, earlierOf } from '#libs/kernel';
import { applyScenario } from './apply-scenario.js';
import type { Policy } from './fold.js';
import type { PolicyRecord } from './record.js';
import type { ScenarioChange } from './scenario.js';
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
      'changes[0].set.terms.dueAfter "follow-up-interview-enacted": data.terms.dueAfter is not a field',
      { amend: 'follow-up-interview-enacted', set: { 'terms.dueAfter': 3 } },
    ],
    [
      'changes[0].set.terms.dueAfterDays.days leads to no field',
      { amend: 'follow-up-interview-enacted', set: { 'terms.dueAfterDays.days': 3 } },
    ],
    [
      'changes[0].set.terms.dueAfterDays "follow-up-interview-enacted": data.terms.dueAfterDays',
      { amend: 'follow-up-interview-enacted', set: { 'terms.dueAfterDays': 'soon' } },
    ],
    [
      'changes[0].effectiveOn "call-in-group-1": data.closesOn lies before the day on which the window opens',
      { move: 'call-in-group-1', effectiveOn: '2003-01-01' },
    ],
    [
      'changes[0].enact.ref uses the ref "call-in-group-1" of an event of the policy',
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

  it.each<[string, readonly ScenarioChange[]]>([
    [
      'changes[1].withdraw uses the ref "call-in-group-3" a second time, after changes[0]',
      [{ move: 'call-in-group-3', effectiveOn: '2003-01-14' }, { withdraw: 'call-in-group-3' }],
    ],
    [
      'changes[1].amend uses the ref "call-in-group-3" a second time, after changes[0]',
      [
        { move: 'call-in-group-3', effectiveOn: '2003-01-14' },
        { amend: 'call-in-group-3', set: { sex: 'F' } },
      ],
    ],
    [
      'changes[1].enact.ref uses the ref "a-milestone" a second time, after changes[0]',
      [
        {
          enact: {
            ref: 'a-milestone',
            type: 'MilestoneNoted',
            effectiveOn: '2003-01-14',
            data: {},
          },
        },
        {
          enact: {
            ref: 'a-milestone',
            type: 'MilestoneNoted',
            effectiveOn: '2003-01-15',
            data: {},
          },
        },
      ],
    ],
  ])('is refused where two changes are about one event: %s', (expected, changes) => {
    expect(issuesOf(applied(...changes))).toContain(expected);
  });

  it('names every change that cannot be done', () => {
    const issues = issuesOf(
      applied({ withdraw: 'one' }, { withdraw: 'armenia-rescinded' }, { withdraw: 'two' }),
    );
    expect(issues).toEqual([
      expect.stringContaining('changes[0].withdraw'),
      expect.stringContaining('changes[2].withdraw'),
    ]);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['changes[0].set.ref cannot be amended', { ref: 'x' }],
    ['changes[0].set.type cannot be amended', { type: 'x' }],
    ['changes[0].set.effectiveOn cannot be amended', { effectiveOn: '2003-01-01' }],
    [
      'changes[0].set.terms.dueAfterDays lies within another',
      { terms: {}, 'terms.dueAfterDays': 5 },
    ],
    ['changes[0].set. leads to no field', { '': 1 }],
    ['changes[0].set.terms.__proto__.x leads to no field', { 'terms.__proto__.x': 1 }],
    ['changes[0].set.toString.x leads to no field', { 'toString.x': 1 }],
    [
      'changes[0].set.terms "follow-up-interview-enacted": data.terms.opensAfterDays is missing',
      { terms: {} },
    ],
    [
      'changes[0].set "follow-up-interview-enacted": data.terms.dueAfterDays lies before the day',
      { 'terms.opensAfterDays': 50 },
    ],
  ])('amends only what is a field of the data: %s', (expected, set) => {
    expect(issuesOf(applied({ amend: 'follow-up-interview-enacted', set }))[0]).toContain(expected);
  });

  it('is refused where what it enacts is not of its type, with the place in the enactment', () => {
    const outcome = applied({
      enact: {
        ref: 'armenia-on-arrival',
        type: 'ArrivalDesignationMade',
        effectiveOn: '2002-12-18',
        data: { designation: 'armenia', countries: ['AM', 'XX'], colour: 'red' },
      },
    });
    expect(issuesOf(outcome)).toEqual([
      'changes[0].enact.data.colour is not a field that exists here',
      'changes[0].enact.data.countries[1] is not a known code',
    ]);
  });

  it('may amend a field that the event does not have yet, and a whole list', () => {
    const outcome = applied({
      amend: 'five-country-designation',
      set: { sex: 'M', countries: ['IR'] },
    });
    expect(recordOf(outcome, 'five-country-designation')?.data).toEqual({
      designation: 'five-countries',
      countries: ['IR'],
      sex: 'M',
    });
  });

  it('is refused where a change makes another event close a window before it opens', () => {
    const outcome = applied(
      { withdraw: 'armenia-rescinded' },
      { amend: 'group-4-extended', set: { closesOn: '2003-02-20' } },
    );
    expect(issuesOf(outcome)).toEqual([
      'changes[1] makes a policy that contradicts itself: "group-4-extended" closes group 4 on ' +
        '2003-02-20, before it opens on 2003-02-24.',
    ]);
  });

  it('is refused as a whole where a contradiction belongs to no single change', () => {
    const again = enactedTimeline.map((record) =>
      record.ref === 'call-in-group-1'
        ? {
            ...record,
            ref: 'group-1-again',
            effectiveOn: '2012-01-01',
            data: { ...record.data, closesOn: '2012-02-01' },
          }
        : record,
    ) as readonly PolicyRecord[];
    const outcome = applyScenario(
      [...enactedTimeline, ...again.filter(({ ref }) => ref === 'group-1-again')],
      {
        name: 'a question',
        base: 'enacted',
        changes: [{ withdraw: 'countries-delisted' }],
      },
    );
    expect(issuesOf(outcome)[0]).toMatch(/^changes makes a policy that contradicts itself/);
  });

  it('gives a policy that does not hang on the order of keys or of changes', () => {
    const changes: readonly ScenarioChange[] = [
      { withdraw: 'domestic-registration-suspended' },
      { move: 'call-in-group-1', effectiveOn: '2002-12-01' },
      {
        amend: 'annual-reregistration-enacted',
        set: { 'terms.daysBefore': 20, 'terms.daysAfter': 5 },
      },
      { withdraw: 'us-visit-launched' },
    ];
    const hashOf = (of: readonly ScenarioChange[]) => {
      const outcome = applied(...of);
      return 'policy' in outcome ? outcome.policy.hash : issuesOf(outcome);
    };
    const reversed = (value: unknown): unknown =>
      Array.isArray(value) || typeof value !== 'object' || value === null
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, inner]) => [key, reversed(inner)]),
          );
    fc.assert(
      fc.property(fc.shuffledSubarray([...changes], { minLength: 4 }), (shuffled) => {
        expect(hashOf(shuffled)).toBe(hashOf(changes));
        expect(hashOf(shuffled.map(reversed) as readonly ScenarioChange[])).toBe(hashOf(changes));
      }),
      { numRuns: 8 },
    );
  });

  it('that moves an event does not change what was in force before both of its days', () => {
    const days = fc.integer({ min: -300, max: 300 }).map((days) => addDays('2003-12-02', days));
    fc.assert(
      fc.property(days, (effectiveOn) => {
        const outcome = applied({ move: 'domestic-registration-suspended', effectiveOn });
        const earlier = earlierOf(effectiveOn, '2003-12-02');
        const before = ({ records }: Policy) =>
          records.filter((record) => record.effectiveOn < earlier);
        expect('policy' in outcome && before(outcome.policy)).toEqual(before(enactedPolicy));
      }),
      { numRuns: 15 },
    );
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

  it('that withdraws any event leaves all others as they were', () => {
    for (const { ref } of enactedTimeline) {
      const outcome = applied({ withdraw: ref });
      expect('policy' in outcome && outcome.policy.records).toEqual(
        enactedPolicy.records.filter((record) => record.ref !== ref),
      );
    }
  });
});
