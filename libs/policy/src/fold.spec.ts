import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldPolicy, policyEffectiveBy, policyKnownAt, policyPublishedBy } from './fold.js';
import type { PolicyRecord } from './record.js';
import { enactedPolicy, enactedTimeline } from './timeline.js';

const refsOf = ({ records }: { readonly records: readonly PolicyRecord[] }) =>
  records.map(({ ref }) => ref);

describe('the fold of a policy', () => {
  it('orders events by their effective day, and those of one day as the log does', () => {
    const folded = foldPolicy(enactedTimeline).records;
    const positions = new Map(enactedTimeline.map(({ ref }, at) => [ref, at]));
    folded.slice(1).forEach((record, at) => {
      const before = folded[at]!;
      const placed = positions.get(before.ref)! < positions.get(record.ref)!;
      expect([before.effectiveOn < record.effectiveOn, placed]).toContain(true);
      expect(before.effectiveOn <= record.effectiveOn).toBe(true);
    });
  });

  it('hashes what counts for the law, and neither titles, citations, notes nor knowledge', () => {
    const renamed = enactedTimeline.map((record) => ({
      ...record,
      title: 'x',
      authority: 'x',
      citation: 'x',
      note: 'x',
      verified: false,
      known: 'always' as const,
    }));
    expect(foldPolicy(renamed).hash).toBe(enactedPolicy.hash);
  });

  it('hashes every day and every field of the data', () => {
    const hashes = enactedTimeline.flatMap((record, at) =>
      [{ effectiveOn: '2001-01-01' }, { publishedOn: '2001-01-01' }, { ref: 'x' }].map((change) => {
        const changed = { ...record, ...change };
        return foldPolicy(enactedTimeline.with(at, changed)).hash;
      }),
    );
    expect(new Set([...hashes, enactedPolicy.hash]).size).toBe(hashes.length + 1);
  });

  it('does not hang on the order of keys', () => {
    const reversed = enactedTimeline.map(
      (record) => Object.fromEntries(Object.entries(record).reverse()) as unknown as PolicyRecord,
    );
    expect(foldPolicy(reversed).hash).toBe(enactedPolicy.hash);
  });
});

describe('a policy narrowed', () => {
  it('to an instant holds what was known by then, to the millisecond', () => {
    const before = refsOf(policyKnownAt(enactedPolicy, '2003-12-01T23:59:59.999Z'));
    const after = refsOf(policyKnownAt(enactedPolicy, '2003-12-02T00:00:00.000Z'));
    expect(before).not.toContain('domestic-registration-suspended');
    expect(after).toContain('domestic-registration-suspended');
  });

  it('to what had been published holds law that has not taken effect', () => {
    const published = policyPublishedBy(enactedPolicy, '2002-08-12');
    expect(refsOf(published)).toContain('follow-up-interview-enacted');
    expect(refsOf(policyEffectiveBy(enactedPolicy, '2002-08-12'))).not.toContain(
      'follow-up-interview-enacted',
    );
  });

  it('always holds what a scenario changed', () => {
    const always = foldPolicy(enactedTimeline.map((record) => ({ ...record, known: 'always' })));
    expect(policyKnownAt(always, '1990-01-01T00:00:00.000Z')).toBe(always);
    expect(policyPublishedBy(always, '1990-01-01')).toBe(always);
  });

  it('is the same policy as long as nothing falls away, and is worked out once', () => {
    expect(policyEffectiveBy(enactedPolicy, '2020-01-01')).toBe(enactedPolicy);
    expect(policyEffectiveBy(enactedPolicy, '2003-01-01')).toBe(
      policyEffectiveBy(enactedPolicy, '2003-01-01'),
    );
  });

  it('answers the same on more days than it remembers', () => {
    const policy = foldPolicy(enactedTimeline);
    const days = Array.from(
      { length: 1100 },
      (_, at) => `${String(1000 + at).padStart(4, '0')}-01-01`,
    );
    const first = days.map((day) => policyEffectiveBy(policy, day).hash);
    fc.assert(
      fc.property(fc.nat(days.length - 1), (at) => {
        expect(policyEffectiveBy(policy, days[at]!).hash).toBe(first[at]);
      }),
    );
  });
});
