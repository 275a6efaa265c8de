import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import type { NodeProcess } from '../../bench/node-process.js';
import { type Attack, noise, pick } from './attack.js';
import { call, session } from './connections.js';
import { appendTarget, framed, subscriptionToAll } from './messages.js';

const METHODS = ['Append', 'BatchAppend', 'Read', 'Delete', 'Tombstone', 'Nothing'] as const;
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

type Random = () => number;

/** Requests that are wrong in themselves, and small: thousands of them are made. */
export const malformed: Readonly<Record<string, Attack>> = {
  'random bytes as a message': called((random) => framed(noise(random, 300))),
  'a frame cut off': called((random) => framed(noise(random, 50)).subarray(0, 20)),
  'a length that is not true': called((random) => wrongLength(noise(random, 40), random)),
  'a message said to be huge': called(() => Buffer.from([0, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3])),
  'a huge stream name': called((random) => framed(named(random, 100_000))),
  'a truncated protobuf': called((random) => framed(named(random, 60).subarray(0, 30))),
  'bytes that are no HTTP/2': (targets, random) => socketSent(targets.open, noise(random, 500)),
  'frames of HTTP/2 at random': ({ open }, random) =>
    socketSent(open, Buffer.concat([Buffer.from(PREFACE), noise(random, 400)])),
  'a flood of streams': floodOfStreams,
  'a flood of pings': floodOfPings,
  'a reader that does not read': async ({ open }) => {
    const opened = session(open);
    call(opened, 'Read').end(framed(subscriptionToAll));
    return letGo(opened, 5);
  },
  'a request that never ends': async ({ open }, random) => {
    const opened = session(open);
    const method = random() < 0.5 ? 'Append' : 'BatchAppend';
    call(opened, method).write(framed(named(random, 20)));
    return letGo(opened, 2);
  },
};

function called(request: (random: Random) => Buffer): Attack {
  return async ({ open }, random) => {
    const opened = session(open);
    const stream = call(opened, pick(random, METHODS)).resume();
    const closed = once(stream, 'close');
    stream.end(request(random));
    await Promise.race([closed, after(2_000)]);
    return letGo(opened, 0);
  };
}

/** Takes it that what was sent is on its way. */
async function letGo(
  opened: { readonly destroy: () => unknown },
  afterMs: number,
): Promise<() => void> {
  await after(afterMs);
  return () => {
    opened.destroy();
  };
}

async function socketSent(node: NodeProcess, bytes: Buffer): Promise<() => void> {
  const socket = connect(node.port, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  const closed = once(socket, 'close');
  socket.end(bytes);
  await Promise.race([closed, after(200)]);
  return letGo(socket, 0);
}

async function floodOfStreams({ open }: { open: NodeProcess }, random: Random) {
  const opened = session(open);
  for (let count = 0; count < 200; count += 1) {
    const stream = call(opened, 'Append');
    stream.write(framed(named(random, 20)));
    stream.close();
  }
  return letGo(opened, 5);
}

async function floodOfPings({ open }: { open: NodeProcess }) {
  const opened = session(open);
  await once(opened, 'connect');
  for (let count = 0; count < 500; count += 1) opened.ping(() => undefined);
  return letGo(opened, 5);
}

function wrongLength(message: Buffer, random: Random): Buffer {
  const bytes = framed(message);
  bytes.writeUInt32BE(Math.floor(random() * 2 * message.length), 1);
  return bytes;
}

/** The options of an append to a stream with a long name. */
function named(random: Random, length: number): Buffer {
  return appendTarget(Buffer.alloc(1 + Math.floor(random() * length), 'n'));
}
