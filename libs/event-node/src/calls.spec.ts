import { connect, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import esdb from '@eventstore/db-client';
import { frame } from './frames.js';
import { status } from './status.js';
import { anEvent, aStream, idsIn, useRunningNode } from './spec-node.contract.js';

const running = useRunningNode();
let session: ClientHttp2Session;

beforeAll(() => {
  session = connect(`http://${running.node.address}:${String(running.node.port)}`);
});
afterAll(() => {
  session.destroy();
});

const APPEND = '/event_store.client.streams.Streams/Append';
const READ = '/event_store.client.streams.Streams/Read';

function calling(path: string, headers: object = {}): ClientHttp2Stream {
  const head = {
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
  };
  return session.request({ ...head, ...headers });
}

/** How a call ended: its gRPC status and message, or that it was reset. */
async function ending(call: ClientHttp2Stream): Promise<{ code?: number; message?: string }> {
  const ends: Record<string, string>[] = [];
  const note = (headers: object): unknown => ends.push(headers as Record<string, string>);
  call.on('response', note);
  call.on('trailers', note);
  call.resume();
  await once(call, 'close');
  const end = ends.find((headers) => headers['grpc-status'] !== undefined);
  if (end === undefined) return {};
  const message = decodeURIComponent(end['grpc-message'] ?? '');
  return { code: Number(end['grpc-status']), message };
}

/** A field of a protocol buffer that holds bytes, text or a message. */
function field(number: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content as string);
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}

const NOTHING = '';

function targetMessage(stream: string | Buffer): Buffer {
  const identifier = field(1, field(3, stream));
  return field(1, Buffer.concat([identifier, field(4, NOTHING)]));
}

function eventMessage(overrides: { id?: string; type?: string } = {}): Buffer {
  const property = (key: string, value: string): Buffer =>
    field(2, Buffer.concat([field(1, key), field(2, value)]));
  return field(
    2,
    Buffer.concat([
      field(1, field(2, overrides.id ?? randomUUID())),
      property('type', overrides.type ?? 'PageWritten'),
      property('content-type', 'application/json'),
      field(4, '{}'),
    ]),
  );
}

/**
 * A connection written by hand: Node's client ends a request before it resets it, so that what it gave up
 * looks whole.
 */
class RawConnection {
  readonly #socket = createConnection(running.node.port, running.node.address);
  #received = Buffer.alloc(0);

  constructor() {
    this.#socket.on('data', (bytes) => (this.#received = Buffer.concat([this.#received, bytes])));
    this.#socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    this.send(4, 0, '');
  }

  /** A frame on the one stream; settings and pings are frames of the connection. */
  send(type: number, flags: number, payload: string | Buffer): void {
    const bytes = Buffer.from(payload as string);
    const head = Buffer.alloc(9);
    head.writeUIntBE(bytes.length, 0, 3);
    head.set([type, flags], 3);
    head.writeUInt32BE(type === 4 || type === 6 ? 0 : 1, 5);
    this.#socket.write(Buffer.concat([head, bytes]));
  }

  begin(path: string): void {
    const literal = (text: string): string => String.fromCharCode(text.length) + text;
    const headers = {
      ':method': 'POST',
      ':scheme': 'http',
      ':path': path,
      ':authority': 'localhost',
      'content-type': 'application/grpc',
    };
    const encoded = Object.entries(headers).map(
      ([name, value]) => `\0${literal(name)}${literal(value)}`,
    );
    this.send(1, 4, encoded.join(''));
  }

  /** Resolves when the node has taken all that was sent: it answers a ping in its turn. */
  async settled(): Promise<void> {
    this.#received = Buffer.alloc(0);
    this.send(6, 0, 'are here');
    while (!this.#received.includes('are here')) await once(this.#socket, 'data');
  }

  loseConnection(): void {
    this.#socket.destroy();
  }

  /** Closes the connection when the node has taken all that was sent. */
  async end(): Promise<void> {
    if (this.#socket.destroyed) return;
    await this.settled();
    this.#socket.destroy();
  }
}

describe('an append that breaks off', () => {
  const RESET = 3;
  const END_STREAM = 1;
  it.each<[string, (connection: RawConnection) => void]>([
    ['is cancelled', (connection) => connection.send(RESET, 0, '\0\0\0\x08')],
    ['is reset without an error', (connection) => connection.send(RESET, 0, '\0\0\0\0')],
    ['loses its connection', (connection) => connection.loseConnection()],
  ])('because it %s leaves nothing of itself', async (_, breakOff) => {
    const stream = aStream();
    const connection = new RawConnection();
    connection.begin(APPEND);
    connection.send(0, 0, Buffer.concat([targetMessage(stream), eventMessage()].map(frame)));
    await connection.settled();
    breakOff(connection);
    await connection.end();

    // A whole append behind it shows that the node is done with the broken one.
    await running.client.appendToStream(aStream(), anEvent());
    await expect(idsIn(running.client, stream)).rejects.toThrow(esdb.StreamNotFoundError);
  });

  it('would have been taken, had it not', async () => {
    const stream = aStream();
    const connection = new RawConnection();
    connection.begin(APPEND);
    connection.send(0, 0, Buffer.concat([targetMessage(stream), eventMessage()].map(frame)));
    connection.send(0, END_STREAM, '');
    await connection.end();

    await running.client.appendToStream(aStream(), anEvent());
    expect(await idsIn(running.client, stream)).toHaveLength(1);
  });

  it('because it ends in the middle of a message leaves nothing of itself', async () => {
    const stream = aStream();
    const call = calling(APPEND);
    call.write(frame(targetMessage(stream)));
    call.write(frame(eventMessage()));
    call.end(frame(eventMessage()).subarray(0, -1));

    expect(await ending(call)).toMatchObject({ code: status.cancelled });
    await expect(idsIn(running.client, stream)).rejects.toThrow(esdb.StreamNotFoundError);
  });
});

describe('an append that is wrong in itself', () => {
  const INVALID = status.invalidArgument;
  it.each<[string, Buffer[], string]>([
    ['holds no target', [], 'without target'],
    ['begins with an event', [eventMessage()], 'begins with its target'],
    ['has two targets', [targetMessage('a'), targetMessage('b')], 'one target only'],
    ['names no stream', [targetMessage('')], 'name of the stream is missing'],
    ['names its stream in other than UTF-8', [targetMessage(Buffer.from([0xff]))], 'not UTF-8'],
    ['has an id that is no UUID', [targetMessage('a'), eventMessage({ id: 'x' })], 'not a UUID'],
    ['has an event without type', [targetMessage('a'), eventMessage({ type: '' })], 'a type'],
    ['is not in the format', [Buffer.from([0xff, 0xff, 0xff])], 'format of the protocol'],
  ])('because it %s is refused', async (_, messages, finding) => {
    const call = calling(APPEND);
    call.end(Buffer.concat(messages.map(frame)));

    const { code, message } = await ending(call);
    expect(message).toContain(finding);
    expect(code).toBe(INVALID);
  });
});

describe('a call', () => {
  it.each([
    '/event_store.client.users.Users/Details',
    '/event_store.client.persistent_subscriptions.PersistentSubscriptions/Read',
    '/nowhere',
  ])('to %s is not served, and says so', async (path) => {
    const call = calling(path);
    call.end(frame(Buffer.alloc(0)));

    expect(await ending(call)).toMatchObject({
      code: status.unimplemented,
      message: `${path} is not served by this event node`,
    });
  });

  it('that is not gRPC is refused', async () => {
    const call = calling(READ, { 'content-type': 'application/json' });
    call.end('{}');
    const [headers] = (await once(call, 'response')) as [Record<string, unknown>];

    expect(headers[':status']).toBe(415);
    call.destroy();
  });

  it('to read with a message that is too long is refused', async () => {
    const call = calling(READ);
    call.end(frame(Buffer.alloc(70_000)));

    expect(await ending(call)).toMatchObject({ code: status.resourceExhausted });
  });
});

describe('a node that was not told to allow it', () => {
  it('deletes no stream', async () => {
    const stream = aStream();
    await running.client.appendToStream(stream, anEvent());

    await expect(running.client.deleteStream(stream)).rejects.toThrow(esdb.AccessDeniedError);
    await expect(running.client.tombstoneStream(stream)).rejects.toThrow(esdb.AccessDeniedError);
    expect(await idsIn(running.client, stream)).toHaveLength(1);
  });
});
