import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esdb from '@eventstore/db-client';
import {
  counted,
  type Measured,
  measured,
  median,
  printTable,
  privateMemory,
  type Row,
} from './measure.js';
import { type NodeProcess, startNode } from './node-process.js';

const ROUNDS = 5;
const EVENT_BYTES = 400;
const READ_EVENTS = 100_000;
const STREAM_EVENTS = 20_000;

interface Case {
  readonly name: string;
  /** How many events one round takes. */
  readonly events: number;
  readonly run: () => Promise<void>;
  readonly pid?: number;
}

/**
 * The event node through the official client, each case beside its bare cost: for appends a write and a
 * sync of as many bytes, for reads the client on bytes that lie ready, and a scan of the log's files.
 */
export async function benchEventNode(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portbook-bench-'));
  const node = await startNode(join(folder, 'events'));
  const client = node.connect();
  try {
    await appends(node, client, folder);
    await reads(node, client, folder);
    await whatTlsCosts({ node, client }, folder);
    console.log(`\nPrivate memory of the node at the end: ${counted(privateMemory(node.pid))} MB.`);
  } finally {
    await client.dispose();
    await node.stop();
    rmSync(folder, { recursive: true });
  }
}

async function appends(
  node: NodeProcess,
  client: esdb.EventStoreDBClient,
  folder: string,
): Promise<void> {
  const { pid } = node;
  const cases: readonly Case[] = [
    { name: 'append, one after the other', events: 300, run: () => ways(client, 1, 300), pid },
    { name: 'append, 32 ways', events: 6_000, run: () => ways(client, 32, 6_000), pid },
    { name: 'append, 128 ways', events: 8_000, run: () => ways(client, 128, 8_000), pid },
    {
      name: 'append, 500 at once',
      events: 20_000,
      run: () => batches(client, { count: 40, size: 500 }),
      pid,
    },
    { name: '  bare: write and sync of one', events: 300, run: () => synced(folder, 300, 1) },
    { name: '  bare: write and sync of 32', events: 6_400, run: () => synced(folder, 200, 32) },
    { name: '  bare: write and sync of 500', events: 20_000, run: () => synced(folder, 40, 500) },
  ];
  await compare('Appends, on disk when acknowledged', cases);
}

async function reads(
  node: NodeProcess,
  client: esdb.EventStoreDBClient,
  folder: string,
): Promise<void> {
  const { pid } = node;
  await batches(client, { count: STREAM_EVENTS / 500, size: 500, stream: 'long-stream' });
  await batches(client, { count: READ_EVENTS / 500, size: 500 });
  const prepared = await preparedServer(node, folder);
  const all = (from: esdb.EventStoreDBClient) => () =>
    drained(from.readAll({ maxCount: READ_EVENTS }), READ_EVENTS);
  const events = READ_EVENTS;
  const filter = esdb.streamNameFilter({ prefixes: ['long-'] });
  const cases: readonly Case[] = [
    { name: 'read $all', events, run: all(client), pid },
    { name: '  bare: the client on prepared bytes', events, run: all(prepared.client) },
    { name: '  bare: a scan of the files', events, run: () => scanned(join(folder, 'events')) },
    {
      name: 'read a stream',
      events: STREAM_EVENTS,
      run: () => drained(client.readStream('long-stream'), STREAM_EVENTS),
      pid,
    },
    {
      name: 'catch up on $all',
      events,
      run: () => caughtUp(client.subscribeToAll(), READ_EVENTS),
      pid,
    },
    {
      name: 'catch up, a stream filtered out of $all',
      events,
      run: () => caughtUp(client.subscribeToAll({ filter }), STREAM_EVENTS),
      pid,
    },
  ];
  await compare('Reads', cases);
  await prepared.close();
}

/** The same work on a node without TLS and on a closed one, side by side. */
async function whatTlsCosts(
  plain: { readonly node: NodeProcess; readonly client: esdb.EventStoreDBClient },
  folder: string,
): Promise<void> {
  const node = await startNode(join(folder, 'closed'), join(folder, 'keys'));
  const client = node.connect();
  await batches(client, { count: READ_EVENTS / 500, size: 500 });
  const sides = [
    ['without TLS', plain.client, plain.node.pid],
    ['with TLS', client, node.pid],
  ] as const;
  await compare('What TLS costs', [
    ...sides.map(([name, of, pid]): Case => {
      const run = (): Promise<void> => drained(of.readAll({ maxCount: READ_EVENTS }), READ_EVENTS);
      return { name: `read $all, ${name}`, events: READ_EVENTS, run, pid };
    }),
    ...sides.map(([name, of, pid]): Case => {
      const run = (): Promise<void> => ways(of, 32, 6_000);
      return { name: `append, 32 ways, ${name}`, events: 6_000, run, pid };
    }),
  ]);
  await client.dispose();
  await node.stop();
}

/** Interleaved, so that what else the machine does falls on all alike. */
async function compare(title: string, cases: readonly Case[]): Promise<void> {
  const found = new Map<string, Measured[]>(cases.map(({ name }) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { name, run, pid } of cases) {
      const once = await measured(run, pid);
      // The first round warms up.
      if (round > 0) found.get(name)?.push(once);
    }
  }
  console.log(`\n${title} (medians of ${String(ROUNDS)} rounds)`);
  const head: Row = { name: '', cells: ['events/s', 'µs CPU/event here', 'µs CPU/event node'] };
  printTable(
    head,
    cases.map(({ name, events, pid }) => {
      const rounds = found.get(name) ?? [];
      const rate = median(rounds.map(({ seconds }) => events / seconds));
      const own = median(rounds.map(({ ownCpu }) => ownCpu / events));
      const other = median(rounds.map(({ otherCpu }) => otherCpu / events));
      const cells = [counted(rate), counted(own, 1), pid === undefined ? '' : counted(other, 1)];
      return { name, cells };
    }),
  );
  const rateOf = (name: string): number =>
    median((found.get(name) ?? []).map(({ seconds }) => 1 / seconds));
  const [first, second] = cases;
  if (first && second?.name.includes('prepared')) {
    const ratio = rateOf(first.name) / rateOf(second.name);
    console.log(`read $all reaches ${counted(ratio, 2)} of the client on prepared bytes.`);
  }
}

let streams = 0;

function someEvents(count: number): esdb.JSONEventData[] {
  const data = { text: 'x'.repeat(EVENT_BYTES) };
  return Array.from({ length: count }, () => esdb.jsonEvent({ type: 'Measured', data }));
}

async function ways(client: esdb.EventStoreDBClient, width: number, events: number): Promise<void> {
  let left = events;
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      streams += 1;
      await client.appendToStream(`measured-${String(streams)}`, someEvents(1));
    }
  };
  await Promise.all(Array.from({ length: width }, one));
}

interface Batches {
  readonly count: number;
  readonly size: number;
  /** A new one for each where absent. */
  readonly stream?: string;
}

async function batches(
  client: esdb.EventStoreDBClient,
  { count, size, stream }: Batches,
): Promise<void> {
  for (let batch = 0; batch < count; batch += 1) {
    streams += 1;
    await client.appendToStream(stream ?? `measured-${String(streams)}`, someEvents(size));
  }
}

function synced(folder: string, times: number, events: number): Promise<void> {
  const file = openSync(join(folder, 'bare'), 'w');
  const bytes = Buffer.alloc(events * (EVENT_BYTES + 200));
  for (let time = 0; time < times; time += 1) {
    writeSync(file, bytes);
    fdatasyncSync(file);
  }
  closeSync(file);
  return Promise.resolve();
}

async function drained(events: AsyncIterable<esdb.ResolvedEvent>, expected: number): Promise<void> {
  let count = 0;
  for await (const { event } of events) if (event) count += 1;
  if (count !== expected) throw new Error(`${String(count)} events instead of ${String(expected)}`);
}

async function caughtUp(subscription: esdb.AllStreamSubscription, least: number): Promise<void> {
  let count = 0;
  subscription.on('data', () => (count += 1));
  await once(subscription, 'caughtUp');
  await subscription.unsubscribe();
  if (count < least) throw new Error(`${String(count)} events instead of ${String(least)}`);
}

function scanned(folder: string): Promise<void> {
  const buffer = Buffer.alloc(1024 * 1024);
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.pbl'))) {
    const file = openSync(join(folder, name), 'r');
    while (readSync(file, buffer) > 0);
    closeSync(file);
  }
  return Promise.resolve();
}

/** The node's own answer to a read of all, served again from memory by another process. */
async function preparedServer(node: NodeProcess, folder: string) {
  const file = join(folder, 'prepared');
  writeFileSync(file, await rawAnswer(node.port));
  const script = fileURLToPath(new URL('./prepared-server.js', import.meta.url));
  const child: ChildProcess = fork(script, [file]);
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const client = esdb.EventStoreDBClient.connectionString(
    `esdb://127.0.0.1:${String(port)}?tls=false`,
  );
  const close = async (): Promise<void> => {
    await client.dispose();
    const gone = once(child, 'exit');
    child.disconnect();
    await gone;
  };
  return { client, close };
}

/** A request for events from the start, as the client writes it: all, forwards, so many, ids as text. */
function readRequest(count: number): Buffer {
  const varint: number[] = [];
  for (let rest = count; rest > 0; rest >>>= 7) varint.push(rest > 127 ? (rest & 127) | 128 : rest);
  const options = [0x12, 0x02, 0x12, 0x00, 0x28, ...varint, 0x42, 0x00, 0x4a, 0x02, 0x12, 0x00];
  const message = Buffer.from([0x0a, options.length, ...options]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

async function rawAnswer(port: number): Promise<Buffer> {
  const session = connect(`http://127.0.0.1:${String(port)}`);
  const call = session.request({
    ':method': 'POST',
    ':path': '/event_store.client.streams.Streams/Read',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  call.end(readRequest(READ_EVENTS));
  const pieces: Buffer[] = [];
  for await (const piece of call) pieces.push(piece as Buffer);
  session.close();
  return Buffer.concat(pieces);
}
