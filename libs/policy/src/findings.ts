import { callInFindings } from './call-in-findings.js';
import { dutyFindings } from './duty-findings.js';
import type { Finding } from './finding.js';
import type { Policy } from './fold.js';
import { endsProgramme } from './in-force.js';
import type { PolicyRecord } from './record.js';

/**
 * What in a policy has nothing to act on, or contradicts the rest. Delisting ends all that was
 * enacted before it, so each stretch up to one is looked at by itself.
 */
export function policyFindings(policy: Policy): readonly Finding[] {
  return stretches(policy.records).flatMap((records) => [
    ...dutyFindings(records),
    ...callInFindings(records),
  ]);
}

function stretches(records: readonly PolicyRecord[]): readonly (readonly PolicyRecord[])[] {
  const cuts: PolicyRecord[][] = [[]];
  for (const record of records) {
    cuts.at(-1)?.push(record);
    if (endsProgramme(record)) cuts.push([]);
  }
  return cuts;
}

/** Findings of a policy that it did not have before. */
export function newFindings(policy: Policy, before: Policy): readonly Finding[] {
  const had = new Set(policyFindings(before).map(findingSentence));
  return policyFindings(policy).filter((finding) => !had.has(findingSentence(finding)));
}

export function findingSentence({ ref, problem }: Finding): string {
  return `"${ref}" ${problem}.`;
}
