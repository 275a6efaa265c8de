import { describe, expect, it } from '@jest/globals';
import { applyScenario } from './apply-scenario.js';
import { outcomeAsKnown, policyAtInstant } from './at-moment.js';
import { enactedPolicy } from './timeline.js';

const changes = [{ withdraw: 'domestic-registration-suspended' }];

function outcomeAt(instant: string | undefined) {
  const moment = policyAtInstant(enactedPolicy, instant);
  const scenario = { name: 'mine', base: 'enacted', changes } as const;
  const outcome = applyScenario(moment.whole.log, scenario);
  if (!('policy' in outcome)) throw new Error('The scenario cannot be applied.');
  return outcomeAsKnown(moment, outcome);
}

describe('the policy at a moment', () => {
  it('is all that is recorded where no moment is named', () => {
    const { whole, asKnown } = policyAtInstant(enactedPolicy, undefined);
    expect(asKnown(whole)).toBe(enactedPolicy);
  });

  it('says where nothing was known of what a scenario changes', () => {
    expect(outcomeAt('2003-12-01T00:00:00.000Z').warnings.join()).toContain('nothing was known');
    expect(outcomeAt('2003-12-02T00:00:00.000Z').warnings).toEqual([]);
    expect(outcomeAt(undefined).warnings).toEqual([]);
  });
});
