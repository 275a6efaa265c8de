import {
  createSecureServer,
  createServer,
  type Http2Session,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { Call } from './call.js';
import { Connections } from './connections.js';
import { RequestMemory } from './request-memory.js';
import { CallError, notServed, status } from './status.js';
import { DamagedEvent } from './storage.js';

export type Handler = (call: Call) => Promise<void>;

/** How long clients are given to take the end of their calls when the node stops. */
const GRACE_MS = 500;

const UNSUPPORTED_MEDIA_TYPE = 415;

/** A connection that leaves a ping unanswered for this long is dead, and so is one on which nobody known has called. */
const PROBE_MS = 30_000;

/** Memory that one connection may hold in megabytes: pages of many slow subscriptions fit into it. */
const SESSION_MEMORY_MB = 64;

/** So many connections are open at a time. */
const CONNECTIONS_MAX = 1_000;
/** Calls of one connection: the client lets further ones wait until there is room. */
const STREAMS_MAX = 1_000;
/** Calls of all connections that are let in: each holds some memory of its own, and pages of a read. */
const CALLS_MAX = 2_000;
/** Calls of those who are not known: each of them is answered at once. */
const STRANGE_CALLS_MAX = 100;
/** Of the headers of one call, in bytes: credentials and a name of the connection fit into it. */
const HEADERS_BYTES_MAX = 16 * 1024;

/** How long a client is waited for that has begun to send a message, or is to take its answers. */
const PATIENCE_MS = 30_000;

/** A connection that has not agreed on its encryption after this long is given up. */
const HANDSHAKE_MS = 10_000;

export interface GrpcServerOptions {
  /** By path: `/package.Service/Method`. */
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly onFault: (error: Error) => void;
  /** Plain HTTP/2 without. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /**
   * Whether it is known who calls. Rejects a call that is not let in, before anything of its request is
   * read.
   */
  readonly admit?: (path: string, authorization: string | undefined) => Promise<boolean>;
  /** Of all requests together. */
  readonly memory?: RequestMemory;
  readonly connectionsMax?: number;
  /** Of those who are known. */
  readonly callsMax?: number;
  readonly strangeCallsMax?: number;
  readonly patienceMs?: number;
  readonly probeMs?: number;
}

/** A gRPC server on HTTP/2: it finds the handler of a call and ends calls that fail. */
export class GrpcServer {
  readonly #handlers: ReadonlyMap<string, Handler>;
  readonly #onFault: (error: Error) => void;
  readonly #admit: GrpcServerOptions['admit'];
  readonly #memory: RequestMemory;
  readonly #callsMax: number;
  readonly #strangeCallsMax: number;
  readonly #patienceMs: number;
  readonly #server: Http2Server;
  readonly #connections: Connections;
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #calls = new Set<Call>();
  readonly #strangeCalls = new Set<Call>();
  #admitted = 0;

  constructor(options: GrpcServerOptions) {
    this.#handlers = options.handlers;
    this.#onFault = options.onFault;
    this.#admit = options.admit;
    this.#memory = options.memory ?? new RequestMemory();
    this.#callsMax = options.callsMax ?? CALLS_MAX;
    this.#strangeCallsMax = options.strangeCallsMax ?? STRANGE_CALLS_MAX;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.#connections = new Connections(options.connectionsMax ?? CONNECTIONS_MAX);
    this.#server = createHttp2Server(options.tls);
    this.#server.on('connection', (socket: Socket) => {
      this.#connections.add(socket);
    });
    this.#server.on('session', (session) => {
      this.#sessions.add(session);
      session.on('error', () => undefined);
      session.on('close', () => this.#sessions.delete(session));
      const isKnown = (): boolean => this.#connections.isKnown(session.socket);
      closeWhenDead(session, { probeMs: options.probeMs ?? PROBE_MS, isKnown });
    });
    this.#server.on('sessionError', () => undefined);
    this.#server.on('stream', (stream, headers) => {
      void this.#serve(stream, asked(headers));
    });
  }

  get openConnections(): number {
    return this.#sessions.size;
  }

  get openCalls(): number {
    return this.#calls.size;
  }

  /** Resolves with the address in use; rejects where the port is taken. */
  listen(port: number, host: string): Promise<AddressInfo> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve(this.#server.address() as AddressInfo);
      });
    });
  }

  /** Takes no more calls and ends those that are open, so that their clients connect anew elsewhere. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    const stopping = new CallError(status.unavailable, 'The event node is stopping.');
    for (const call of this.#calls) call.fail(stopping);
    for (const session of this.#sessions) session.close();
    const grace = setTimeout(() => {
      for (const session of this.#sessions) session.destroy();
      // A connection that is still at its handshake has no session.
      this.#connections.destroyAll();
    }, GRACE_MS);
    await closed;
    clearTimeout(grace);
  }

  async #serve(stream: ServerHttp2Stream, { path, ...asked }: Asked): Promise<void> {
    const [memory, patienceMs] = [this.#memory, this.#patienceMs];
    const call = new Call(stream, { authority: asked.authority, memory, patienceMs });
    if (!asked.isGrpc) {
      call.refuse(UNSUPPORTED_MEDIA_TYPE);
      return;
    }
    this.#calls.add(call);
    call.onOver(() => this.#calls.delete(call));
    try {
      const isKnown = (await this.#admit?.(path, asked.authorization)) ?? true;
      if (call.isOver) return;
      if (isKnown) this.#takeIn(call, stream.session);
      else this.#takeInStranger(call);
      const handler = this.#handlers.get(path);
      if (handler === undefined) throw notServed(path);
      await handler(call);
    } catch (error) {
      call.fail(this.#asCallError(error));
    }
  }

  /** Only those that were let in are counted: strangers take no room from others. */
  #takeIn(call: Call, session: Http2Session | undefined): void {
    if (session) this.#connections.know(session.socket);
    this.#admitted += 1;
    call.onOver(() => (this.#admitted -= 1));
    if (this.#admitted > this.#callsMax) {
      throw new CallError(status.resourceExhausted, 'Too many calls are open. Try again later.');
    }
  }

  /** The oldest make room for others: whoever takes the answer has taken it long since. */
  #takeInStranger(call: Call): void {
    this.#strangeCalls.add(call);
    call.onOver(() => this.#strangeCalls.delete(call));
    if (this.#strangeCalls.size <= this.#strangeCallsMax) return;
    const [oldest] = this.#strangeCalls;
    if (oldest === undefined) return;
    this.#strangeCalls.delete(oldest);
    oldest.reset();
  }

  #asCallError(error: unknown): CallError {
    if (error instanceof CallError) return error;
    const fault = error instanceof Error ? error : new Error(String(error));
    this.#onFault(fault);
    if (fault instanceof DamagedEvent) return new CallError(status.dataLoss, fault.message);
    return new CallError(status.internal, `The event node failed: ${fault.message}`);
  }
}

/** What a call says of itself; the rest of its headers is not kept while it is open. */
interface Asked {
  readonly isGrpc: boolean;
  readonly path: string;
  readonly authority: string | undefined;
  readonly authorization: string | undefined;
}

function asked(headers: IncomingHttpHeaders): Asked {
  return {
    isGrpc: headers['content-type']?.startsWith('application/grpc') ?? false,
    path: headers[':path'] ?? 'a call without path',
    authority: headers[':authority'],
    authorization: headers.authorization,
  };
}

function createHttp2Server(tls: GrpcServerOptions['tls']): Http2Server {
  const options = {
    maxSessionMemory: SESSION_MEMORY_MB,
    settings: { maxConcurrentStreams: STREAMS_MAX, maxHeaderListSize: HEADERS_BYTES_MAX },
  };
  if (tls === undefined) return createServer(options);
  return createSecureServer({
    ...options,
    ...tls,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['h2'],
    handshakeTimeout: HANDSHAKE_MS,
  });
}

/**
 * Closes a connection whose other end is gone without a word, or which broke the protocol: after that
 * Node answers nothing on it and never closes it. And one that only takes the room of others.
 */
function closeWhenDead(
  session: ServerHttp2Session,
  { probeMs, isKnown }: { readonly probeMs: number; readonly isKnown: () => boolean },
): void {
  let isUnanswered = false;
  const probe = setInterval(() => {
    if (session.destroyed) return;
    if (isUnanswered || !isKnown()) {
      session.destroy();
      return;
    }
    isUnanswered = true;
    session.ping(() => (isUnanswered = false));
  }, probeMs);
  probe.unref();
  session.once('close', () => {
    clearInterval(probe);
  });
}
