import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  foldPolicy,
  type Policy,
  policyEffectiveBy,
  policyKnownAt,
  policyPublishedBy,
} from './fold.js';
import { type ClericalEntry, isClerical, type Known, type PolicyRecord } from './record.js';
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

function bodyOf(ref: string) {
  const { ref: _ref, type: _type, known: _known, ...body } = recordNamed(ref);
  return body;
}

function recordNamed(ref: string, { records }: Policy = enactedPolicy): PolicyRecord {
  return records.find((record) => record.ref === ref)!;
}

const extension = 'group-3-extended';

function correction(known: Known, closesOn: string, ref = extension): ClericalEntry {
  const corrected = { ...bodyOf(extension), data: { group: 3, closesOn } };
  return { type: 'PolicyRecordCorrected', ref, corrected, reason: 'a slip', known };
}

function rescission(known: Known): ClericalEntry {
  return { type: 'PolicyRecordRescinded', ref: extension, reason: 'a slip', known };
}

const instants = {
  june: '2003-06-01T00:00:00.000Z',
  july: '2003-07-01T00:00:00.000Z',
  august: '2003-08-01T00:00:00.000Z',
} as const;

const closing = ({ records }: Policy): unknown =>
  records.find((record) => record.ref === extension)?.data;

describe('the log of a policy with corrections', () => {
  const log = [
    ...enactedTimeline,
    correction(instants.june, '2003-03-28'),
    correction(instants.july, '2003-03-30'),
    rescission(instants.august),
  ];

  it('folds to the records as corrected, without those that were rescinded', () => {
    expect(closing(foldPolicy(log.slice(0, -1)))).toEqual({ group: 3, closesOn: '2003-03-30' });
    expect(closing(foldPolicy(log))).toBeUndefined();
    expect(foldPolicy(log).hash).toBe(
      foldPolicy(enactedTimeline.filter(({ ref }) => ref !== extension)).hash,
    );
  });

  it.each([
    ['2003-05-31T23:59:59.999Z', '2003-03-21'],
    [instants.june, '2003-03-28'],
    ['2003-06-30T23:59:59.999Z', '2003-03-28'],
    [instants.july, '2003-03-30'],
    ['2003-07-31T23:59:59.999Z', '2003-03-30'],
    [instants.august, undefined],
  ])('reads at %s as it was known then: %s', (knownAt, closesOn) => {
    expect(closing(policyKnownAt(foldPolicy(log), knownAt))).toEqual(
      closesOn === undefined ? undefined : { group: 3, closesOn },
    );
  });

  it('of several corrections takes the last in the log, whenever each became known', () => {
    const crossed = foldPolicy([
      ...enactedTimeline,
      correction(instants.july, '2003-03-28'),
      correction(instants.june, '2003-03-30'),
    ]);
    expect(closing(crossed)).toEqual({ group: 3, closesOn: '2003-03-30' });
    expect(closing(policyKnownAt(crossed, instants.june))).toEqual(closing(crossed));
  });

  it('changes nothing by a correction of what is not known yet, or is recorded nowhere', () => {
    const early = '2003-01-01T00:00:00.000Z';
    const policy = foldPolicy([correction(early, '2003-03-28'), ...enactedTimeline]);
    expect(closing(policyKnownAt(policy, early))).toBeUndefined();
    expect(closing(policyKnownAt(policy, instants.june))).toMatchObject({ closesOn: '2003-03-28' });
    const stray = foldPolicy([...enactedTimeline, correction(early, '2003-03-28', 'nowhere')]);
    expect(stray.records).toEqual(enactedPolicy.records);
    expect(stray.hash).toBe(enactedPolicy.hash);
  });

  it('replaces the whole record: a note that the correction leaves out is gone', () => {
    const ref = 'armenia-rescinded';
    const { note, ...body } = bodyOf(ref);
    const known = instants.june;
    const policy = foldPolicy([
      ...enactedTimeline,
      { type: 'PolicyRecordCorrected', ref, corrected: body, reason: 'a slip', known },
    ]);
    expect(note).toBeDefined();
    expect(recordNamed(ref, policy)).not.toHaveProperty('note');
    expect(recordNamed(ref, policy).known).toBe(recordNamed(ref).known);
  });

  it('takes a record that takes effect on another day to that day, its place in the log kept', () => {
    const ref = 'group-4-extended';
    const corrected = { ...bodyOf(ref), effectiveOn: '2003-12-02' };
    const policy = foldPolicy([
      ...enactedTimeline,
      { type: 'PolicyRecordCorrected', ref, corrected, reason: 'a slip', known: 'always' },
    ]);
    const ofThatDay = policy.records.filter(({ effectiveOn }) => effectiveOn === '2003-12-02');
    expect(refsOf({ records: ofThatDay })[0]).toBe(ref);
  });

  it('can be narrowed to a day with its corrections applied', () => {
    const policy = foldPolicy(log.slice(0, -1));
    expect(closing(policyEffectiveBy(policy, '2003-02-19'))).toMatchObject({
      closesOn: '2003-03-30',
    });
    expect(policyEffectiveBy(policy, '2003-02-18').log.filter(isClerical)).toEqual([]);
    expect(policyEffectiveBy(policy, '2020-01-01')).toBe(policy);
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
