import { describe, expect, it } from '@jest/globals';
import { applyScenario } from './apply-scenario.js';
import { dutyNames } from './events.js';
import { dutyInForce } from './in-force.js';
import { readScenario } from './scenario.js';
import { findShippedScenario, shippedScenarios } from './shipped-scenarios.js';
import { enactedPolicy, enactedTimeline } from './timeline.js';

describe('the shipped scenario', () => {
  it('that is asked for by another name is none', () => {
    expect(findShippedScenario('no-such-question')).toBeUndefined();
  });

  it.each(shippedScenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s applies to the enacted policy and changes it',
    (_, scenario) => {
      expect(readScenario(JSON.parse(JSON.stringify(scenario)))).toEqual({ scenario });
      const outcome = applyScenario(enactedTimeline, scenario);
      expect(outcome).not.toHaveProperty('issues');
      expect('policy' in outcome && outcome.policy.hash).not.toBe(enactedPolicy.hash);
    },
  );

  it('changes what its question is about, and nothing else', () => {
    const withdrawn = (...refs: readonly string[]) => refs.map((ref) => ({ withdraw: ref }));
    const amendments = [
      'armenia-rescinded',
      'groups-1-2-reopened',
      'group-3-extended',
      'group-4-extended',
    ];
    const groups = [1, 2, 3, 4].map((group) => `call-in-group-${group}`);
    const moved = (duty: string) => ({
      enact: {
        ref: `${duty}-moved-to-us-visit`,
        type: 'DutyMovedToUsVisit',
        effectiveOn: '2004-01-05',
        data: { duty },
      },
    });
    expect(
      Object.fromEntries(shippedScenarios.map(({ name, changes }) => [name, changes])),
    ).toEqual({
      'no-suspension': withdrawn('domestic-registration-suspended'),
      'suspension-a-year-earlier': [
        { move: 'domestic-registration-suspended', effectiveOn: '2002-12-02' },
      ],
      'no-call-in': withdrawn(...groups, ...amendments),
      'no-extension': withdrawn('group-3-extended', 'group-4-extended'),
      'no-reopening': withdrawn('groups-1-2-reopened'),
      'armenia-stays': withdrawn('armenia-rescinded'),
      'five-countries-only': withdrawn('group-designation-pk-sa-ye', ...groups.slice(1)),
      'delisted-with-us-visit': [{ move: 'countries-delisted', effectiveOn: '2004-01-05' }],
      'never-delisted': withdrawn('countries-delisted', 'regulation-removed'),
      'students-exempt-from-the-start': [
        { move: 'sevis-change-notice-exemption', effectiveOn: '2002-09-11' },
      ],
      'sixty-day-follow-up': [
        { amend: 'follow-up-interview-enacted', set: { 'terms.dueAfterDays': 60 } },
      ],
      'no-discretion': [
        { amend: 'officer-discretion-authorised', set: { kinds: ['lookout'], criteria: [] } },
      ],
      'no-departure-duty': withdrawn('departure-registration-enacted'),
      'moved-into-us-visit': [
        'arrival-registration',
        'change-notice',
        'departure-registration',
        'notice-interview',
      ].map(moved),
    });
  });

  it('takes all that were left over into US-VISIT, where it moves the duties there', () => {
    const moved = applyScenario(enactedTimeline, findShippedScenario('moved-into-us-visit')!);
    const left = (day: string, policy = enactedPolicy) =>
      dutyNames.filter((duty) => dutyInForce(policy, duty, day));
    expect(left('2004-01-05')).toHaveLength(4);
    expect('policy' in moved && left('2004-01-05', moved.policy)).toEqual([]);
    expect('policy' in moved && left('2004-01-04', moved.policy)).toEqual(left('2004-01-04'));
  });

  it.each<[string, readonly string[]]>([
    ['no-suspension', []],
    ['suspension-a-year-earlier', []],
    ['no-call-in', []],
    ['no-extension', []],
    ['armenia-stays', []],
    [
      'five-countries-only',
      [
        '"armenia-rescinded" has nothing to act on: no announcement of group 3.',
        '"groups-1-2-reopened" has nothing to act on in part: no announcement of group 2.',
        '"group-3-extended" has nothing to act on: no announcement of group 3.',
        '"group-4-extended" has nothing to act on: no announcement of group 4.',
      ],
    ],
    [
      'no-departure-duty',
      [
        'departure-ports-2002',
        'crew-departure-exemption',
        'departure-port-oakland',
        'departure-port-saipan',
      ].map(
        (ref) =>
          `"${ref}" has nothing to act on: departure-registration is not in force then or later.`,
      ),
    ],
  ])('%s warns of what it leaves with nothing to act on, and of nothing else', (name, warnings) => {
    const outcome = applyScenario(enactedTimeline, findShippedScenario(name)!);
    expect(outcome).toMatchObject({ warnings });
  });
});
