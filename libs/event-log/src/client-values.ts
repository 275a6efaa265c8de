import type {
  AllStreamRecordedEvent,
  AppendExpectedRevision,
  JSONEventData,
  JSONType,
  ReadPosition,
  ReadRevision,
  RecordedEvent,
} from '@eventstore/db-client';
import type { EncodedEvent, StoredEvent } from './codec.js';
import { EventLogUnavailable } from './errors.js';
import type { ExpectedRevision } from './port.js';

const utf8 = new TextEncoder();

/** Revisions and positions are bigints in the client, and numbers here. */
export function toNumber(value: bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new RangeError(
    `The event log answered ${String(value)}, which is beyond what is counted here.`,
  );
}

/**
 * The client serialises data again: the parsed canonical text keeps its order, so the bytes are the same.
 * Metadata it takes as bytes, which is much cheaper.
 */
export function toClientEvent(event: EncodedEvent): JSONEventData {
  const { id, type } = event;
  const data = JSON.parse(event.data) as JSONType;
  const metadata = utf8.encode(event.metadata);
  return { id, type, contentType: 'application/json', data, metadata };
}

export function toClientRevision(expected: ExpectedRevision): AppendExpectedRevision {
  if (expected === 'no-stream') return 'no_stream';
  return expected === 'any' ? 'any' : BigInt(expected);
}

export function toClientPosition(after: number | undefined): ReadPosition {
  if (after === undefined) return 'start';
  return { commit: BigInt(after), prepare: BigInt(after) };
}

export function fromEndOf(direction: 'forwards' | 'backwards'): ReadRevision {
  return direction === 'forwards' ? 'start' : 'end';
}

export function toStored(event: RecordedEvent | AllStreamRecordedEvent): StoredEvent {
  if (event.position === undefined) {
    throw new EventLogUnavailable('the server is older than 22.6 and gives no positions');
  }
  return {
    id: event.id,
    stream: event.streamId,
    type: event.type,
    revision: toNumber(event.revision),
    position: toNumber(event.position.commit),
    data: event.data,
    metadata: event.metadata,
  };
}
