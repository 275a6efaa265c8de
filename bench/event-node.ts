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
import { frame } from '../libs/event-node/src/frames.js';
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
/** What such an event takes in the log, about. */
const STORED_EVENT_BYTES = 700;
const READ_EVENTS = 100_000;
const STREAM_EVENTS = 20_000;

interface Case {
  readonly name: string;
  /** Gives how many events the round took. */
  readonly run: () => number | Promise<number>;
  readonly pid?: number;
  /** The case whose rate it is held against. */
  readonly of?: string;
}

const READY_READ = '  bare: the client on prepared bytes';
const READY_APPEND = '  bare: the client, answered at once';

/**
 * The event node through the official client, each case beside its bare cost: for appends a write and a
 * sync of as many bytes, for reads a scan of the log's files, for both the client with a server that does
 * no work of its own.
 */
export async function benchEventNode(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portbook-bench-'));
  const node = await startNode(join(folder, 'events'));
  const client = node.connect();
  try {
    await batches(client, { count: STREAM_EVENTS / 500, stream: 'long-stream' });
    await batches(client, { count: READ_EVENTS / 500 });
    const prepared = await preparedServer(node, folder);
    await reads({ node, client, prepared }, folder);
    await appends({ node, client, prepared }, folder);
    await prepared.close();
    await whatTlsCosts({ node, client }, folder);
    console.log(`\nPrivate memory of the node at the end: ${counted(privateMemory(node.pid))} MB.`);
  } finally {
    await client.dispose();
    await node.stop();
    rmSync(folder, { recursive: true });
  }
}

interface Sides {
  readonly node: NodeProcess;
  readonly client: esdb.EventStoreDBClient;
  readonly prepared: PreparedServer;
}

async function appends({ node, client, prepared }: Sides, folder: string): Promise<void> {
  const { pid } = node;
  const of = READY_APPEND;
  await compare('Appends, on disk when acknowledged', [
    { name: 'append, one after the other', run: () => ways(client, 1, 300), pid },
    { name: 'append, 32 ways', run: () => ways(client, 32, 6_000), pid },
    { name: 'append, 128 ways', run: () => ways(client, 128, 8_000), pid },
    { name: 'append, 500 at once', run: () => batches(client, { count: 40 }), pid, of },
    {
      name: 'append, 500 at once, 4 ways',
      run: () => batches(client, { count: 40, width: 4 }),
      pid,
      of,
    },
    { name: of, run: () => batches(prepared.client, { count: 40 }), pid: prepared.pid },
    { name: '  bare: write and sync of one', run: () => synced(folder, 300, 1) },
    { name: '  bare: write and sync of 32', run: () => synced(folder, 200, 32) },
    { name: '  bare: write and sync of 500', run: () => synced(folder, 40, 500) },
  ]);
}

async function reads({ node, client, prepared }: Sides, folder: string): Promise<void> {
  const { pid } = node;
  const of = READY_READ;
  const filter = esdb.streamNameFilter({ prefixes: ['long-'] });
  const all = (from: esdb.EventStoreDBClient) => () =>
    drained(from.readAll({ maxCount: READ_EVENTS }));
  await compare('Reads', [
    { name: 'read $all', run: all(client), pid, of },
    { name: of, run: all(prepared.client), pid: prepared.pid },
    { name: '  bare: a scan of the files', run: () => scanned(join(folder, 'events')) },
    { name: 'read a stream', run: () => drained(client.readStream('long-stream')), pid, of },
    { name: 'catch up on $all', run: () => caughtUp(client.subscribeToAll()), pid, of },
    {
      name: 'catch up, a stream filtered out of $all',
      run: () => caughtUp(client.subscribeToAll({ filter })),
      pid,
    },
  ]);
}

/** The same work on a node without TLS and on a closed one, side by side. */
async function whatTlsCosts(
  plain: { readonly node: NodeProcess; readonly client: esdb.EventStoreDBClient },
  folder: string,
): Promise<void> {
  const node = await startNode(join(folder, 'closed'), join(folder, 'keys'));
  const client = node.connect();
  await batches(client, { count: READ_EVENTS / 500 });
  const sides = [
    ['without TLS', plain.client, plain.node.pid],
    ['with TLS', client, node.pid],
  ] as const;
  const read = (name: string): string => `read $all, ${name}`;
  const append = (name: string): string => `append, 32 ways, ${name}`;
  const plainly = sides[0][0];
  await compare('What TLS costs', [
    ...sides.map(([name, reader, pid]): Case => {
      const run = (): Promise<number> => drained(reader.readAll({ maxCount: READ_EVENTS }));
      return { name: read(name), run, pid, of: read(plainly) };
    }),
    ...sides.map(([name, appender, pid]): Case => {
      const run = (): Promise<number> => ways(appender, 32, 6_000);
      return { name: append(name), run, pid, of: append(plainly) };
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
  const rateOf = (name: string): number => median((found.get(name) ?? []).map(({ rate }) => rate));
  const cells = ['events/s', 'of its bare case', 'µs CPU/event here', 'µs CPU/event server'];
  const rows = cases.map(({ name, pid, of }): Row => {
    const rounds = found.get(name) ?? [];
    const own = median(rounds.map(({ ownCpu }) => ownCpu));
    const other = median(rounds.map(({ otherCpu }) => otherCpu));
    const ratio = of === undefined ? '' : counted(rateOf(name) / rateOf(of), 2);
    const server = pid === undefined ? '' : counted(other, 1);
    return { name, cells: [counted(rateOf(name)), ratio, counted(own, 1), server] };
  });
  printTable({ name: '', cells }, rows);
}

let streams = 0;

function someEvents(count: number): esdb.JSONEventData[] {
  const data = { text: 'x'.repeat(EVENT_BYTES) };
  return Array.from({ length: count }, () => esdb.jsonEvent({ type: 'Measured', data }));
}

async function ways(
  client: esdb.EventStoreDBClient,
  width: number,
  events: number,
): Promise<number> {
  let left = events;
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      streams += 1;
      await client.appendToStream(`measured-${String(streams)}`, someEvents(1));
    }
  };
  await Promise.all(Array.from({ length: width }, one));
  return events;
}

const BATCH_EVENTS = 500;

interface Batches {
  readonly count: number;
  /** How many are on their way at once. */
  readonly width?: number;
  /** A new one for each where absent. */
  readonly stream?: string;
}

async function batches(
  client: esdb.EventStoreDBClient,
  { count, width = 1, stream }: Batches,
): Promise<number> {
  let left = count;
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      streams += 1;
      const events = someEvents(BATCH_EVENTS);
      await client.appendToStream(stream ?? `measured-${String(streams)}`, events);
    }
  };
  await Promise.all(Array.from({ length: width }, one));
  return count * BATCH_EVENTS;
}

function synced(folder: string, times: number, events: number): number {
  const file = openSync(join(folder, 'bare'), 'w');
  const bytes = Buffer.alloc(events * (EVENT_BYTES + 200));
  for (let time = 0; time < times; time += 1) {
    writeSync(file, bytes);
    fdatasyncSync(file);
  }
  closeSync(file);
  return times * events;
}

async function drained(events: AsyncIterable<esdb.ResolvedEvent>): Promise<number> {
  let count = 0;
  for await (const { event } of events) if (event) count += 1;
  return count;
}

async function caughtUp(subscription: esdb.AllStreamSubscription): Promise<number> {
  let count = 0;
  subscription.on('data', () => (count += 1));
  await once(subscription, 'caughtUp');
  await subscription.unsubscribe();
  return count;
}

function scanned(folder: string): number {
  let bytes = 0;
  const buffer = Buffer.alloc(1024 * 1024);
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.pbl'))) {
    const file = openSync(join(folder, name), 'r');
    for (let read = -1; read !== 0; bytes += read) read = readSync(file, buffer);
    closeSync(file);
  }
  return bytes / STORED_EVENT_BYTES;
}

interface PreparedServer {
  readonly client: esdb.EventStoreDBClient;
  readonly pid: number;
  readonly close: () => Promise<void>;
}

/** The node's own answers, given again from memory by another process. */
async function preparedServer(node: NodeProcess, folder: string): Promise<PreparedServer> {
  const files = [
    [join(folder, 'read'), 'streams.Streams/Read', readRequest(READ_EVENTS)],
    [join(folder, 'features'), 'server_features.ServerFeatures/GetSupportedMethods', framed([])],
  ] as const;
  for (const [file, method, request] of files) {
    writeFileSync(file, await rawAnswer(node.port, { method, request }));
  }
  const script = fileURLToPath(new URL('./prepared-server.js', import.meta.url));
  const child: ChildProcess = fork(
    script,
    files.map(([file]) => file),
  );
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
  return { client, pid: child.pid ?? 0, close };
}

/** A request for events from the start, as the client writes it: all, forwards, so many, ids as text. */
function readRequest(count: number): Buffer {
  const varint: number[] = [];
  for (let rest = count; rest > 0; rest >>>= 7) varint.push(rest > 127 ? (rest & 127) | 128 : rest);
  const options = [0x12, 0x02, 0x12, 0x00, 0x28, ...varint, 0x42, 0x00, 0x4a, 0x02, 0x12, 0x00];
  return framed([0x0a, options.length, ...options]);
}

function framed(message: readonly number[]): Buffer {
  return frame(Uint8Array.from(message));
}

async function rawAnswer(
  port: number,
  { method, request }: { readonly method: string; readonly request: Buffer },
): Promise<Buffer> {
  const session = connect(`http://127.0.0.1:${String(port)}`);
  const call = session.request({
    ':method': 'POST',
    ':path': `/event_store.client.${method}`,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  call.end(request);
  const pieces: Buffer[] = [];
  for await (const piece of call) pieces.push(piece as Buffer);
  session.close();
  return Buffer.concat(pieces);
}
