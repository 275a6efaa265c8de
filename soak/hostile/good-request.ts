import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ClientHttp2Stream } from 'node:http2';
import type { NodeProcess } from '../../bench/node-process.js';
import { call, closedSession, session } from './connections.js';
import { appendTarget, framed, readOfLinks, tinyEvent } from './messages.js';

const ANSWER_MS_MAX = 10_000;

/**
 * Appends and reads what was appended, on a new connection. The official client would not do: it leaves
 * its connections open when it is disposed of, over TLS, and shares one of them otherwise.
 */
export async function requireAnswer(node: NodeProcess): Promise<void> {
  const { authorization } = node;
  const opened = authorization === undefined ? session(node) : closedSession(node);
  const headers = authorization === undefined ? {} : { authorization };
  const stream = `good-${randomUUID()}`;
  try {
    const append = [appendTarget(Buffer.from(stream)), tinyEvent(2, 1)];
    await answer(call(opened, 'Append', headers), append);
    const read = await answer(call(opened, 'Read', headers), [readOfLinks(stream)]);
    if (!read.includes(stream)) throw new Error('What was appended is not there.');
  } finally {
    opened.destroy();
  }
}

/** Throws where the call does not end well, and in time. */
async function answer(stream: ClientHttp2Stream, messages: readonly Buffer[]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let status: unknown;
  const look = (headers: Readonly<Record<string, unknown>>): void => {
    status = headers['grpc-status'] ?? status;
  };
  stream.on('response', look).on('trailers', look);
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  stream.end(Buffer.concat(messages.map(framed)));
  await once(stream, 'close', { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
  if (status !== '0') throw new Error(`The call ended with status ${String(status)}.`);
  return Buffer.concat(pieces);
}
