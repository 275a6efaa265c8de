import { randomUUID } from 'node:crypto';
import { AppendService } from './append-call.js';
import { serveBatchAppend } from './batch-append-call.js';
import type { Call } from './call.js';
import { serveDeletion } from './delete-call.js';
import { FolderInUse, lockFolder, type FolderLock } from './folder-lock.js';
import { Journal } from './journal.js';
import { openLogStorage, type Written } from './log-storage.js';
import { encodeGossip, encodeSupportedMethods, type ServedMethod } from './messages.js';
import { ReadService } from './read-call.js';
import { type EndPoint, reachedAt } from './reached-at.js';
import { RequestMemory } from './request-memory.js';
import { hostForClients, openSecurity, type Security } from './security.js';
import { GrpcServer, type Handler } from './server.js';
import { CallError, status } from './status.js';
import type { EventStorage } from './storage.js';

export interface EventNodeOptions {
  /** Where the events lie; it is made where there is none. One node at a time may use it. */
  readonly folder: string;
  readonly security: Security;
  /** Loopback unless told otherwise. */
  readonly host?: string;
  /**
   * The name by which clients on other machines reach the node: its certificate holds it, and who looks for
   * members of a cluster is told it. Else that is the address by which each of them has come.
   */
  readonly advertiseHost?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Told of faults that a human should see: a failed write, a damaged event. */
  readonly onFault?: (error: Error) => void;
  /**
   * Told, besides, that events could not be written and no more are accepted. What is on disk is known
   * again only when the node is started anew: who runs it closes it.
   */
  readonly onHalt?: () => void;
  /** Told of each commit, to count it. */
  readonly onWritten?: (written: Written) => void;
  /** Streams may be deleted; otherwise such a call is refused. */
  readonly allowsDelete?: boolean;
}

/** What is open on a node, and how far its log is. */
export interface NodeFigures {
  readonly openConnections: number;
  /** Subscriptions included. */
  readonly openCalls: number;
  readonly openSubscriptions: number;
  /** 0 where there is no event. */
  readonly lastPosition: number;
}

export interface EventNode {
  readonly port: number;
  readonly address: string;
  /** For `EventStoreDBClient.connectionString`; it holds no credentials. */
  readonly connectionString: string;
  /** The file with the credential of clients on this machine; absent where nobody is asked for one. */
  readonly credentialsFile?: string;
  /** As of now. */
  figures(): NodeFigures;
  /** Ends open calls with UNAVAILABLE, waits for the appends on their way, closes the storage. */
  close(): Promise<void>;
}

/** The version whose behaviour the node follows; clients choose their calls by it. */
const PROTOCOL_VERSION = '24.2.0';
const STREAMS = 'event_store.client.streams.Streams';
const GOSSIP = 'event_store.client.gossip.Gossip';
const SERVER_FEATURES = 'event_store.client.server_features.ServerFeatures';

/** What the official client asks without credentials: which server it is that it talks to. */
const OPEN_TO_ALL: readonly string[] = [
  `/${SERVER_FEATURES}/GetSupportedMethods`,
  `/${GOSSIP}/Read`,
];

const SERVED: readonly ServedMethod[] = [
  { service: STREAMS.toLowerCase(), method: 'append', features: [] },
  { service: STREAMS.toLowerCase(), method: 'batchappend', features: ['deadline_duration'] },
  { service: STREAMS.toLowerCase(), method: 'read', features: ['position', 'events'] },
  { service: STREAMS.toLowerCase(), method: 'delete', features: [] },
  { service: STREAMS.toLowerCase(), method: 'tombstone', features: [] },
  { service: GOSSIP.toLowerCase(), method: 'read', features: [] },
  { service: SERVER_FEATURES.toLowerCase(), method: 'getsupportedmethods', features: [] },
];

/**
 * Starts an event store that speaks the EventStoreDB gRPC streams protocol. Throws `FolderInUse` where
 * another node has the folder, and the system's error where the port is taken.
 */
export async function startEventNode(options: EventNodeOptions): Promise<EventNode> {
  const { security, host = '127.0.0.1', port = 0, allowsDelete = false } = options;
  const { advertiseHost, onFault = () => undefined, onHalt = () => undefined } = options;
  const { storage, release } = await openFolder(options);
  const onWriteFault = (fault: Error): void => {
    onFault(fault);
    onHalt();
  };
  const journal = new Journal({ storage, now: () => Date.now(), onFault: onWriteFault });
  const member = { host: hostForClients(host), port };
  try {
    const { tls, authenticate, query, credentialsFile } = await openSecurity(
      security,
      advertiseHost === undefined ? [host] : [host, advertiseHost],
    );
    const admit = async (path: string, authorization: string | undefined): Promise<boolean> => {
      if (OPEN_TO_ALL.includes(path)) return false;
      await authenticate?.(authorization);
      return true;
    };
    const memory = new RequestMemory();
    const served = handlers({
      memory,
      journal,
      storage,
      allowsDelete,
      memberFor: ({ authority }) =>
        advertiseHost === undefined
          ? reachedAt(authority, member)
          : { host: advertiseHost, port: member.port },
    });
    const server = new GrpcServer({
      handlers: served,
      memory,
      onFault,
      ...(tls && { tls, admit }),
    });
    const { address, port: taken } = await server.listen(port, host);
    member.port = taken;
    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      await journal.stop('The event node is stopping.');
      await server.close();
      await release();
    };
    return {
      port: taken,
      address,
      connectionString: connectionString(member, query),
      ...(credentialsFile !== undefined && { credentialsFile }),
      figures: () => ({
        openConnections: server.openConnections,
        openCalls: server.openCalls,
        openSubscriptions: journal.listeners,
        lastPosition: journal.lastPosition,
      }),
      close: () => (closing ??= close()),
    };
  } catch (error) {
    await release();
    throw error;
  }
}

function connectionString(
  { host, port }: { readonly host: string; readonly port: number },
  query: string,
): string {
  return `esdb://${host.includes(':') ? `[${host}]` : host}:${String(port)}?${query}`;
}

/** Takes the folder for this node alone. What could not be opened is not left locked. */
async function openFolder({
  folder,
  onFault = () => undefined,
  onWritten = () => undefined,
}: EventNodeOptions): Promise<{ storage: EventStorage; release: () => Promise<void> }> {
  let lock: FolderLock | undefined;
  try {
    lock = await lockFolder(folder);
    const { release } = lock;
    const storage = await openLogStorage({ folder, onFault, onWritten });
    return {
      storage,
      release: async () => {
        await storage.close();
        await release();
      },
    };
  } catch (error) {
    await lock?.release();
    if (error instanceof FolderInUse) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The data folder ${folder} cannot be opened: ${reason}`, { cause: error });
  }
}

interface Served {
  readonly memory: RequestMemory;
  readonly journal: Journal;
  readonly storage: EventStorage;
  readonly allowsDelete: boolean;
  /** Where the caller finds the node again. */
  readonly memberFor: (call: Call) => EndPoint;
}

function handlers({
  memory,
  journal,
  storage,
  allowsDelete,
  memberFor,
}: Served): ReadonlyMap<string, Handler> {
  const now = (): number => Date.now();
  const appends = new AppendService(journal, memory);
  const reads = new ReadService({ journal, storage, now });
  const supported = encodeSupportedMethods(PROTOCOL_VERSION, SERVED);
  const instanceId = randomUUID();
  const deletion = (isForEver: boolean): Handler =>
    allowsDelete ? (call) => serveDeletion(call, journal, isForEver) : refuseDeletion;
  return new Map<string, Handler>([
    [`/${STREAMS}/Append`, (call) => appends.serve(call)],
    [`/${STREAMS}/BatchAppend`, (call) => serveBatchAppend(call, { journal, memory, now })],
    [`/${STREAMS}/Read`, (call) => reads.serve(call)],
    [`/${STREAMS}/Delete`, deletion(false)],
    [`/${STREAMS}/Tombstone`, deletion(true)],
    [`/${SERVER_FEATURES}/GetSupportedMethods`, answering(() => supported)],
    [
      `/${GOSSIP}/Read`,
      answering((call) => encodeGossip({ instanceId, ...memberFor(call), now: now() })),
    ],
  ]);
}

function answering(answer: (call: Call) => Uint8Array): Handler {
  return (call) => {
    call.end(answer(call));
    return Promise.resolve();
  };
}

function refuseDeletion(_call: Call): Promise<void> {
  return Promise.reject(
    new CallError(status.permissionDenied, 'Events are not deleted on this event node.', {
      exception: 'access-denied',
    }),
  );
}
