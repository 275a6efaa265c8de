import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import esdb from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { Call } from './call.js';
import { frame } from './frames.js';
import { Segments } from './segments.js';
import { anEvent, aStream, gathered, someEvents, useRunningNode } from './spec-node.contract.js';
import { PAGE_BYTES } from './storage.js';

const MIB = 1024 * 1024;
const running = useRunningNode();
let session: ClientHttp2Session;

beforeAll(() => {
  session = connect(`http://${running.node.address}:${String(running.node.port)}`);
});
afterAll(() => {
  session.destroy();
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** A read by hand: the official client takes in more than its program asks for. */
async function reading(stream?: string): Promise<ClientHttp2Stream> {
  const options = new streams.ReadReq.Options().setResolveLinks(stream !== undefined);
  options.setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()));
  options.setNoFilter(new shared.Empty()).setCount(String(Number.MAX_SAFE_INTEGER));
  if (stream === undefined) {
    options.setAll(new streams.ReadReq.Options.AllOptions().setStart(new shared.Empty()));
  } else {
    const name = new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
    const one = new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(name);
    options.setStream(one.setStart(new shared.Empty()));
  }
  const call = session.request({
    ':method': 'POST',
    ':path': '/event_store.client.streams.Streams/Read',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  call.end(frame(new streams.ReadReq().setOptions(options).serializeBinary()));
  await once(call, 'response');
  return call;
}

/** Takes in so much and then no more, and gives how much it was. */
async function takenIn(call: ClientHttp2Stream, bytes: number): Promise<number> {
  let taken = 0;
  const take = (chunk: Buffer): void => {
    taken += chunk.length;
    if (taken >= bytes) call.pause();
  };
  call.on('data', take);
  await once(call, 'pause');
  call.off('data', take);
  return taken;
}

async function bytesTaken(call: ClientHttp2Stream): Promise<number> {
  let taken = 0;
  call.on('data', (chunk: Buffer) => (taken += chunk.length)).resume();
  await once(call, 'end');
  return taken;
}

/** The lengths of the pieces that the node has handed over to be sent. */
function piecesSent(): number[] {
  const pieces: number[] = [];
  for (const method of ['send', 'sendWhole'] as const) {
    const original = Reflect.get<Call, typeof method>(Call.prototype, method);
    jest.spyOn(Call.prototype, method).mockImplementation(function (this: Call, frames) {
      pieces.push(frames.length);
      return original.call(this, frames);
    });
  }
  return pieces;
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + length, 0);
}

describe('a reader', () => {
  it('of the whole log that takes no more in lets others append and read', async () => {
    const stream = aStream();
    const text = 'x'.repeat(2_000);
    for (let n = 0; n < 4; n += 1) {
      const events = Array.from({ length: 300 }, () => anEvent({ text }));
      await running.client.appendToStream(stream, events);
    }
    const pieces = piecesSent();
    const call = await reading();
    const begun = await takenIn(call, 2 * PAGE_BYTES);
    await running.client.appendToStream(aStream(), anEvent());
    const other = aStream();
    await running.client.appendToStream(other, someEvents(3));
    expect(await gathered(running.client.readStream(other))).toHaveLength(3);
    const sentMeanwhile = sum(pieces);
    const taken = await bytesTaken(call);

    expect(begun + taken).toBeGreaterThan(2 * MIB);
    expect(sentMeanwhile).toBeLessThan(7 * PAGE_BYTES);
  });

  it('of links to long events holds few of them in memory, however slow it is', async () => {
    const target = aStream();
    const links = aStream();
    const long = esdb.binaryEvent({ type: 'Drawing', data: Buffer.alloc(MIB / 2) });
    await running.client.appendToStream(target, long);
    const aLink = (): esdb.BinaryEventData =>
      esdb.binaryEvent({ type: '$>', data: Buffer.from(`0@${target}`) });
    await running.client.appendToStream(links, Array.from({ length: 40 }, aLink));
    const pieces = piecesSent();
    const call = await reading(links);
    await running.client.appendToStream(aStream(), anEvent());
    const sentMeanwhile = sum(pieces);
    const taken = await bytesTaken(call);

    expect(taken).toBeGreaterThan(20 * MIB);
    expect(sentMeanwhile).toBeLessThan(2 * MIB);
    expect(Math.max(...pieces)).toBeLessThan(PAGE_BYTES + MIB);
  });
});

describe('a reader through whose filter little passes', () => {
  it('gives others their turn after each page', async () => {
    const before = await running.client.appendToStream(aStream(), anEvent());
    const some = [esdb.jsonEvent({ type: 'Sailed', data: {} }), ...someEvents(250)];
    for (let n = 0; n < 10; n += 1) {
      const anew = some.map(({ type, data }) => esdb.jsonEvent({ type, data }));
      await running.client.appendToStream(aStream(), anew);
    }
    const turns = countTurns();
    const turnOfPage: number[] = [];
    const read = Reflect.get<Segments, 'readInto'>(Segments.prototype, 'readInto');
    jest.spyOn(Segments.prototype, 'readInto').mockImplementation(function (
      this: Segments,
      ...range
    ) {
      turnOfPage.push(turns.sofar());
      return read.apply(this, range);
    });
    const filter = esdb.eventTypeFilter({ prefixes: ['Sail'] });
    const subscription = running.client.subscribeToAll({
      filter,
      fromPosition: before.position ?? esdb.START,
    });
    subscription.resume();
    await once(subscription, 'caughtUp');
    turns.stop();
    await subscription.unsubscribe();

    expect(turnOfPage.length).toBeGreaterThan(9);
    expect(new Set(turnOfPage).size).toBe(turnOfPage.length);
  });
});

/** Counts the turns of the event loop from now on. */
function countTurns(): { sofar: () => number; stop: () => void } {
  let turns = 0;
  let next: NodeJS.Immediate;
  const turn = (): void => {
    turns += 1;
    next = setImmediate(turn);
  };
  turn();
  return {
    sofar: () => turns,
    stop: () => {
      clearImmediate(next);
    },
  };
}
