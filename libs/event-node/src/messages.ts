/*
 * The one file that touches the generated message classes of the client package. They are CommonJS, so
 * they are imported whole. Everything else in this room speaks the plain types below.
 */
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import serverFeatures from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { checkedName } from './append-messages.js';
import type { ExpectedRevision } from './commit-check.js';
import { invalidArgument, notServed } from './status.js';
import type { Direction } from './storage.js';

export interface ProposedEvent {
  readonly id: Buffer;
  readonly type: string;
  readonly contentType: string;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
}

/** `at` is a revision or a position, inclusive or exclusive as the protocol has it for that read. */
export type ReadFrom = 'start' | 'end' | { readonly at: number };

export interface ReadRequest {
  /** Absent: the log of all streams. */
  readonly stream?: string;
  readonly from: ReadFrom;
  readonly direction: Direction;
  /** Absent: a subscription. */
  readonly count?: number;
}

const STREAM_FROM = streams.ReadReq.Options.StreamOptions.RevisionOptionCase;
const ALL_FROM = streams.ReadReq.Options.AllOptions.AllOptionCase;

/** `last` is the last event of the append; absent when a stream that is not there was appended nothing. */
export function encodeAppended(
  last: { revision: number; position?: number } | undefined,
): Uint8Array {
  const success = new streams.AppendResp.Success();
  if (last === undefined) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(String(last.revision));
  if (last?.position === undefined) success.setNoPosition(new shared.Empty());
  else {
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(last.position));
    position.setPreparePosition(String(last.position));
    success.setPosition(position);
  }
  return new streams.AppendResp().setSuccess(success).serializeBinary();
}

/** `current` is the revision of the last event; -1 where there is no stream. */
export function encodeConflict(current: number, expected: ExpectedRevision): Uint8Array {
  const conflict = new streams.AppendResp.WrongExpectedVersion();
  if (current < 0) conflict.setCurrentNoStream(new shared.Empty());
  else conflict.setCurrentRevision(String(current));
  if (expected === 'any') conflict.setExpectedAny(new shared.Empty());
  else if (expected === 'no-stream') conflict.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream-exists') conflict.setExpectedStreamExists(new shared.Empty());
  else conflict.setExpectedRevision(String(expected));
  return new streams.AppendResp().setWrongExpectedVersion(conflict).serializeBinary();
}

export function decodeRead(bytes: Uint8Array): ReadRequest {
  const options = parsed(() => streams.ReadReq.deserializeBinary(bytes)).getOptions();
  if (options === undefined) throw invalidArgument('A read without options.');
  refuseUnserved(options);
  const target = readTarget(options);
  const isBackwards =
    options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  const direction: Direction = isBackwards ? 'backwards' : 'forwards';
  if (options.hasCount()) return { ...target, direction, count: safeNumber(options.getCount()) };
  if (!options.hasSubscription()) {
    throw invalidArgument('A read says neither how many events it wants nor that it subscribes.');
  }
  if (isBackwards) throw invalidArgument('A subscription goes forwards only.');
  return { ...target, direction };
}

function refuseUnserved(options: ReadReq.Options): void {
  if (options.hasFilter()) throw notServed('a filtered read');
  if (options.getResolveLinks()) throw notServed('the resolution of links');
  if (options.getUuidOption()?.hasStructured()) throw notServed('the structured form of event ids');
}

function readTarget(options: ReadReq.Options): Pick<ReadRequest, 'stream' | 'from'> {
  const stream = options.getStream();
  if (stream !== undefined) {
    return { stream: streamName(stream.getStreamIdentifier()), from: streamFrom(stream) };
  }
  const all = options.getAll();
  if (all === undefined) throw invalidArgument('A read names neither a stream nor all of them.');
  return { from: allFrom(all) };
}

function streamFrom(stream: ReadReq.Options.StreamOptions): ReadFrom {
  switch (stream.getRevisionOptionCase()) {
    case STREAM_FROM.REVISION:
      return { at: safeNumber(stream.getRevision()) };
    case STREAM_FROM.END:
      return 'end';
    case STREAM_FROM.START:
      return 'start';
    default:
      throw invalidArgument('A read of a stream does not say from which revision.');
  }
}

function allFrom(all: ReadReq.Options.AllOptions): ReadFrom {
  switch (all.getAllOptionCase()) {
    case ALL_FROM.POSITION: {
      const commit = all.getPosition()?.getCommitPosition() ?? '0';
      return { at: safeNumber(commit) };
    }
    case ALL_FROM.END:
      return 'end';
    case ALL_FROM.START:
      return 'start';
    default:
      throw invalidArgument('A read of all streams does not say from which position.');
  }
}

export function encodeConfirmation(subscriptionId: string): Uint8Array {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(subscriptionId);
  return new streams.ReadResp().setConfirmation(confirmation).serializeBinary();
}

export function encodeCaughtUp(): Uint8Array {
  return new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()).serializeBinary();
}

export function encodeStreamNotFound(stream: string): Uint8Array {
  const notFound = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier(stream));
  return new streams.ReadResp().setStreamNotFound(notFound).serializeBinary();
}

export interface ServedMethod {
  readonly service: string;
  readonly method: string;
  readonly features: readonly string[];
}

export function encodeSupportedMethods(
  version: string,
  served: readonly ServedMethod[],
): Uint8Array {
  const answer = new serverFeatures.SupportedMethods().setEventStoreServerVersion(version);
  for (const { service, method, features } of served) {
    const entry = new serverFeatures.SupportedMethod();
    entry
      .setServiceName(service)
      .setMethodName(method)
      .setFeaturesList([...features]);
    answer.addMethods(entry);
  }
  return answer.serializeBinary();
}

function identifier(stream: string): InstanceType<typeof shared.StreamIdentifier> {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
}

function streamName(named: InstanceType<typeof shared.StreamIdentifier> | undefined): string {
  return checkedName(named?.getStreamName_asU8() ?? new Uint8Array());
}

/** The protocol's integers have 64 bits; none that the node ever gave out is beyond the safe ones. */
function safeNumber(decimal: string): number {
  return Math.min(Number(decimal), Number.MAX_SAFE_INTEGER);
}

function parsed<Message>(parse: () => Message): Message {
  try {
    return parse();
  } catch {
    throw invalidArgument('A message is not in the format of the protocol.');
  }
}
