import { shape, type ShapeIssue } from '#libs/kernel';
import type { Finding } from './finding.js';
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
  const issues = refsUsedTwice(scenario.changes);
  let records = recordsInLogOrder;
  scenario.changes.forEach((change, at) => {
    const step = applyChange(records, change, { path: `changes[${at}]`, name: scenario.name });
    if ('issues' in step) issues.push(...step.issues);
    else records = step.records;
  });
  if (issues.length > 0) return { issues };
  return outcomeOf(scenario, foldPolicy(recordsInLogOrder), foldPolicy(records));
}

/** What only the policy as a whole can say of the scenario. */
function outcomeOf(scenario: Scenario, before: Policy, policy: Policy): ScenarioOutcome {
  const findings = newFindings(policy, before);
  const contradictions = findings.filter(({ weight }) => weight === 'contradiction');
  if (contradictions.length > 0) {
    return {
      issues: contradictions.map((finding) => ({
        path: placeOf(scenario.changes, finding),
        problem: `makes a policy that contradicts itself: ${findingSentence(finding)}`,
      })),
    };
  }
  const warnings = findings.map(findingSentence);
  if (policy.hash !== before.hash) return { policy, warnings };
  return { policy, warnings: [...warnings, 'The scenario changes nothing of the policy.'] };
}

/** The event that a change is about, and the field of the change that names it. */
function subjectOf(change: ScenarioChange): { readonly ref: string; readonly field: string } {
  if ('withdraw' in change) return { ref: change.withdraw, field: 'withdraw' };
  if ('move' in change) return { ref: change.move, field: 'move' };
  if ('amend' in change) return { ref: change.amend, field: 'amend' };
  return { ref: change.enact.ref, field: 'enact.ref' };
}

/** So that what a scenario says does not hang on the order of its changes. */
function refsUsedTwice(changes: readonly ScenarioChange[]): ShapeIssue[] {
  const subjects = changes.map(subjectOf);
  const firstUse = new Map(subjects.map(({ ref }, at) => [ref, at] as const).reverse());
  return subjects.flatMap(({ ref, field }, at) => {
    const first = firstUse.get(ref);
    if (first === undefined || first === at) return [];
    const problem = `uses the ref "${ref}" a second time, after changes[${first}]`;
    return [{ path: `changes[${at}].${field}`, problem }];
  });
}

/** The change to which a contradiction belongs: the last that names one of its events. */
function placeOf(changes: readonly ScenarioChange[], { ref, otherRef }: Finding): string {
  const refs = changes.map((change) => subjectOf(change).ref);
  const at = refs.findLastIndex((named) => named === ref || named === otherRef);
  return at < 0 ? 'changes' : `changes[${at}]`;
}

interface Place {
  readonly path: string;
  /** Of the scenario. */
  readonly name: string;
}

function applyChange(records: readonly PolicyRecord[], change: ScenarioChange, place: Place): Step {
  if ('enact' in change) return enacted(records, change.enact, place);
  const { ref, field } = subjectOf(change);
  const target = records.find((record) => record.ref === ref);
  if (!target) return unknownRef(ref, `${place.path}.${field}`);
  if ('withdraw' in change) return { records: records.filter((record) => record !== target) };
  if ('move' in change) {
    const moved = { ...target, effectiveOn: change.effectiveOn };
    const path = `${place.path}.effectiveOn`;
    return replaced(records, { target, changed: moved, pathOf: () => path });
  }
  const path = `${place.path}.set`;
  const data = amendedData(target.data, change.set, path);
  if ('issues' in data) return data;
  // Whether the new data is that of the type, its table says in the next step.
  const amended = { ...target, data: data.value } as PolicyRecord;
  const pathOf = (issue: ShapeIssue) => placeInSet(change.set, issue, path);
  return replaced(records, { target, changed: amended, pathOf });
}

function unknownRef(wanted: string, path: string): Step {
  const published = enactedTimeline.find(({ ref }) => ref === wanted);
  const problem = published
    ? `names "${wanted}", which is not enacted here yet (it was published on ${published.publishedOn})`
    : `names "${wanted}", which is no event of the policy`;
  return { issues: [{ path, problem }] };
}

/** Puts another form of one record in its place, where its table finds nothing wrong with it. */
function replaced(
  records: readonly PolicyRecord[],
  of: {
    readonly target: PolicyRecord;
    readonly changed: PolicyRecord;
    readonly pathOf: (issue: ShapeIssue) => string;
  },
): Step {
  const issues = issuesOf(of.changed);
  if (issues.length > 0) {
    return {
      issues: issues.map((issue) => ({
        path: of.pathOf(issue),
        problem: `"${of.target.ref}": ${issue.path} ${issue.problem}`,
      })),
    };
  }
  const changed: PolicyRecord = { ...of.changed, known: 'always' };
  return { records: records.map((record) => (record === of.target ? changed : record)) };
}

function issuesOf({ type, known: _known, ...event }: PolicyRecord): readonly ShapeIssue[] {
  return policyEventTable[type].check(event);
}

/** The path of the set that brought the issue in, where one did by itself. */
function placeInSet(
  set: Readonly<Record<string, unknown>>,
  issue: ShapeIssue,
  path: string,
): string {
  const at = Object.keys(set).find((key) => leadsTo(`data.${key}`, issue.path));
  return at === undefined ? path : `${path}.${at}`;
}

function leadsTo(path: string, within: string): boolean {
  return path === within || within.startsWith(`${path}.`) || within.startsWith(`${path}[`);
}

function amendedData(
  data: unknown,
  set: Readonly<Record<string, unknown>>,
  path: string,
): { readonly value: unknown } | { readonly issues: readonly ShapeIssue[] } {
  let value = data;
  const keys = Object.keys(set);
  for (const [at, to] of Object.entries(set)) {
    const problem = (text: string) => ({ issues: [{ path: `${path}.${at}`, problem: text }] });
    if (unamendable.includes(at)) return problem('cannot be amended: only fields of data can');
    if (keys.some((key) => key !== at && leadsTo(key, at))) {
      return problem('lies within another path of the same set');
    }
    const next = withValueAt(value, at.split('.'), to);
    if (next === undefined) return problem("leads to no field of the event's data");
    value = next;
  }
  return { value };
}

const unamendable: readonly string[] = ['ref', 'type', 'effectiveOn'];

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
    const problem = `uses the ref "${ref}" of an event of the policy: choose another`;
    return { issues: [{ path: `${path}.enact.ref`, problem }] };
  }
  const record = {
    ref,
    type,
    title: enactment.title ?? 'Enacted by a scenario',
    authority: enactment.authority ?? 'scenario',
    citation: enactment.citation ?? `scenario "${name}"`,
    publishedOn: enactment.publishedOn ?? effectiveOn,
    effectiveOn,
    verified: false,
    known: 'always',
    data,
  } as PolicyRecord;
  const issues = issuesOf(record);
  return issues.length === 0
    ? { records: [...records, record] }
    : { issues: issues.map((issue) => ({ ...issue, path: `${path}.enact.${issue.path}` })) };
}
