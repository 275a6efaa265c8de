import type { ShapeIssue } from '#libs/kernel';
import {
  type ClericalEntry,
  isClerical,
  type PolicyLogEntry,
  type PolicyRecord,
} from './record.js';
import { policyEventTable } from './table.js';

/** What is wrong with one entry of a policy's log, read beside the others. */
export interface PolicyLogIssue extends ShapeIssue {
  /** Of the entry in the log, from 0. */
  readonly at: number;
}

/**
 * What entries, each right by itself, get wrong together: a ref that is taken, a correction or
 * rescission of what no entry records, a correction that is not of its record's type.
 */
export function policyLogIssues(log: readonly PolicyLogEntry[]): readonly PolicyLogIssue[] {
  const records = new Map<string, PolicyRecord>();
  const issues: PolicyLogIssue[] = [];
  for (const [at, entry] of log.entries()) {
    if (isClerical(entry)) continue;
    if (records.has(entry.ref)) {
      issues.push({ at, path: 'ref', problem: `uses the ref "${entry.ref}" a second time` });
    } else records.set(entry.ref, entry);
  }
  for (const [at, entry] of log.entries()) {
    if (isClerical(entry)) {
      issues.push(...clericalIssues(entry, records).map((issue) => ({ at, ...issue })));
    }
  }
  return issues.toSorted((a, b) => a.at - b.at);
}

function clericalIssues(
  entry: ClericalEntry,
  records: ReadonlyMap<string, PolicyRecord>,
): readonly ShapeIssue[] {
  const record = records.get(entry.ref);
  if (!record) return [{ path: 'ref', problem: `names "${entry.ref}", which no entry records` }];
  return entry.type === 'PolicyRecordRescinded' ? [] : correctionIssues(record, entry);
}

/** What is wrong with a correction, read as an event of the type of the record that it corrects. */
export function correctionIssues(
  { ref, type }: PolicyRecord,
  { corrected }: Pick<ClericalEntry<'PolicyRecordCorrected'>, 'corrected'>,
): readonly ShapeIssue[] {
  return policyEventTable[type]
    .check({ ref, ...corrected })
    .map(({ path, problem }) => ({ path: `corrected.${path}`, problem }));
}
