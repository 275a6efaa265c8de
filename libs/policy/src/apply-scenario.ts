import type { ShapeIssue } from '#libs/kernel';
import { applyChange, subjectOf } from './apply-change.js';
import { within } from './compose-scenario.js';
import type { Finding } from './finding.js';
import { findingSentence, newFindings } from './findings.js';
import { foldPolicy, type Policy } from './fold.js';
import type { PolicyLogEntry } from './record.js';
import { type ComposedScenario, ENACTED, type ScenarioChange } from './scenario.js';

/** The policy that a scenario makes of another, or every place in it that cannot be done. */
export type ScenarioOutcome =
  | { readonly policy: Policy; readonly warnings: readonly string[] }
  | { readonly issues: readonly ShapeIssue[] };

/**
 * Applies a scenario to a policy's log, in its order: to the records as they read after all
 * corrections. The changes of its base are made first. What it moves, amends or enacts counts as
 * always known; what it leaves alone keeps its corrections, and with them its earlier forms.
 * Accepted with a warning: a change that leaves another event with nothing to act on, and a scenario
 * that changes nothing.
 */
export function applyScenario(
  log: readonly PolicyLogEntry[],
  scenario: ComposedScenario,
): ScenarioOutcome {
  const enacted = foldPolicy(log);
  const applied = appliedTo(enacted, scenario);
  if ('issues' in applied) return applied;
  const { policy, base } = applied;
  return {
    policy,
    warnings: [
      ...newFindings(policy, enacted).map(findingSentence),
      ...(policy.hash === base.hash ? [changesNothing(scenario)] : []),
    ],
  };
}

function changesNothing({ base }: ComposedScenario): string {
  return base === ENACTED
    ? 'The scenario changes nothing of the policy.'
    : `The scenario changes nothing of its base "${base.name}".`;
}

/** The policy after the scenario, and before its own changes. */
type Applied =
  { readonly policy: Policy; readonly base: Policy } | { readonly issues: readonly ShapeIssue[] };

function appliedTo(enacted: Policy, scenario: ComposedScenario): Applied {
  const under = scenario.base === ENACTED ? enacted : policyUnder(enacted, scenario.base);
  if ('issues' in under) return under;
  const issues = refsUsedTwice(scenario.changes);
  let { log } = under;
  scenario.changes.forEach((change, at) => {
    const place = { path: `changes[${at}]`, scenario, recorded: enacted };
    const step = applyChange(log, change, place);
    if ('issues' in step) issues.push(...step.issues);
    else log = step.log;
  });
  if (issues.length > 0) return { issues };
  const policy = foldPolicy(log);
  const contradictions = contradictionsIn(policy, under, scenario.changes);
  return contradictions.length > 0 ? { issues: contradictions } : { policy, base: under };
}

/** The policy of the base, which must make sense by itself. */
function policyUnder(
  enacted: Policy,
  base: ComposedScenario,
): Policy | { readonly issues: readonly ShapeIssue[] } {
  const applied = appliedTo(enacted, base);
  return 'issues' in applied ? { issues: within('base', applied.issues) } : applied.policy;
}

/** What only the policy as a whole can say of the changes. */
function contradictionsIn(
  policy: Policy,
  before: Policy,
  changes: readonly ScenarioChange[],
): readonly ShapeIssue[] {
  return newFindings(policy, before)
    .filter(({ weight }) => weight === 'contradiction')
    .map((finding) => ({
      path: placeOf(changes, finding),
      problem: `makes a policy that contradicts itself: ${findingSentence(finding)}`,
    }));
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
