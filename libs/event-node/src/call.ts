import type { OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { frame, FrameReader, type MessageLimit } from './frames.js';
import { CallError, status, type StatusCode } from './status.js';

const HEADERS = { ':status': 200, 'content-type': 'application/grpc+proto' };

/** A request of which nothing arrives for this long is given up, so that it does not hold memory. */
const STALL_MS = 30_000;

/** One gRPC call, on its HTTP/2 stream. */
export class Call {
  readonly #stream: ServerHttp2Stream;
  #trailers: OutgoingHttpHeaders = { 'grpc-status': String(status.ok) };

  constructor(
    stream: ServerHttp2Stream,
    /** Host and port as the client wrote them to reach the node; absent where it did not say. */
    readonly authority?: string,
  ) {
    this.#stream = stream;
    // A stream that breaks is no fault of the node; 'close' follows and ends the call.
    stream.on('error', () => undefined);
    stream.on('wantTrailers', () => {
      stream.sendTrailers(this.#trailers);
    });
  }

  /** Nothing more can be sent: the call was answered, cancelled, or its connection broke. */
  get isOver(): boolean {
    return this.#stream.closed || this.#stream.destroyed || this.#stream.writableEnded;
  }

  onOver(listener: () => void): void {
    this.#stream.once('close', listener);
  }

  /**
   * Hands over the messages of the request as they arrive, and resolves after the last one. Rejects where
   * the request breaks off or stalls, or where the handler throws.
   */
  receive(
    { limit, mayIdle = false }: { readonly limit: MessageLimit; readonly mayIdle?: boolean },
    onMessage: (message: Buffer) => void,
  ): Promise<void> {
    const stream = this.#stream;
    const reader = new FrameReader(limit);
    return new Promise((resolve, reject) => {
      const settle = (error?: Error): void => {
        stream.off('data', onData).off('end', onEnd).off('close', onClose).off('timeout', onStall);
        stream.setTimeout(0);
        if (error === undefined) resolve();
        else reject(error);
      };
      const onData = (chunk: Buffer): void => {
        try {
          for (const message of reader.push(chunk)) onMessage(message);
        } catch (error) {
          settle(error as Error);
        }
      };
      const onEnd = (): void => {
        // A reset also ends the reading side; taking it for the end would commit half of an append.
        const isWhole = !stream.aborted && stream.rstCode === 0 && !reader.isUnfinished;
        settle(isWhole ? undefined : brokenOff());
      };
      const onClose = (): void => {
        settle(brokenOff());
      };
      const onStall = (): void => {
        settle(new CallError(status.deadlineExceeded, 'The rest of the request did not arrive.'));
      };
      stream.on('data', onData).once('end', onEnd).once('close', onClose);
      stream.once('timeout', onStall);
      if (!mayIdle) stream.setTimeout(STALL_MS);
    });
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

  /** Ends the call well, with a last message where one is given. */
  end(message?: Uint8Array): void {
    if (this.isOver) return;
    this.#begin();
    this.#stream.resume();
    if (message === undefined) this.#stream.end();
    else this.#stream.end(frame(message));
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
    } else this.#stream.respond({ ...HEADERS, ...trailers }, { endStream: true });
  }

  /** Answers a request that is not gRPC, by its HTTP status alone. */
  refuse(httpStatus: number): void {
    if (this.isOver) return;
    this.#stream.resume();
    this.#stream.respond({ ':status': httpStatus }, { endStream: true });
  }

  #begin(): void {
    if (!this.#stream.headersSent) this.#stream.respond(HEADERS, { waitForTrailers: true });
  }
}

function brokenOff(): CallError {
  return new CallError(status.cancelled, 'The request broke off.');
}

/** The form that gRPC prescribes for its message header: printable ASCII, all else as %XX of its UTF-8. */
function percentEncoded(text: string): string {
  return Array.from(Buffer.from(text), (byte) =>
    byte >= 0x20 && byte <= 0x7e && byte !== 0x25
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}
