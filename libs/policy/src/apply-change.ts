import { shape, type ShapeIssue } from '#libs/kernel';
import { type Policy, standingRecords } from './fold.js';
import { isClerical, type PolicyLogEntry, type PolicyRecord } from './record.js';
import {
  type ComposedScenario,
  ENACTED,
  type ScenarioChange,
  type ScenarioEnactment,
} from './scenario.js';
import { policyEventTable } from './table.js';
import { enactedTimeline } from './timeline.js';

/** Entries so far, in the order of the log, or what is wrong with the change. */
type Step =
  { readonly log: readonly PolicyLogEntry[] } | { readonly issues: readonly ShapeIssue[] };

/** Where a change stands, and on what. */
interface Place {
  readonly path: string;
  readonly scenario: ComposedScenario;
  /** Before all changes, those of the base too. */
  readonly recorded: Policy;
}

/** Makes one change of a scenario in the log of a policy. */
export function applyChange(
  log: readonly PolicyLogEntry[],
  change: ScenarioChange,
  place: Place,
): Step {
  if ('enact' in change) return enacted(log, change.enact, place);
  const { ref, field } = subjectOf(change);
  const target = standingRecords(log).find((record) => record.ref === ref);
  if (!target) {
    return { issues: [{ path: `${place.path}.${field}`, problem: whyUnknown(ref, place) }] };
  }
  if ('withdraw' in change) return { log: log.filter((entry) => entry.ref !== ref) };
  if ('move' in change) {
    const moved = { ...target, effectiveOn: change.effectiveOn };
    const path = `${place.path}.effectiveOn`;
    return replaced(log, { changed: moved, pathOf: () => path });
  }
  const path = `${place.path}.set`;
  const data = amendedData(target.data, change.set, path);
  if ('issues' in data) return data;
  // Whether the new data is that of the type, its table says in the next step.
  const amended = { ...target, data: data.value } as PolicyRecord;
  const pathOf = (issue: ShapeIssue) => placeInSet(change.set, issue, path);
  return replaced(log, { changed: amended, pathOf });
}

/** The event that a change is about, and the field of the change that names it. */
export function subjectOf(change: ScenarioChange): {
  readonly ref: string;
  readonly field: string;
} {
  if ('withdraw' in change) return { ref: change.withdraw, field: 'withdraw' };
  if ('move' in change) return { ref: change.move, field: 'move' };
  if ('amend' in change) return { ref: change.amend, field: 'amend' };
  return { ref: change.enact.ref, field: 'enact.ref' };
}

function whyUnknown(ref: string, { scenario, recorded: { log } }: Place): string {
  const withdrawnBy = basesOf(scenario).find(({ changes }) =>
    changes.some((change) => 'withdraw' in change && change.withdraw === ref),
  );
  if (withdrawnBy) {
    return `names "${ref}", which the base "${withdrawnBy.name}" has withdrawn already`;
  }
  if (log.some((entry) => entry.ref === ref)) {
    return `names "${ref}", which was rescinded: it was a slip, and no event of the policy`;
  }
  const published = enactedTimeline.find((record) => record.ref === ref);
  return published
    ? `names "${ref}", which is not enacted here yet (it was published on ${published.publishedOn})`
    : `names "${ref}", which is no event of the policy`;
}

/** The scenarios on which one builds, the nearest first. */
function basesOf({ base }: ComposedScenario): readonly ComposedScenario[] {
  return base === ENACTED ? [] : [base, ...basesOf(base)];
}

/**
 * Puts another form of a record in its place, where its table finds nothing wrong with it. What was
 * corrected in the record has gone into that form.
 */
function replaced(
  log: readonly PolicyLogEntry[],
  of: { readonly changed: PolicyRecord; readonly pathOf: (issue: ShapeIssue) => string },
): Step {
  const { ref } = of.changed;
  const issues = issuesOf(of.changed);
  if (issues.length > 0) {
    return {
      issues: issues.map((issue) => ({
        path: of.pathOf(issue),
        problem: `"${ref}": ${issue.path} ${issue.problem}`,
      })),
    };
  }
  const changed: PolicyRecord = { ...of.changed, known: 'always' };
  return {
    log: log.flatMap((entry) => {
      if (entry.ref !== ref) return [entry];
      return isClerical(entry) ? [] : [changed];
    }),
  };
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
  log: readonly PolicyLogEntry[],
  enactment: ScenarioEnactment,
  { path, scenario, recorded }: Place,
): Step {
  const { ref, type, effectiveOn, data } = enactment;
  if ([...log, ...recorded.log].some((entry) => entry.ref === ref)) {
    const problem = `uses the ref "${ref}" of an event of the policy: choose another`;
    return { issues: [{ path: `${path}.enact.ref`, problem }] };
  }
  const record = {
    ref,
    type,
    title: enactment.title ?? 'Enacted by a scenario',
    authority: enactment.authority ?? 'scenario',
    citation: enactment.citation ?? `scenario "${scenario.name}"`,
    publishedOn: enactment.publishedOn ?? effectiveOn,
    effectiveOn,
    verified: false,
    known: 'always',
    data,
  } as PolicyRecord;
  const issues = issuesOf(record);
  return issues.length === 0
    ? { log: [...log, record] }
    : { issues: issues.map((issue) => ({ ...issue, path: `${path}.enact.${issue.path}` })) };
}
