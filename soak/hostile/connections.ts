import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect as connectHttp2,
} from 'node:http2';
import { connect, type Socket } from 'node:net';
import type { NodeProcess } from '../../bench/node-process.js';
import { EMPTY } from './messages.js';

const PATH = '/event_store.client.streams.Streams/';

export function session(node: NodeProcess): ClientHttp2Session {
  const opened = connectHttp2(`http://127.0.0.1:${String(node.port)}`);
  return opened.on('error', () => undefined);
}

/** Over TLS, to whoever answers. */
export function closedSession(node: NodeProcess): ClientHttp2Session {
  const url = `https://localhost:${String(node.port)}`;
  const opened = connectHttp2(url, { rejectUnauthorized: false });
  return opened.on('error', () => undefined);
}

/** Of what comes, nothing is read until it is asked for. */
export function call(
  opened: ClientHttp2Session,
  method: string,
  headers: Readonly<Record<string, string>> = {},
): ClientHttp2Stream {
  const stream = opened.request({
    ':method': 'POST',
    ':path': PATH + method,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  });
  stream.on('error', () => undefined);
  return stream;
}

/** So long an attacker waits for a node that takes no more. */
const PATIENCE_MS = 2_000;

/** Writes pieces as fast as they are taken, until there are no more, or the node takes no more of them. */
export async function pushed(
  stream: ClientHttp2Stream | Socket,
  pieces: Iterable<Buffer>,
): Promise<void> {
  for (const piece of pieces) {
    if (stream.destroyed) return;
    if (!stream.write(piece) && !(await taken(stream))) return;
  }
}

function taken(stream: ClientHttp2Stream | Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const over = (): void => {
      settle(false);
    };
    const drained = (): void => {
      settle(true);
    };
    const patience = setTimeout(over, PATIENCE_MS);
    const settle = (isTaken: boolean): void => {
      clearTimeout(patience);
      stream.off('drain', drained).off('close', over);
      resolve(isTaken);
    };
    stream.once('drain', drained).once('close', over);
  });
}

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const SETTINGS = 4;

/** A frame of HTTP/2. */
export function h2Frame(type: number, { flags = 0, stream = 0, payload = EMPTY } = {}): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** A socket that has said the beginning of HTTP/2, and reads nothing. */
export function rawConnection(node: NodeProcess): Socket {
  const socket = connect(node.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(Buffer.concat([PREFACE, h2Frame(SETTINGS)]));
  return socket;
}

/** The headers of a call, without compression. */
export function h2Headers(method: string): Buffer {
  const text = (value: string): Buffer => Buffer.from([value.length, ...Buffer.from(value)]);
  const [post, http, path, contentType, other] = [0x83, 0x86, [0x04], [0x0f, 0x10], [0x00]];
  return Buffer.concat([
    Buffer.from([post, http, ...path]),
    text(PATH + method),
    Buffer.from(contentType),
    text('application/grpc'),
    Buffer.from(other),
    text('te'),
    text('trailers'),
  ]);
}
