import { describe, expect, it } from '@jest/globals';
import { policyLogIssues } from './log-issues.js';
import type { ClericalEntry, PolicyRecord } from './record.js';
import { enactedTimeline } from './timeline.js';

const [first, second, third] = enactedTimeline as [PolicyRecord, PolicyRecord, PolicyRecord];

function correction(ref: string, by: PolicyRecord): ClericalEntry {
  const { ref: _ref, type: _type, known: _known, ...corrected } = by;
  return { type: 'PolicyRecordCorrected', ref, corrected, reason: 'a slip', known: 'always' };
}

function rescission(ref: string): ClericalEntry {
  return { type: 'PolicyRecordRescinded', ref, reason: 'a slip', known: 'always' };
}

describe('the entries of a policy’s log', () => {
  it('are right beside each other in the enacted timeline, and with slips mended', () => {
    expect(policyLogIssues(enactedTimeline)).toEqual([]);
    expect(
      policyLogIssues([correction(first.ref, first), first, second, rescission(second.ref)]),
    ).toEqual([]);
  });

  it('use each ref once', () => {
    expect(policyLogIssues([first, second, first])).toEqual([
      { at: 2, path: 'ref', problem: `uses the ref "${first.ref}" a second time` },
    ]);
  });

  it('correct and rescind what one of them records', () => {
    expect(policyLogIssues([rescission('nowhere'), first, correction('nothing', first)])).toEqual([
      { at: 0, path: 'ref', problem: 'names "nowhere", which no entry records' },
      { at: 2, path: 'ref', problem: 'names "nothing", which no entry records' },
    ]);
  });

  it('correct a record into one of its own type', () => {
    expect(third.type).not.toBe(first.type);
    expect(policyLogIssues([third, correction(third.ref, first)])).toEqual([
      { at: 1, path: 'corrected.data.duty', problem: 'is missing' },
      { at: 1, path: 'corrected.data.terms', problem: 'is missing' },
    ]);
  });
});
