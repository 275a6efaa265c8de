import type { CivilDay, Decision, Refusal, ShapeIssue } from '#libs/kernel';
import { type PolicyCommand, policyEventOf } from './commands.js';
import { CLOSES_BEFORE_IT_OPENS } from './data-shapes.js';
import type { PolicyEvent, PolicyEventData } from './events.js';
import type { Finding, FindingCode } from './finding.js';
import { findingSentence, newFindings } from './findings.js';
import { foldPolicy } from './fold.js';
import { recordOf } from './record.js';
import type { PolicyState } from './state.js';
import { policyEventTable } from './table.js';

export interface PolicyDecisionFacts {
  /** The registry's day. It bounds nothing: law is published before it takes effect. */
  readonly today: CivilDay;
}

/**
 * What a policy command comes to: its one event, or why not. Refused is what is no law at all (a
 * window that closes before it opens), what takes a ref or a group twice, and what has nothing to
 * act on; accepted, with a warning, what has nothing to act on in part, what leaves a recorded event
 * with nothing to act on, and retroactive law.
 */
export function decidePolicy(
  command: PolicyCommand,
  state: PolicyState,
  facts: PolicyDecisionFacts,
): Decision<PolicyEvent> {
  const event = policyEventOf(command);
  const issues = policyEventTable[event.type].check(event.data);
  const [first] = issues;
  if (first) return { refusal: malformed(first, issues) };
  const { ref } = event.data;
  if (state.records.some((record) => record.ref === ref)) return { refusal: refTaken(ref) };
  const found = newFindings(
    foldPolicy([...state.records, recordOf(event, 'always')]),
    foldPolicy(state.records),
  );
  const bar = found.find((finding) => bars(finding, ref));
  if (bar) return { refusal: senseless(bar, ref) };
  const warnings = [...found.map(findingSentence), ...dayWarnings(event.data, facts.today)];
  return { events: [event], ...(warnings.length > 0 && { warnings }) };
}

function malformed(first: ShapeIssue, issues: readonly ShapeIssue[]): Refusal {
  const closesEarly = issues.some(({ problem }) => problem === CLOSES_BEFORE_IT_OPENS);
  return {
    code: closesEarly ? 'WindowClosesBeforeItOpens' : 'PolicyDataNotValid',
    because: 'rule',
    detail: issues.map(({ path, problem }) => `${path || 'The body'} ${problem}.`).join(' '),
    field: first.path,
  };
}

function refTaken(ref: string): Refusal {
  return {
    code: 'PolicyRefTaken',
    because: 'state',
    detail: `An event of the policy has the ref "${ref}" already: choose another.`,
    field: 'ref',
  };
}

/** Whether the finding stands in the way of the event with that ref; others can lose their object. */
function bars(finding: Finding, ref: string): boolean {
  return finding.weight === 'contradiction' || (finding.ref === ref && finding.weight === 'idle');
}

const remedies: Readonly<Record<FindingCode, string>> = {
  CallInGroupAlreadyAnnounced: 'Use another number, or extend or reopen the group.',
  CallInGroupAlreadyClosed: 'Reopen it instead (ReopenCallIn).',
  CallInGroupNotAnnounced: 'Announce it first (AnnounceCallIn).',
  CallInGroupStillOpen: 'Extend it instead (ExtendCallIn).',
  CountryNotCalledIn: 'Name countries of the group.',
  DutyNotEnacted: 'Enact it first (EnactDuty).',
  DutyNotInForce: 'Enact it first (EnactDuty), or name duties that are in force.',
  DutyNotSuspended: 'Name duties that are suspended.',
  ExtensionClosesNoLater: 'Name a later closing day.',
  WindowClosesBeforeItOpens: 'Name a later closing day.',
};

function senseless({ ref: about, code, problem }: Finding, ref: string): Refusal {
  const subject = about === ref ? 'It' : `With it, "${about}"`;
  return {
    code,
    because: 'state',
    detail: `${subject} ${problem}. ${remedies[code]}`,
  };
}

function dayWarnings(
  { effectiveOn, publishedOn }: PolicyEventData,
  today: CivilDay,
): readonly string[] {
  const warnings: string[] = [];
  if (effectiveOn < publishedOn) {
    warnings.push(`It takes effect on ${effectiveOn}, before its publication on ${publishedOn}.`);
  }
  if (effectiveOn > today) {
    warnings.push(`It takes effect on ${effectiveOn}; the registry's day is ${today}.`);
  }
  return warnings;
}
