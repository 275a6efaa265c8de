import { canonicalJson, type CivilDay, type Decision, earlierOf, type Refusal } from '#libs/kernel';
import type { ClericalEvent } from './events.js';
import { findingSentence, newFindings, policyFindings } from './findings.js';
import { foldPolicy, type Policy } from './fold.js';
import { correctionIssues } from './log-issues.js';
import { correctedBy, logEntryOf, type PolicyRecord } from './record.js';
import {
  alreadyRescinded,
  changesNothing,
  contradicted,
  malformed,
  refUnknown,
} from './refusals.js';
import { dayWarnings } from './warnings.js';

interface Facts {
  readonly today: CivilDay;
}

type Correction = Extract<ClericalEvent, { readonly type: 'PolicyRecordCorrected' }>;
type Rescission = Extract<ClericalEvent, { readonly type: 'PolicyRecordRescinded' }>;

/** A correction is checked like the record that it corrects, as if that were recorded only now. */
export function correctRecord(
  event: Correction,
  policy: Policy,
  facts: Facts,
): Decision<ClericalEvent> {
  const { ref, corrected } = event.data;
  const record = standingRecord(policy, ref);
  if ('refusal' in record) return record;
  const issues = correctionIssues(record, event.data);
  const [first] = issues;
  if (first) return { refusal: malformed(first, issues) };
  const reading = correctedBy(record, event.data);
  if (canonicalJson(reading) === canonicalJson(record)) return { refusal: changesNothing(ref) };
  const since = earlierOf(record.effectiveOn, reading.effectiveOn);
  return weighed(event, policy, {
    since,
    warnings: dayWarnings(corrected, facts.today),
    ...facts,
  });
}

/** A rescission takes the record away as if it had never been recorded; its ref stays taken. */
export function rescindRecord(
  event: Rescission,
  policy: Policy,
  facts: Facts,
): Decision<ClericalEvent> {
  const record = standingRecord(policy, event.data.ref);
  if ('refusal' in record) return record;
  return weighed(event, policy, { since: record.effectiveOn, warnings: [], ...facts });
}

function standingRecord(policy: Policy, ref: string): PolicyRecord | { readonly refusal: Refusal } {
  const record = policy.records.find((standing) => standing.ref === ref);
  if (record) return record;
  const isRescinded = policy.log.some((entry) => entry.ref === ref);
  return { refusal: isRescinded ? alreadyRescinded(ref) : refUnknown(ref) };
}

interface Weighing extends Facts {
  /** From which day on the law would read otherwise. */
  readonly since: CivilDay;
  /** What is to be said of the days of the corrected record. */
  readonly warnings: readonly string[];
}

/** Refused with the first record, in the order in which they take effect, that it would contradict. */
function weighed(
  event: ClericalEvent,
  policy: Policy,
  { since, warnings, today }: Weighing,
): Decision<ClericalEvent> {
  const { ref } = event.data;
  const after = foldPolicy([...policy.log, logEntryOf(event, 'always')]);
  const found = newFindings(after, policy);
  const wasIdle = new Set(idleRefs(policy));
  const bars = found.filter(
    (finding) =>
      finding.weight === 'contradiction' ||
      (finding.weight === 'idle' && !wasIdle.has(finding.ref)),
  );
  for (const record of after.records) {
    const bar = bars.find((finding) => finding.ref === record.ref);
    if (bar) return { refusal: contradicted(bar, { record, ref }) };
  }
  const isRetroactive = after.hash !== policy.hash && since <= today;
  const all = [
    ...found.map(findingSentence),
    ...warnings,
    ...(isRetroactive ? [retroactive(ref, since)] : []),
  ];
  return { events: [event], ...(all.length > 0 && { warnings: all }) };
}

/** Records that do nothing already, which nothing can leave with less. */
function idleRefs(policy: Policy): readonly string[] {
  return policyFindings(policy).flatMap(({ ref, weight }) => (weight === 'idle' ? [ref] : []));
}

function retroactive(ref: string, since: CivilDay): string {
  return (
    `It changes what has held since ${since} under "${ref}": obligations are judged anew by it, ` +
    'while what was known before can still be asked for (knownAt).'
  );
}
