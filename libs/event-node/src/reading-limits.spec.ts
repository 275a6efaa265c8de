import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { parseUuid } from './event-id.js';
import { frame } from './frames.js';
import { Journal } from './journal.js';
import { openLogStorage } from './log-storage.js';
import type { ProposedEvent } from './proposed-event.js';
import { ReadService } from './read-call.js';
import { PAGE_ROOM, ReadingMemory, type ReadingMemoryOptions } from './reading-memory.js';
import { GrpcServer } from './server.js';
import type { EventStorage } from './storage.js';

const { Options } = streams.ReadReq;
const MIB = 1024 * 1024;
const PATH = '/event_store.client.streams.Streams/Read';
const EVENTS = 6;
const LONG = 900_000;
/** Small events before the long ones, as the first of a long read come in a piece of their own. */
const SMALL = 100;

let folder: string;
let storage: EventStorage;
let journal: Journal;
let server: GrpcServer | undefined;
const sessions: ClientHttp2Session[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portbook-reading-limits-'));
  storage = await openLogStorage({ folder });
  journal = new Journal({ storage, now: () => Date.now(), onFault: () => undefined });
  const small = Array.from({ length: SMALL }, () => anEvent(10));
  await journal.append({ stream: 'long', expected: 'any', events: small });
  for (let n = 0; n < EVENTS; n += 1) {
    await journal.append({ stream: 'long', expected: 'any', events: [anEvent(LONG)] });
  }
});
afterEach(async () => {
  for (const session of sessions.splice(0)) session.destroy();
  await server?.close();
});
afterAll(async () => {
  await storage.close();
  await rm(folder, { recursive: true });
});

function anEvent(bytes: number): ProposedEvent {
  const id = parseUuid(randomUUID()) ?? Buffer.alloc(16);
  const metadata = Buffer.alloc(0);
  return { id, type: 'T', contentType: 'text/plain', metadata, data: Buffer.alloc(bytes) };
}

interface Serving {
  readonly memory: ReadingMemory;
  /** A connection whose calls are given so much unasked. */
  readonly client: (initialWindowSize: number) => Promise<ClientHttp2Session>;
}

async function serving(options: ReadingMemoryOptions): Promise<Serving> {
  const memory = new ReadingMemory(options);
  const reads = new ReadService({ journal, storage, now: () => Date.now(), memory });
  server = new GrpcServer({
    handlers: new Map([[PATH, (call) => reads.serve(call)]]),
    onFault: (fault) => {
      throw fault;
    },
  });
  const { port } = await server.listen(0, '127.0.0.1');
  const client = async (initialWindowSize: number): Promise<ClientHttp2Session> => {
    const settings = { initialWindowSize };
    const session = connect(`http://127.0.0.1:${String(port)}`, { settings });
    session.on('error', () => undefined);
    sessions.push(session);
    await once(session, 'connect');
    // Else what the connection may be sent would bound all of its calls together.
    session.setLocalWindowSize(1_000 * MIB);
    return session;
  };
  return { memory, client };
}

const empty = (): InstanceType<typeof shared.Empty> => new shared.Empty();
type ReadOptions = InstanceType<typeof Options>;
const ofAll = (): ReadOptions => new Options().setAll(new Options.AllOptions().setStart(empty()));
const ofStream = (): ReadOptions => {
  const name = new shared.StreamIdentifier().setStreamName(Buffer.from('long'));
  const one = new Options.StreamOptions().setStreamIdentifier(name);
  return new Options().setStream(one.setStart(empty()));
};
const whole = (options: ReadOptions): ReadOptions =>
  options.setCount(String(Number.MAX_SAFE_INTEGER));
const backwards = (): ReadOptions =>
  whole(new Options().setAll(new Options.AllOptions().setEnd(empty()))).setReadDirection(
    Options.ReadDirection.BACKWARDS,
  );
const everyEvent = (): InstanceType<typeof Options.FilterOptions> => {
  const filter = new Options.FilterOptions.Expression().setPrefixList(['T']);
  return new Options.FilterOptions()
    .setEventType(filter)
    .setMax(1)
    .setCheckpointintervalmultiplier(1);
};

function reading(session: ClientHttp2Session, options: ReadOptions): ClientHttp2Stream {
  options.setUuidOption(new Options.UUIDOption().setString(empty()));
  if (!options.hasFilter()) options.setNoFilter(empty());
  const head = { ':method': 'POST', ':path': PATH, 'content-type': 'application/grpc' };
  const call = session.request(head);
  call.on('error', () => undefined);
  call.end(frame(new streams.ReadReq().setOptions(options).serializeBinary()));
  return call;
}

/** How much came until the call was over. */
async function bytesOf(call: ClientHttp2Stream): Promise<number> {
  let bytes = 0;
  call.on('data', (chunk: Buffer) => (bytes += chunk.length));
  await once(call, 'close');
  return bytes;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate);
}

/** Resolves when the server has done all that it can now: it has answered often. */
async function settled(session: ClientHttp2Session): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) {
    await new Promise<void>((resolve) => {
      session.ping(() => {
        resolve();
      });
    });
  }
}

describe('readers that take nothing', () => {
  it.each([
    ['all events', () => whole(ofAll())],
    ['all events backwards', backwards],
    ['a stream', () => whole(ofStream())],
    ['a stream with what its links lead to', () => whole(ofStream()).setResolveLinks(true)],
    ['what passes a filter', () => whole(ofAll()).setFilter(everyEvent())],
    ['subscribed to all', () => ofAll().setSubscription(new Options.SubscriptionOptions())],
    [
      'subscribed with a filter',
      () => ofAll().setSubscription(new Options.SubscriptionOptions()).setFilter(everyEvent()),
    ],
  ])('hold no more together than is allowed: %s', async (_, options) => {
    const bytesMax = 3 * MIB;
    const { memory, client } = await serving({ bytesMax });
    // The small events and some of a long one: what follows is held.
    const slow = await client(200_000);
    const calls = Array.from({ length: 20 }, () => reading(slow, options()));
    await until(() => memory.isFull);
    await settled(slow);

    expect(memory.held).toBeGreaterThanOrEqual(bytesMax);
    expect(memory.held).toBeLessThan(bytesMax + PAGE_ROOM);
    for (const call of calls) call.close();
    await until(() => memory.held === 0);
    expect(memory.isFull).toBe(false);
  });

  it('let the others wait, who are given everything as soon as there is room', async () => {
    const { memory, client } = await serving({ bytesMax: MIB });
    const [slow, good] = [await client(0), await client(MIB)];
    const stuck = reading(slow, whole(ofStream()));
    const more = reading(slow, whole(ofStream()));
    const last = reading(slow, backwards());
    await settled(slow);
    const reads = [reading(good, whole(ofAll())), reading(good, whole(ofStream()))].map(bytesOf);
    for (const call of [stuck, more, last]) call.close();

    for (const bytes of await Promise.all(reads)) expect(bytes).toBeGreaterThan(EVENTS * LONG);
    expect(memory.held).toBe(0);
  });

  it('are let go where others wait, and an idle subscription is not', async () => {
    const { memory, client } = await serving({ bytesMax: 1, patienceMs: 20 });
    const [slow, good] = [await client(0), await client(MIB)];
    const idle = reading(
      good,
      new Options()
        .setAll(new Options.AllOptions().setEnd(empty()))
        .setSubscription(new Options.SubscriptionOptions()),
    );
    const seen = { bytes: 0 };
    idle.on('data', (chunk: Buffer) => (seen.bytes += chunk.length));
    await until(() => seen.bytes > 0);
    const stuck = reading(slow, whole(ofStream()));
    await until(() => memory.held > 0);
    const gone = once(stuck, 'close');
    const given = await bytesOf(reading(good, whole(ofStream())));
    await gone;

    expect(given).toBeGreaterThan(EVENTS * LONG);
    expect(stuck.rstCode).not.toBe(0);
    expect(idle.closed).toBe(false);
    const before = seen.bytes;
    await journal.append({ stream: 'other', expected: 'any', events: [anEvent(1_000)] });
    await until(() => seen.bytes > before + 1_000);
  });
});
