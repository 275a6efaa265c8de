import { describe, expect, it } from '@jest/globals';
import { applyScenario } from './apply-scenario.js';
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
