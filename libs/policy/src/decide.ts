import type { CivilDay, Decision } from '#libs/kernel';
import { type PolicyCommand, policyEventOf } from './commands.js';
import { correctRecord, rescindRecord } from './decide-clerical.js';
import type { LawEvent, PolicyEvent } from './events.js';
import { findingSentence, newFindings } from './findings.js';
import { foldPolicy, type Policy } from './fold.js';
import { logEntryOf } from './record.js';
import { malformed, refTaken, senseless } from './refusals.js';
import { policyEventTable } from './table.js';
import { dayWarnings } from './warnings.js';

export interface PolicyDecisionFacts {
  /** The registry's day. It bounds nothing: law is published before it takes effect. */
  readonly today: CivilDay;
}

/**
 * What a policy command comes to: its one event, or why not. Refused is what is no law at all (a
 * window that closes before it opens), what takes a ref or a group twice, and what has nothing to
 * act on; accepted, with a warning, what has nothing to act on in part, what leaves a recorded event
 * with nothing to act on, and retroactive law. A correction or rescission is weighed against all
 * that is recorded: it is refused where a recorded event would be left with nothing to act on.
 */
export function decidePolicy(
  command: PolicyCommand,
  policy: Policy,
  facts: PolicyDecisionFacts,
): Decision<PolicyEvent> {
  const event = policyEventOf(command);
  const issues = policyEventTable[event.type].check(event.data);
  const [first] = issues;
  if (first) return { refusal: malformed(first, issues) };
  if (event.type === 'PolicyRecordCorrected') return correctRecord(event, policy, facts);
  if (event.type === 'PolicyRecordRescinded') return rescindRecord(event, policy, facts);
  return enact(event, policy, facts);
}

function enact(
  event: LawEvent,
  policy: Policy,
  { today }: PolicyDecisionFacts,
): Decision<LawEvent> {
  const { ref } = event.data;
  if (policy.log.some((entry) => entry.ref === ref)) return { refusal: refTaken(ref) };
  const after = foldPolicy([...policy.log, logEntryOf(event, 'always')]);
  const found = newFindings(after, policy);
  // Events recorded before may lose their object: only what makes no sense bars this one.
  const bar = found.find(
    (finding) =>
      finding.weight === 'contradiction' || (finding.ref === ref && finding.weight === 'idle'),
  );
  if (bar) return { refusal: senseless(bar, ref) };
  const warnings = [...found.map(findingSentence), ...dayWarnings(event.data, today)];
  return { events: [event], ...(warnings.length > 0 && { warnings }) };
}
