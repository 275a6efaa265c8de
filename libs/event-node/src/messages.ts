/*
 * The one file that touches the generated message classes of the client package. They are CommonJS, so
 * they are imported whole. Everything else in this room speaks the plain types below.
 */
import type {
  DeleteReq,
  ReadReq,
  TombstoneReq,
} from '@eventstore/db-client/generated/streams_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import serverFeatures from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { checkedName } from './append-messages.js';
import type { ExpectedRevision } from './commit-check.js';
import type { FilterRequest } from './event-filter.js';
import { invalidArgument, notServed } from './status.js';
import type { Direction, ReadFrom } from './storage.js';

export interface ReadRequest {
  /** Absent: the log of all streams. */
  readonly stream?: string;
  readonly from: ReadFrom;
  readonly direction: Direction;
  /** Absent: a subscription. */
  readonly count?: number;
  /** Links are answered with the events to which they lead. */
  readonly resolvesLinks: boolean;
  /** Of the log of all streams. */
  readonly filter?: FilterRequest;
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
  if (options.getUuidOption()?.hasStructured()) throw notServed('the structured form of event ids');
  const filter = options.getFilter();
  const target = {
    ...readTarget(options),
    resolvesLinks: options.getResolveLinks(),
    ...(filter && { filter: filterRequest(filter) }),
  };
  if (filter && options.hasStream())
    throw invalidArgument('Only a read of all streams is filtered.');
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

/** Where a filter names no window to search, the server takes one of this size. */
const WINDOW = 32;

function filterRequest(options: ReadReq.Options.FilterOptions): FilterRequest {
  const byStream = options.getStreamIdentifier();
  const expression = byStream ?? options.getEventType();
  if (expression === undefined) {
    throw invalidArgument('A filter looks at neither the streams nor the types of events.');
  }
  const window = options.hasMax() ? options.getMax() : WINDOW;
  return {
    by: byStream ? 'stream' : 'type',
    prefixes: expression.getPrefixList(),
    regex: expression.getRegex(),
    checkpointEvery: Math.max(1, window) * Math.max(1, options.getCheckpointintervalmultiplier()),
  };
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

/** How far a filtered subscription is. */
export function encodeCheckpoint(position: number): Uint8Array {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position)).setPreparePosition(String(position));
  return new streams.ReadResp().setCheckpoint(checkpoint).serializeBinary();
}

export function encodeStreamNotFound(stream: string): Uint8Array {
  const notFound = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier(stream));
  return new streams.ReadResp().setStreamNotFound(notFound).serializeBinary();
}

export interface DeletionRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
}

export function decodeDeletion(bytes: Uint8Array): DeletionRequest {
  return deletionRequest(parsed(() => streams.DeleteReq.deserializeBinary(bytes)).getOptions());
}

export function decodeTombstone(bytes: Uint8Array): DeletionRequest {
  return deletionRequest(parsed(() => streams.TombstoneReq.deserializeBinary(bytes)).getOptions());
}

/** Both requests name the stream and what is expected of it in the same way. */
function deletionRequest(
  options: DeleteReq.Options | TombstoneReq.Options | undefined,
): DeletionRequest {
  if (options === undefined) throw invalidArgument('A deletion without options.');
  const stream = streamName(options.getStreamIdentifier());
  if (options.hasRevision()) return { stream, expected: safeNumber(options.getRevision()) };
  if (options.hasAny()) return { stream, expected: 'any' };
  if (options.hasStreamExists()) return { stream, expected: 'stream-exists' };
  if (options.hasNoStream()) return { stream, expected: 'no-stream' };
  throw invalidArgument('A deletion does not say which revision it expects.');
}

export function encodeDeleted(position: number): Uint8Array {
  const at = new streams.DeleteResp.Position();
  at.setCommitPosition(String(position)).setPreparePosition(String(position));
  return new streams.DeleteResp().setPosition(at).serializeBinary();
}

export function encodeTombstoned(position: number): Uint8Array {
  const at = new streams.TombstoneResp.Position();
  at.setCommitPosition(String(position)).setPreparePosition(String(position));
  return new streams.TombstoneResp().setPosition(at).serializeBinary();
}

/** The node as the one member of its cluster. */
export interface Member {
  readonly instanceId: string;
  readonly host: string;
  readonly port: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export function encodeGossip({ instanceId, host, port, now }: Member): Uint8Array {
  const endPoint = new gossip.EndPoint().setAddress(host).setPort(port);
  const member = new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString(instanceId))
    .setTimeStamp(String(BigInt(now) * 10_000n))
    .setState(gossip.MemberInfo.VNodeState.LEADER)
    .setIsAlive(true)
    .setHttpEndPoint(endPoint);
  return new gossip.ClusterInfo().setMembersList([member]).serializeBinary();
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
