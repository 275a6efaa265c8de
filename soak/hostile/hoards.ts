import { setTimeout as after } from 'node:timers/promises';
import esdb from '@eventstore/db-client';
import type { NodeProcess } from '../../bench/node-process.js';
import { type Attack, pick } from './attack.js';
import { call, pushed, session } from './connections.js';
import {
  appendTarget,
  batchChunk,
  filteredRead,
  framed,
  frameHead,
  readOfLinks,
  subscriptionToAll,
  tinyEvent,
} from './messages.js';

const MIB = 1024 * 1024;
const BIG_EVENTS = 16;
const LINKS = 512;
const LONG_NAMES = 100;

/** Requests that are in the form of the protocol, and would have the node hold or compute without end. */
export const hoards: Readonly<Record<string, Attack>> = {
  'links to big events, read by nobody': readersOf(readOfLinks('links'), { calls: 4 }),
  'big events, read by nobody': readersOf(subscriptionToAll, { calls: 8 }),
  'answers to batches, read by nobody': unreadAnswers,
  'unfinished messages on many streams': unfinishedMessages,
  'tiny events in one message of a batch': tinyEventsOfBatch,
  'tiny events in one append': tinyEventsOfAppend,
  'expressions of great size': greatExpressions,
};

/** What the readers among the attacks ask for. */
export async function prepareForHoards(node: NodeProcess): Promise<void> {
  const client = node.connect();
  const json = 'x'.repeat(1_000_000);
  for (let count = 0; count < BIG_EVENTS; count += 1) {
    await client.appendToStream('big', esdb.jsonEvent({ type: 'Big', data: json }));
  }
  const links = Array.from({ length: LINKS }, (_, at) =>
    esdb.binaryEvent({ type: '$>', data: Buffer.from(`${String(at % BIG_EVENTS)}@big`) }),
  );
  await client.appendToStream('links', links);
  const longNames = Array.from({ length: LONG_NAMES }, (_, at) => 'a'.repeat(1_000) + String(at));
  const event = (): esdb.JSONEventData => esdb.jsonEvent({ type: 'Named', data: {} });
  await Promise.all(longNames.map((name) => client.appendToStream(name, event())));
  await client.dispose();
}

function readersOf(request: Buffer, { calls }: { readonly calls: number }): Attack {
  return async ({ open }) => {
    const sessions = Array.from({ length: 4 }, () => session(open));
    for (const opened of sessions) {
      for (let count = 0; count < calls; count += 1) call(opened, 'Read').end(framed(request));
    }
    await after(500);
    return destroying(sessions);
  };
}

/** Answers repeat the name of the stream; each append is answered at once, by one of three ways. */
async function unreadAnswers({ open }: { open: NodeProcess }, random: () => number) {
  const opened = session(open);
  const stream = Buffer.alloc(1_000, 's');
  const chunk = pick(random, [
    (correlation: number) => batchChunk({ correlation, stream, deadline: 1 }),
    (correlation: number) => batchChunk({ correlation, stream }),
    (correlation: number) => batchChunk({ correlation }),
  ]);
  await pushed(
    call(opened, 'BatchAppend'),
    generated(40_000, (at) => framed(chunk(at))),
  );
  return destroying([opened]);
}

/** 900 kB each of a message that would have 1 MB, on 300 streams. */
async function unfinishedMessages({ open }: { open: NodeProcess }, random: () => number) {
  const sessions = Array.from({ length: 3 }, () => session(open));
  const part = Buffer.alloc(900_000);
  const method = pick(random, ['Append', 'BatchAppend']);
  const streams = sessions.flatMap((opened) =>
    Array.from({ length: 100 }, () => call(opened, method)),
  );
  await Promise.all(streams.map((stream) => pushed(stream, [frameHead(1_000_000), part])));
  await after(500);
  return destroying(sessions);
}

async function tinyEventsOfBatch({ open }: { open: NodeProcess }) {
  const opened = session(open);
  const events = [tinyEvents(3)];
  const message = batchChunk({ correlation: 1, stream: Buffer.from('tiny'), events });
  await pushed(call(opened, 'BatchAppend').resume(), [framed(message)]);
  await after(500);
  return destroying([opened]);
}

async function tinyEventsOfAppend({ open }: { open: NodeProcess }) {
  const opened = session(open);
  const stream = call(opened, 'Append').resume();
  stream.write(framed(appendTarget(Buffer.from('tiny'))));
  await pushed(stream, [tinyEvents(2)]);
  stream.end();
  await after(500);
  return destroying([opened]);
}

/** 16 MiB of them, as messages of an append (2) or as parts of one message of a batch (3). */
function tinyEvents(number: 2 | 3): Buffer {
  const one = (at: number): Buffer => (number === 2 ? framed(tinyEvent(2, at)) : tinyEvent(3, at));
  const some = Buffer.concat([...generated(4_096, one)]);
  return Buffer.concat(new Array<Buffer>(Math.floor((16 * MIB) / some.length)).fill(some));
}

/** Whatever is allowed of them is then matched with long names. */
const EXPRESSIONS = [
  '(?:(?:a{0,30}){0,30})$',
  '(?:(?:a{1,1000}){1,1000}){1,1000}',
  `${'(?:a?){1000}'.repeat(4)}${'a'.repeat(900)}b`,
  `${'('.repeat(2_000)}a${')'.repeat(2_000)}`,
  `(?i)(?:${Array.from({ length: 800 }, (_, at) => `a*${String(at)}`).join('|')})`,
  '[\\pL\\pN\\pS]{1000}x',
  '(?:a|aa|aaa){500}(?:.*a){400}$',
  'a'.repeat(60_000),
  // Short enough, and as slow as such can be.
  `${'a?'.repeat(300)}${'a'.repeat(300)}b`,
  `${'(?:.*a)'.repeat(120)}b`,
] as const;

async function greatExpressions({ open }: { open: NodeProcess }) {
  const opened = session(open);
  for (const expression of [...EXPRESSIONS, ...EXPRESSIONS]) {
    const request = framed(filteredRead(expression));
    call(opened, 'Read').resume().end(request);
  }
  await after(100);
  return destroying([opened]);
}

function destroying(opened: readonly { readonly destroy: () => void }[]): () => void {
  return () => {
    for (const each of opened) each.destroy();
  };
}

function* generated(count: number, make: (at: number) => Buffer): Generator<Buffer> {
  for (let at = 0; at < count; at += 1) yield make(at);
}
