import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect as connectHttp2,
} from 'node:http2';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import esdb from '@eventstore/db-client';
import { privateMemory } from '../bench/measure.js';
import { type NodeProcess, startNode } from '../bench/node-process.js';
import { seeded } from './random.js';
import type { Campaign } from './campaign.js';

const STREAMS = '/event_store.client.streams.Streams/';
const METHODS = ['Append', 'BatchAppend', 'Read', 'Delete', 'Tombstone', 'Nothing'];
const GOOD_EVERY = 50;
const GROWTH_MB_MAX = 60;
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

type Random = () => number;

/** One hostile request; it ends when the node has ended it, or when it has done its harm. */
type Attack = (node: NodeProcess, random: Random) => Promise<void>;

const attacks: Readonly<Record<string, Attack>> = {
  'random bytes as a message': (node, random) => called(node, random, framed(noise(random, 300))),
  'a frame cut off': (node, random) =>
    called(node, random, framed(noise(random, 50)).subarray(0, 20)),
  'a length that is not true': (node, random) =>
    called(node, random, wrongLength(noise(random, 40), random)),
  'a message said to be huge': (node, random) => called(node, random, hugeHead()),
  'a huge stream name': (node, random) => called(node, random, framed(named(random, 100_000))),
  'a truncated protobuf': (node, random) =>
    called(node, random, framed(named(random, 60).subarray(0, 30))),
  'bytes that are no HTTP/2': (node, random) => socketSent(node, noise(random, 500)),
  'frames of HTTP/2 at random': (node, random) =>
    socketSent(node, Buffer.concat([Buffer.from(PREFACE), noise(random, 400)])),
  'a flood of streams': (node, random) => floodOfStreams(node, random),
  'a flood of pings': (node) => floodOfPings(node),
  'a reader that does not read': (node) => slowReader(node),
  'a request that never ends': (node, random) => abandoned(node, random),
};

/** Malformed and hostile requests: no crash, no growth, and the next good request answered. */
export const eventNodeHostile: Campaign = {
  about:
    'malformed and hostile requests; the node must stay up, small, and answer the next good one',
  rounds: 10_000,
  run: async ({ rounds, seed, report }) => {
    const random = seeded(seed);
    const folder = mkdtempSync(join(tmpdir(), 'portbook-hostile-'));
    const node = await startNode(folder);
    const names = Object.keys(attacks);
    try {
      await good(node, 0);
      let settled: number | undefined;
      for (let round = 1; round <= rounds; round += 1) {
        const name = names[Math.floor(random() * names.length)] ?? '';
        await attacks[name]?.(node, random);
        if (node.child.exitCode !== null) throw new Error(`the node ended at: ${name}`);
        if (round % GOOD_EVERY === 0) await good(node, round);
        // Memory is compared with what it was once everything had been tried.
        if (round === Math.min(1_000, rounds >> 1)) settled = privateMemory(node.pid);
        if (round % 500 === 0) report(round, `${privateMemory(node.pid).toFixed(0)} MB`);
      }
      await good(node, rounds + 1);
      const grown = privateMemory(node.pid) - (settled ?? 0);
      if (settled !== undefined && grown > GROWTH_MB_MAX) {
        throw new Error(`private memory grew by ${grown.toFixed(0)} MB`);
      }
      return `${String(rounds)} hostile requests; private memory changed by ${grown.toFixed(0)} MB.`;
    } finally {
      await node.stop();
      rmSync(folder, { recursive: true });
    }
  },
};

/** An append and its reading, by a client of its own. */
async function good(node: NodeProcess, round: number): Promise<void> {
  const client = node.connect();
  const stream = `good-${String(round)}`;
  const event = esdb.jsonEvent({ type: 'Good', data: { round } });
  await client.appendToStream(stream, event);
  for await (const { event: read } of client.readStream(stream)) {
    if (read?.id !== event.id) throw new Error('a good request got a wrong answer');
  }
  await client.dispose();
}

function noise(random: Random, lengthMax: number): Buffer {
  const length = 1 + Math.floor(random() * lengthMax);
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function wrongLength(message: Buffer, random: Random): Buffer {
  const bytes = framed(message);
  bytes.writeUInt32BE(Math.floor(random() * 2 * message.length), 1);
  return bytes;
}

function hugeHead(): Buffer {
  return Buffer.from([0, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3]);
}

/** The options of an append to a stream with a long name. */
function named(random: Random, length: number): Buffer {
  const name = Buffer.alloc(1 + Math.floor(random() * length), 'n');
  const identifier = field(3, name);
  return field(1, Buffer.concat([field(1, identifier), field(4, Buffer.alloc(0))]));
}

function field(number: number, content: Buffer): Buffer {
  const varint: number[] = [];
  let rest = content.length;
  for (; rest > 127; rest >>>= 7) varint.push((rest & 127) | 128);
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...varint, rest]), content]);
}

function session(node: NodeProcess): ClientHttp2Session {
  const opened = connectHttp2(`http://127.0.0.1:${String(node.port)}`);
  opened.on('error', () => undefined);
  return opened;
}

function call(opened: ClientHttp2Session, method: string): ClientHttp2Stream {
  const stream = opened.request({
    ':method': 'POST',
    ':path': STREAMS + method,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.on('error', () => undefined);
  return stream;
}

async function called(node: NodeProcess, random: Random, bytes: Buffer): Promise<void> {
  const opened = session(node);
  const stream = call(opened, METHODS[Math.floor(random() * METHODS.length)] ?? '');
  stream.resume();
  const closed = once(stream, 'close');
  stream.end(bytes);
  await Promise.race([closed, after(2_000)]);
  opened.destroy();
}

async function socketSent(node: NodeProcess, bytes: Buffer): Promise<void> {
  const socket: Socket = connect(node.port, '127.0.0.1');
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  socket.resume();
  socket.end(bytes);
  await Promise.race([closed, after(200)]);
  socket.destroy();
}

async function floodOfStreams(node: NodeProcess, random: Random): Promise<void> {
  const opened = session(node);
  for (let count = 0; count < 200; count += 1) {
    const stream = call(opened, 'Append');
    stream.write(framed(named(random, 20)));
    stream.close();
  }
  await after(5);
  opened.destroy();
}

async function floodOfPings(node: NodeProcess): Promise<void> {
  const opened = session(node);
  await once(opened, 'connect');
  for (let count = 0; count < 500; count += 1) opened.ping(() => undefined);
  await after(5);
  opened.destroy();
}

/** Asks for everything, takes nothing of the answer, and goes. */
async function slowReader(node: NodeProcess): Promise<void> {
  const opened = session(node);
  const stream = call(opened, 'Read');
  const options = [0x12, 0x02, 0x12, 0x00, 0x32, 0x00, 0x42, 0x00, 0x4a, 0x02, 0x12, 0x00];
  stream.end(framed(Buffer.from([0x0a, options.length, ...options])));
  await after(5);
  opened.destroy();
}

async function abandoned(node: NodeProcess, random: Random): Promise<void> {
  const opened = session(node);
  const stream = call(opened, random() < 0.5 ? 'Append' : 'BatchAppend');
  stream.write(framed(named(random, 20)));
  await after(2);
  opened.destroy();
}
