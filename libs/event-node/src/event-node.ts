import { AppendService } from './append-call.js';
import type { Call } from './call.js';
import { lockFolder } from './folder-lock.js';
import { Journal } from './journal.js';
import { openLmdbStorage } from './lmdb-storage.js';
import { encodeSupportedMethods, type ServedMethod } from './messages.js';
import { ReadService } from './read-call.js';
import { GrpcServer, type Handler } from './server.js';
import { CallError, status } from './status.js';

export interface EventNodeOptions {
  /** Where the events lie; it is made where there is none. One node at a time may use it. */
  readonly folder: string;
  /** Loopback unless told otherwise. The node has no authentication yet. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Told of faults that a human should see: a failed write, a damaged event. */
  readonly onFault?: (error: Error) => void;
}

export interface EventNode {
  readonly port: number;
  readonly address: string;
  /** For `EventStoreDBClient.connectionString`. */
  readonly connectionString: string;
  /** Ends open calls with UNAVAILABLE, waits for the appends on their way, closes the storage. */
  close(): Promise<void>;
}

/** The version whose behaviour the node follows; clients choose their calls by it. */
const PROTOCOL_VERSION = '24.2.0';
const STREAMS = 'event_store.client.streams.Streams';
const SERVER_FEATURES = 'event_store.client.server_features.ServerFeatures';

const SERVED: readonly ServedMethod[] = [
  { service: STREAMS.toLowerCase(), method: 'append', features: [] },
  { service: STREAMS.toLowerCase(), method: 'read', features: ['position', 'events'] },
  { service: SERVER_FEATURES.toLowerCase(), method: 'getsupportedmethods', features: [] },
];

/**
 * Starts an event store that speaks the EventStoreDB gRPC streams protocol over plain HTTP/2. Throws
 * `FolderInUse` where another node has the folder, and the system's error where the port is taken.
 */
export async function startEventNode(options: EventNodeOptions): Promise<EventNode> {
  const { folder, host = '127.0.0.1', port = 0, onFault = () => undefined } = options;
  const lock = await lockFolder(folder);
  const storage = openLmdbStorage(folder);
  const journal = new Journal({ storage, now: () => Date.now(), onFault });
  const server = new GrpcServer(
    handlers(new AppendService(journal), new ReadService(journal, storage)),
    onFault,
  );
  const release = async (): Promise<void> => {
    await storage.close();
    await lock.release();
  };
  try {
    const { address, port: taken } = await server.listen(port, host);
    const authority = `${address.includes(':') ? `[${address}]` : address}:${String(taken)}`;
    return {
      port: taken,
      address,
      connectionString: `esdb://${authority}?tls=false`,
      close: async () => {
        await journal.stop('The event node is stopping.');
        await server.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

function handlers(appends: AppendService, reads: ReadService): ReadonlyMap<string, Handler> {
  const supported = encodeSupportedMethods(PROTOCOL_VERSION, SERVED);
  return new Map<string, Handler>([
    [`/${STREAMS}/Append`, (call) => appends.serve(call)],
    [`/${STREAMS}/Read`, (call) => reads.serve(call)],
    [`/${STREAMS}/Delete`, refuseDeletion],
    [`/${STREAMS}/Tombstone`, refuseDeletion],
    [
      `/${SERVER_FEATURES}/GetSupportedMethods`,
      (call) => {
        call.end(supported);
        return Promise.resolve();
      },
    ],
  ]);
}

function refuseDeletion(_call: Call): Promise<void> {
  return Promise.reject(
    new CallError(status.permissionDenied, 'Events are not deleted on this event node.', {
      exception: 'access-denied',
    }),
  );
}
