import { shape, type ShapeIssue } from '#libs/kernel';
import { findingSentence, newFindings } from './findings.js';
import { foldPolicy, type Policy } from './fold.js';
import type { PolicyRecord } from './record.js';
import type { Scenario, ScenarioChange, ScenarioEnactment } from './scenario.js';
import { policyEventTable } from './table.js';
import { enactedTimeline } from './timeline.js';

/** The policy that a scenario makes of another, or every place in it that cannot be done. */
export type ScenarioOutcome =
  | { readonly policy: Policy; readonly warnings: readonly string[] }
  | { readonly issues: readonly ShapeIssue[] };

/** Records so far, in the order of the log, or what is wrong with the change. */
type Step =
  { readonly records: readonly PolicyRecord[] } | { readonly issues: readonly ShapeIssue[] };

/**
 * Applies a scenario to records in the order of the log. What it moves, amends or enacts counts as
 * always known. Accepted with a warning: a change that leaves another event with nothing to act on,
 * and a scenario that changes nothing.
 */
export function applyScenario(
  recordsInLogOrder: readonly PolicyRecord[],
  scenario: Scenario,
): ScenarioOutcome {
  const issues: ShapeIssue[] = [];
  let records = recordsInLogOrder;
  scenario.changes.forEach((change, at) => {
    const step = applyChange(records, change, { path: `changes[${at}]`, name: scenario.name });
    if ('issues' in step) issues.push(...step.issues);
    else records = step.records;
  });
  if (issues.length > 0) return { issues };
  const before = foldPolicy(recordsInLogOrder);
  const policy = foldPolicy(records);
  const findings = newFindings(policy, before);
  const contradictions = findings.filter(({ weight }) => weight === 'contradiction');
  if (contradictions.length > 0) {
    return {
      issues: contradictions.map((finding) => ({
        path: placeOf(scenario, finding.ref),
        problem: `makes a policy that contradicts itself: ${findingSentence(finding)}`,
      })),
    };
  }
  const warnings = findings.map(findingSentence);
  if (policy.hash !== before.hash) return { policy, warnings };
  return { policy, warnings: [...warnings, 'The scenario changes nothing of the policy.'] };
}

interface Place {
  readonly path: string;
  /** Of the scenario. */
  readonly name: string;
}

function applyChange(records: readonly PolicyRecord[], change: ScenarioChange, place: Place): Step {
  if ('enact' in change) return enacted(records, change.enact, place);
  if ('withdraw' in change) {
    const issue = unknownRef(records, change.withdraw, `${place.path}.withdraw`);
    return issue ?? { records: records.filter(({ ref }) => ref !== change.withdraw) };
  }
  if ('move' in change) {
    const issue = unknownRef(records, change.move, `${place.path}.move`);
    const move = (record: PolicyRecord): unknown => ({
      ...record,
      effectiveOn: change.effectiveOn,
    });
    return issue ?? replaced(records, change.move, { by: move, path: place.path });
  }
  const issue = unknownRef(records, change.amend, `${place.path}.amend`);
  if (issue) return issue;
  const path = `${place.path}.set`;
  const target = records.find(({ ref }) => ref === change.amend);
  const data = amendedData(target?.data, change.set, path);
  if ('issues' in data) return data;
  const amend = (record: PolicyRecord): unknown => ({ ...record, data: data.value });
  return replaced(records, change.amend, { by: amend, path });
}

function unknownRef(
  records: readonly PolicyRecord[],
  wanted: string,
  path: string,
): { readonly issues: readonly ShapeIssue[] } | undefined {
  if (records.some(({ ref }) => ref === wanted)) return undefined;
  const published = enactedTimeline.find(({ ref }) => ref === wanted);
  const problem = published
    ? `names "${wanted}", which is not enacted here yet (it was published on ${published.publishedOn})`
    : `names "${wanted}", which is no event of the policy`;
  return { issues: [{ path, problem }] };
}

/** Puts another form of one record in its place, where its table finds nothing wrong with it. */
function replaced(
  records: readonly PolicyRecord[],
  wanted: string,
  { by, path }: { readonly by: (record: PolicyRecord) => unknown; readonly path: string },
): Step {
  const issues: ShapeIssue[] = [];
  const next = records.map((record) => {
    if (record.ref !== wanted) return record;
    const changed = { ...(by(record) as PolicyRecord), known: 'always' } as PolicyRecord;
    issues.push(...issuesOf(changed, path));
    return changed;
  });
  return issues.length > 0 ? { issues } : { records: next };
}

function issuesOf(record: PolicyRecord, path: string): readonly ShapeIssue[] {
  const { type, known: _known, ...data } = record;
  return policyEventTable[type].check(data).map((issue) => ({
    path,
    problem: `"${record.ref}": ${issue.path} ${issue.problem}`,
  }));
}

function amendedData(
  data: unknown,
  set: Readonly<Record<string, unknown>>,
  path: string,
): { readonly value: unknown } | { readonly issues: readonly ShapeIssue[] } {
  let value = data;
  for (const [at, to] of Object.entries(set)) {
    const next = withValueAt(value, at.split('.'), to);
    if (next === undefined) {
      return { issues: [{ path, problem: `"${at}" leads to no field of the event's data` }] };
    }
    value = next;
  }
  return { value };
}

/** A copy with the value at the path; undefined where the path leads through what is no object. */
function withValueAt(value: unknown, path: readonly string[], to: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  if (!shape.isPlainObject(value) || key === '' || key === '__proto__') return undefined;
  const inner = withValueAt(rest.length === 0 ? null : value[key], rest, to);
  return inner === undefined ? undefined : { ...value, [key]: inner };
}

function enacted(
  records: readonly PolicyRecord[],
  enactment: ScenarioEnactment,
  { path, name }: Place,
): Step {
  const { ref, type, effectiveOn, data } = enactment;
  if (records.some((record) => record.ref === ref)) {
    return {
      issues: [{ path: `${path}.enact.ref`, problem: `uses the ref "${ref}" a second time` }],
    };
  }
  const record = {
    ref,
    type,
    title: enactment.title ?? `Enacted by the scenario "${name}"`,
    authority: enactment.authority ?? 'scenario',
    citation: enactment.citation ?? `scenario "${name}"`,
    publishedOn: enactment.publishedOn ?? effectiveOn,
    effectiveOn,
    verified: false,
    known: 'always',
    data,
  } as PolicyRecord;
  const issues = issuesOf(record, `${path}.enact`);
  return issues.length > 0 ? { issues } : { records: [...records, record] };
}

/** The change to which a contradiction belongs: the last that names the event, else the whole. */
function placeOf({ changes }: Scenario, ref: string): string {
  const at = changes.findLastIndex((change) => {
    if ('enact' in change) return change.enact.ref === ref;
    if ('move' in change) return change.move === ref;
    return 'amend' in change ? change.amend === ref : change.withdraw === ref;
  });
  return at < 0 ? 'changes' : `changes[${at}]`;
}
