import { describe, expect, it } from '@jest/globals';
import { applyScenario } from './apply-scenario.js';
import { callInGroups, callInGroupsFor } from './call-in.js';
import type { Policy } from './fold.js';
import { findShippedScenario } from './shipped-scenarios.js';
import { enactedPolicy, enactedTimeline } from './timeline.js';

function scenario(name: string): Policy {
  const outcome = applyScenario(enactedTimeline, findShippedScenario(name)!);
  if ('issues' in outcome) throw new Error(`The scenario ${name} does not apply.`);
  return outcome.policy;
}

function group(number: number, day: string, policy = enactedPolicy) {
  return callInGroups(policy, day, true).find((one) => one.group === number);
}

/** A man of one nationality, born and admitted early enough for every group. */
function man(nationality: string, more: { readonly bornOn?: string; readonly sex?: 'F' } = {}) {
  const attributes = { sex: 'M' as const, bornOn: '1970-01-01', nationalities: [nationality] };
  return { person: { ...attributes, ...more }, admittedOn: '2002-06-01' };
}

function groupsFor(of: Parameters<typeof callInGroupsFor>[2], day: string, policy = enactedPolicy) {
  return callInGroupsFor(policy, day, of).map((one) => one.group);
}

describe('a call-in group', () => {
  it('is in force from its opening day on, and until the programme is delisted', () => {
    expect(groupsFor(man('IR'), '2002-11-14')).toEqual([]);
    expect(groupsFor(man('IR'), '2002-11-15')).toEqual([1]);
    expect(groupsFor(man('IR'), '2011-04-27')).toEqual([1]);
    expect(groupsFor(man('IR'), '2011-04-28')).toEqual([]);
  });

  it('closes on its own day until an extension takes effect, and on the later day from then on', () => {
    expect(group(3, '2003-02-18')).toMatchObject({ closesOn: '2003-02-21', extensions: [] });
    expect(group(3, '2003-02-19')?.closesOn).toBe('2003-03-21');
    expect(group(3, '2003-02-19', scenario('no-extension'))?.closesOn).toBe('2003-02-21');
  });

  it('is extended before it has opened', () => {
    expect(group(4, '2003-02-24')).toMatchObject({
      opensOn: '2003-02-24',
      closesOn: '2003-04-25',
      extensions: [{ ref: 'group-4-extended' }],
    });
  });

  it('is not extended by what takes effect after its closing day', () => {
    const outcome = applyScenario(enactedTimeline, {
      name: 'too late',
      base: 'enacted',
      changes: [{ move: 'group-3-extended', effectiveOn: '2003-02-22' }],
    });
    const policy = 'policy' in outcome ? outcome.policy : enactedPolicy;
    expect(group(3, '2003-03-01', policy)).toMatchObject({ closesOn: '2003-02-21' });
    expect('warnings' in outcome && outcome.warnings).toEqual([
      '"group-3-extended" has nothing to act on: group 3 closed on 2003-02-21, before 2003-02-22.',
    ]);
  });

  it('is extended by what takes effect on its closing day', () => {
    const outcome = applyScenario(enactedTimeline, {
      name: 'just in time',
      base: 'enacted',
      changes: [{ move: 'group-3-extended', effectiveOn: '2003-02-21' }],
    });
    const policy = 'policy' in outcome ? outcome.policy : enactedPolicy;
    expect(group(3, '2003-03-01', policy)).toMatchObject({ closesOn: '2003-03-21' });
  });

  it('is reopened from the effective day of the reopening on', () => {
    expect(group(1, '2003-01-26')?.reopenings).toEqual([]);
    expect(group(1, '2003-01-27')?.reopenings).toMatchObject([{ ref: 'groups-1-2-reopened' }]);
    expect(group(3, '2003-01-27')?.reopenings).toEqual([]);
  });

  it('does not hold Armenians on any day, unless the rescission is withdrawn', () => {
    expect(groupsFor(man('AM'), '2003-01-13')).toEqual([]);
    expect(groupsFor(man('AM'), '2003-01-13', scenario('armenia-stays'))).toEqual([3]);
  });

  it('holds a Pakistani man born on 13 January 1987, and none born a day later', () => {
    expect(groupsFor(man('PK', { bornOn: '1987-01-13' }), '2003-02-01')).toEqual([3]);
    expect(groupsFor(man('PK', { bornOn: '1987-01-14' }), '2003-02-01')).toEqual([]);
  });

  it('holds nobody of another sex, admitted later, or who had claimed asylum by its day', () => {
    const iranian = man('IR');
    expect(groupsFor(man('IR', { sex: 'F' }), '2002-12-01')).toEqual([]);
    expect(groupsFor({ ...iranian, admittedOn: '2002-09-11' }, '2002-12-01')).toEqual([]);
    expect(groupsFor({ ...iranian, asylumClaimFiledOn: '2002-11-06' }, '2002-12-01')).toEqual([]);
    expect(groupsFor({ ...iranian, asylumClaimFiledOn: '2002-11-07' }, '2002-12-01')).toEqual([1]);
  });

  it('that opened first comes first for somebody of several nationalities', () => {
    const of = man('PK');
    const both = { ...of, person: { ...of.person, nationalities: ['PK', 'IR'] } };
    expect(groupsFor(both, '2003-02-01')).toEqual([1, 3]);
  });

  it('with the lower number comes first of those that opened on one day', () => {
    const outcome = applyScenario(enactedTimeline, {
      name: 'one day',
      base: 'enacted',
      changes: [{ move: 'call-in-group-2', effectiveOn: '2002-11-15' }],
    });
    const policy = 'policy' in outcome ? outcome.policy : enactedPolicy;
    const of = man('SO');
    const both = { ...of, person: { ...of.person, nationalities: ['SO', 'IR'] } };
    expect(groupsFor(both, '2002-12-01', policy)).toEqual([1, 2]);
  });
});
