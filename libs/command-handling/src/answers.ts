import type { EventToAppend } from '#libs/event-log';
import { POLICY_STREAM, type RecordedEvent, type Refusal } from '#libs/kernel';
import type { Attempt } from './attempt.js';
import type { Accepted, AcceptedEvent } from './outcome.js';
import { currentPolicyOf } from './current-policy.js';

export const idempotencyKeyReused: Refusal = {
  code: 'IdempotencyKeyReused',
  because: 'state',
  detail:
    'This Idempotency-Key was used for another command or another body: send the same body again, or a new key.',
};

export const recordTooLarge: Refusal = {
  code: 'RecordTooLarge',
  because: 'rule',
  detail: 'The record is larger than an event may be (60,000 bytes): shorten its longest texts.',
};

/** The first answer again, of a command whose events are in the stream. */
export function firstAnswer(
  attempt: Attempt,
  events: readonly RecordedEvent[],
  warnings: readonly string[],
): Accepted {
  const { stream, record, policy } = attempt;
  const last = events.at(-1);
  return {
    kind: 'accepted',
    isRepeated: true,
    isDryRun: false,
    stream,
    revision: last?.revision ?? -1,
    ...(last && { position: last.position }),
    events: events.map(inAnswer),
    warnings,
    record,
    policy: policy.policy,
  };
}

interface Told {
  readonly events: readonly EventToAppend[];
  /** Absent where nothing was appended. */
  readonly appended?: { readonly revision: number; readonly position: number };
  readonly warnings: readonly string[];
}

/** The answer to a command that was accepted now, or would be. */
export function newAnswer(attempt: Attempt, { events, appended, warnings }: Told): Accepted {
  const { stream, record, policy, issue } = attempt;
  const before = record.at(-1)?.revision ?? -1;
  const added = events.map((event, at): RecordedEvent => {
    const fromLast = events.length - 1 - at;
    return {
      ...event,
      stream,
      revision: before + 1 + at,
      // A place after all others, for a dry run's event that has none in the log.
      position: appended ? appended.position - fromLast : Number.MAX_SAFE_INTEGER - fromLast,
    };
  });
  const after = [...record, ...added];
  const position =
    appended?.position ?? (events.length === 0 ? record.at(-1)?.position : undefined);
  return {
    kind: 'accepted',
    isRepeated: false,
    isDryRun: issue.dryRun === true,
    stream,
    revision: before + events.length,
    ...(position !== undefined && { position }),
    events: added.map(inAnswer),
    warnings,
    record: after,
    policy: stream === POLICY_STREAM ? currentPolicyOf(after).policy : policy.policy,
  };
}

function inAnswer({ id, type, revision }: RecordedEvent): AcceptedEvent {
  return { id, type, revision };
}
