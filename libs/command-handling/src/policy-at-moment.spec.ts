import { describe, expect, it } from '@jest/globals';
import { POLICY_STREAM, readKnownAt, type RecordedEvent } from '#libs/kernel';
import { applyScenario, enactedTimeline } from '#libs/policy';
import { policyAtMoment } from './policy-at-moment.js';

const events: readonly RecordedEvent[] = enactedTimeline.map(
  ({ type, known, ...data }, revision) => ({
    id: `event-${revision}`,
    stream: POLICY_STREAM,
    revision,
    position: revision * 10,
    type,
    data,
    metadata: {
      actor: { id: 'spec', role: 'policy-maker' },
      recordedAt: known,
      schemaVersion: 1,
    },
  }),
);

function refsAt(text: string): readonly string[] {
  const { whole, asKnown } = policyAtMoment(events, readKnownAt(text));
  return asKnown(whole).records.map(({ ref }) => ref);
}

describe('the policy at a moment', () => {
  it('is all that is recorded where no moment is named', () => {
    const { whole, asKnown } = policyAtMoment(events, undefined);
    expect(asKnown(whole)).toBe(whole);
    expect(whole.records).toHaveLength(events.length);
  });

  it('holds what was known at an instant', () => {
    expect(refsAt('2003-12-01T23:59:59.999Z')).not.toContain('domestic-registration-suspended');
    expect(refsAt('2003-12-02T00:00:00.000Z')).toContain('domestic-registration-suspended');
  });

  it('holds what stood in the log up to a position, whenever it was recorded', () => {
    const late = events.map((event) => {
      const imported = { at: '2020-01-01T00:00:00.000Z', by: 'spec', file: 'f', adopted: false };
      return { ...event, metadata: { ...event.metadata, imported } };
    });
    const { whole, asKnown } = policyAtMoment(late, { kind: 'position', position: 25 });

    expect(asKnown(whole).records).toHaveLength(3);
    expect(refsAt('position:30')).toHaveLength(4);
  });

  it('lets a scenario name what came later, of which nothing was known', () => {
    const changes = [
      { withdraw: 'domestic-registration-suspended' },
      { move: 'countries-delisted', effectiveOn: '2004-01-05' },
    ];
    const { whole, asKnown } = policyAtMoment(events, { kind: 'position', position: 25 });
    const outcome = applyScenario(whole.log, { name: 'mine', base: 'enacted', changes });
    if (!('policy' in outcome)) throw new Error('The scenario cannot be applied.');

    // What a scenario moved counts as always known.
    expect(asKnown(outcome.policy).records.map(({ ref }) => ref)).toEqual([
      ...asKnown(whole).records.map(({ ref }) => ref),
      'countries-delisted',
    ]);
  });
});
