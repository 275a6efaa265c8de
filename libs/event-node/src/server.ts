import {
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { Call } from './call.js';
import { CallError, notServed, status } from './status.js';
import { DamagedEvent } from './storage.js';

export type Handler = (call: Call) => Promise<void>;

/** How long clients are given to take the end of their calls when the node stops. */
const GRACE_MS = 500;

const UNSUPPORTED_MEDIA_TYPE = 415;

/** A connection that leaves a ping unanswered for this long is dead. */
const PROBE_MS = 30_000;

/** Memory that one connection may hold in megabytes: pages of many slow subscriptions fit into it. */
const SESSION_MEMORY_MB = 64;

/** A connection that has not agreed on its encryption after this long is given up. */
const HANDSHAKE_MS = 10_000;

export interface GrpcServerOptions {
  /** By path: `/package.Service/Method`. */
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly onFault: (error: Error) => void;
  /** Plain HTTP/2 without. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Rejects a call that is not let in, before anything of its request is read. */
  readonly admit?: (path: string, authorization: string | undefined) => Promise<void>;
}

/** A gRPC server on HTTP/2: it finds the handler of a call and ends calls that fail. */
export class GrpcServer {
  readonly #handlers: ReadonlyMap<string, Handler>;
  readonly #onFault: (error: Error) => void;
  readonly #admit: GrpcServerOptions['admit'];
  readonly #server: Http2Server;
  readonly #sockets = new Set<Socket>();
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #calls = new Set<Call>();

  constructor({ handlers, onFault, tls, admit }: GrpcServerOptions) {
    this.#handlers = handlers;
    this.#onFault = onFault;
    this.#admit = admit;
    this.#server = createHttp2Server(tls);
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('session', (session) => {
      this.#sessions.add(session);
      session.on('error', () => undefined);
      session.on('close', () => this.#sessions.delete(session));
      closeWhenDead(session);
    });
    this.#server.on('sessionError', () => undefined);
    this.#server.on('stream', (stream, headers) => {
      void this.#serve(stream, headers);
    });
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
      for (const socket of this.#sockets) socket.destroy();
    }, GRACE_MS);
    await closed;
    clearTimeout(grace);
  }

  async #serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> {
    const call = new Call(stream, headers[':authority']);
    if (!headers['content-type']?.startsWith('application/grpc')) {
      call.refuse(UNSUPPORTED_MEDIA_TYPE);
      return;
    }
    this.#calls.add(call);
    call.onOver(() => this.#calls.delete(call));
    try {
      const path = headers[':path'] ?? 'a call without path';
      if (this.#admit !== undefined) await this.#admit(path, headers.authorization);
      if (call.isOver) return;
      const handler = this.#handlers.get(path);
      if (handler === undefined) throw notServed(path);
      await handler(call);
    } catch (error) {
      call.fail(this.#asCallError(error));
    }
  }

  #asCallError(error: unknown): CallError {
    if (error instanceof CallError) return error;
    const fault = error instanceof Error ? error : new Error(String(error));
    this.#onFault(fault);
    if (fault instanceof DamagedEvent) return new CallError(status.dataLoss, fault.message);
    return new CallError(status.internal, `The event node failed: ${fault.message}`);
  }
}

function createHttp2Server(tls: GrpcServerOptions['tls']): Http2Server {
  const options = {
    maxSessionMemory: SESSION_MEMORY_MB,
    settings: { maxConcurrentStreams: 4096 },
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
 * Node answers nothing on it and never closes it.
 */
function closeWhenDead(session: ServerHttp2Session): void {
  let isUnanswered = false;
  const probe = setInterval(() => {
    if (session.destroyed) return;
    if (isUnanswered) {
      session.destroy();
      return;
    }
    isUnanswered = true;
    session.ping(() => (isUnanswered = false));
  }, PROBE_MS);
  probe.unref();
  session.once('close', () => {
    clearInterval(probe);
  });
}
