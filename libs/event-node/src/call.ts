import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { frame } from './frames.js';
import { IncomingMessages, type Receiving } from './incoming-messages.js';
import type { RequestMemory } from './request-memory.js';
import { type CallError, status, type StatusCode } from './status.js';

const HEADERS = { ':status': 200, 'content-type': 'application/grpc+proto' };

export interface CallOptions {
  /** Host and port as the client wrote them to reach the node; absent where it did not say. */
  readonly authority?: string | undefined;
  readonly memory: RequestMemory;
  /** How long a client is waited for that has begun to send, or is to take what is sent. */
  readonly patienceMs: number;
}

/** One gRPC call, on its HTTP/2 stream. */
export class Call {
  readonly #stream: ServerHttp2Stream;
  readonly #options: CallOptions;
  #trailers: OutgoingHttpHeaders = { 'grpc-status': String(status.ok) };

  constructor(stream: ServerHttp2Stream, options: CallOptions) {
    this.#stream = stream;
    this.#options = options;
    // A stream that breaks is no fault of the node; 'close' follows and ends the call.
    stream.on('error', () => undefined);
    stream.on('wantTrailers', () => {
      stream.sendTrailers(this.#trailers);
      // Node sends them in its next turn.
      setImmediate(() => {
        this.#close();
      });
    });
  }

  get authority(): string | undefined {
    return this.#options.authority;
  }

  /** Nothing more can be sent: the call was answered, cancelled, or its connection broke. */
  get isOver(): boolean {
    return this.#stream.closed || this.#stream.destroyed || this.#stream.writableEnded;
  }

  onOver(listener: () => void): void {
    this.#stream.once('close', listener);
  }

  /** Hands over the messages of the request as they arrive; see `IncomingMessages`. */
  receive(receiving: Receiving, onMessage: (message: Buffer) => void): Promise<void> {
    const { memory, patienceMs } = this.#options;
    const incoming = new IncomingMessages(this.#stream, { ...receiving, memory, patienceMs });
    return incoming.handOver(onMessage);
  }

  /** Lets the client wait before it sends more of its request. */
  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    if (!this.#stream.destroyed && this.#stream.isPaused()) this.#stream.resume();
  }

  /** Sends framed messages, and resolves when there is room for more. */
  async send(frames: Buffer): Promise<void> {
    if (this.isOver) return;
    this.#begin();
    if (this.#stream.write(frames)) return;
    await new Promise<void>((resolve) => {
      const ready = (): void => {
        this.#stream.off('drain', ready);
        this.#stream.off('close', ready);
        resolve();
      };
      this.#stream.on('drain', ready);
      this.#stream.on('close', ready);
    });
  }

  /** Likewise; a client that does not take them in time is let go, as they hold memory. */
  async sendInTime(frames: Buffer): Promise<void> {
    const late = this.#resetLater();
    await this.send(frames);
    clearTimeout(late);
  }

  /** Sends framed messages, and resolves when their bytes are no longer needed. */
  sendWhole(frames: Buffer): Promise<void> {
    if (this.isOver) return Promise.resolve();
    this.#begin();
    return new Promise((resolve) => {
      this.#stream.write(frames, () => {
        resolve();
      });
    });
  }

  /** Ends the call well, with a last message where one is given, which the client is to take in time. */
  end(message?: Uint8Array): void {
    if (this.isOver) return;
    this.#begin();
    this.#stream.resume();
    if (message === undefined) {
      this.#stream.end();
      return;
    }
    const late = this.#resetLater();
    this.onOver(() => {
      clearTimeout(late);
    });
    this.#stream.end(frame(message));
  }

  /** Drops what was not sent yet. */
  reset(): void {
    this.#stream.close(constants.NGHTTP2_CANCEL);
    // Otherwise it would wait for what the client has sent to be read.
    this.#stream.destroy();
  }

  fail(error: CallError): void {
    if (this.isOver) return;
    // What still arrives is dropped; unread, it would keep the stream open.
    this.#stream.resume();
    const trailers = {
      'grpc-status': String(error.code satisfies StatusCode),
      'grpc-message': percentEncoded(error.message),
      ...error.trailers,
    };
    if (this.#stream.headersSent) {
      this.#trailers = trailers;
      this.#stream.end();
    } else {
      this.#stream.respond({ ...HEADERS, ...trailers }, { endStream: true });
      this.#close();
    }
  }

  /** Answers a request that is not gRPC, by its HTTP status alone. */
  refuse(httpStatus: number): void {
    if (this.isOver) return;
    this.#stream.resume();
    this.#stream.respond({ ':status': httpStatus }, { endStream: true });
    this.#close();
  }

  /** After the answer, so that a client which never ends its request holds nothing. */
  #close(): void {
    if (!this.#stream.closed) this.#stream.close(constants.NGHTTP2_NO_ERROR);
  }

  #resetLater(): NodeJS.Timeout {
    return setTimeout(() => {
      this.reset();
    }, this.#options.patienceMs);
  }

  #begin(): void {
    if (!this.#stream.headersSent) this.#stream.respond(HEADERS, { waitForTrailers: true });
  }
}

/** The form that gRPC prescribes for its message header: printable ASCII, all else as %XX of its UTF-8. */
function percentEncoded(text: string): string {
  return Array.from(Buffer.from(text), (byte) =>
    byte >= 0x20 && byte <= 0x7e && byte !== 0x25
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}
