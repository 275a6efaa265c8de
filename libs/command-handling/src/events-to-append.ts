import { RULES_VERSION } from '#libs/assessment';
import { type EventToAppend, requestHash } from '#libs/event-log';
import {
  eventId,
  type EventMetadata,
  type EventTable,
  type Instant,
  type NewEvent,
} from '#libs/kernel';
import { policyEventTable } from '#libs/policy';
import { registrantEventTable } from '#libs/registry';
import { type Attempt, isRegistrantCommand } from './attempt.js';

/** What tells this request from another one under the same command id. */
export function requestHashOf({ command }: Attempt, key: Uint8Array | undefined): string {
  return requestHash(command.type, command.data, key);
}

/**
 * The decided events with their ids and metadata. The same request decided again gives the same ids,
 * so that appending it twice is appending it once.
 */
export function eventsToAppend(
  attempt: Attempt,
  events: readonly NewEvent[],
  { key, now }: { readonly key: Uint8Array | undefined; readonly now: Instant },
): readonly EventToAppend[] {
  const hash = requestHashOf(attempt, key);
  const shared = { ...ofRequest(attempt, hash), ...ofPolicy(attempt), recordedAt: now };
  return events.map(({ type, data }, index) => ({
    id: eventId(attempt.stream, attempt.issue.commandId, hash, index),
    type,
    data,
    metadata: { ...shared, schemaVersion: versionOf(type) },
  }));
}

function ofRequest({ issue }: Attempt, hash: string) {
  const { commandId, actor, correlationId = commandId } = issue;
  return {
    $correlationId: correlationId,
    $causationId: commandId,
    commandId,
    requestHash: hash,
    actor,
  };
}

/** Under which law and which reading of it the decision was made. */
function ofPolicy({ command, policy }: Attempt): Partial<EventMetadata> {
  if (!isRegistrantCommand(command)) return {};
  return {
    ...(policy.revision !== undefined && { policyRevision: policy.revision }),
    policyHash: policy.policy.hash,
    rulesVersion: RULES_VERSION,
  };
}

const eventTypes: EventTable = { ...registrantEventTable, ...policyEventTable };

/** The version in which events of the type are written today. */
function versionOf(type: string): number {
  const row = eventTypes[type];
  if (row === undefined) throw new Error(`No table names the event type ${type}.`);
  return row.version;
}
