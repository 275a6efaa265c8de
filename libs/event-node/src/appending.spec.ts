import { describe, expect, it } from '@jest/globals';
import esdb from '@eventstore/db-client';
import {
  anEvent,
  aStream,
  gathered,
  idsIn,
  idsOf,
  someEvents,
  useRunningNode,
} from './spec-node.contract.js';

const running = useRunningNode();

/** A stream of three events. */
async function aStreamOfThree(): Promise<{ stream: string; events: esdb.JSONEventData[] }> {
  const stream = aStream();
  const events = someEvents(3);
  await running.client.appendToStream(stream, events);
  return { stream, events };
}

describe('an append', () => {
  it('answers with the revision and the position of its last event', async () => {
    const stream = aStream();
    const one = await running.client.appendToStream(stream, anEvent());
    const three = await running.client.appendToStream(stream, someEvents(3));

    expect([one.nextExpectedRevision, three.nextExpectedRevision]).toEqual([0n, 3n]);
    const last = (await gathered(running.client.readStream(stream))).at(-1);
    expect(Number(three.position?.commit)).toBe(last?.position);
    expect(three.position?.prepare).toBe(three.position?.commit);
  });

  it('keeps the type, data, metadata and content of an event as they were sent', async () => {
    const stream = aStream();
    const before = Date.now();
    const json = esdb.jsonEvent({ type: 'Größe', data: { a: [1, 'ß'] }, metadata: { by: 'x' } });
    const data = Uint8Array.from([0, 255, 10, 128]);
    const binary = esdb.binaryEvent({ type: 'Scan', data, metadata: Uint8Array.from([1, 0]) });
    await running.client.appendToStream(stream, [json, binary]);

    const found: esdb.AllStreamRecordedEvent[] = [];
    for await (const { event } of running.client.readStream(stream)) found.push(event as never);
    expect(found).toMatchObject([
      { id: json.id, type: 'Größe', data: { a: [1, 'ß'] }, metadata: { by: 'x' }, isJson: true },
      { id: binary.id, type: 'Scan', streamId: stream, isJson: false },
    ]);
    expect(Buffer.from(found[1]?.data as Uint8Array)).toEqual(Buffer.from(data));
    expect(Buffer.from(found[1]?.metadata as Uint8Array)).toEqual(Buffer.from([1, 0]));
    expect(found[0]?.created.getTime()).toBeGreaterThanOrEqual(before);
    expect(found[0]?.created.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it.each(['Straße-€-岸', 'with blank, %41 and /', '🚢'.repeat(200)])(
    'takes a stream named %s',
    async (stream) => {
      const event = anEvent();
      await running.client.appendToStream(stream, event);

      expect(await idsIn(running.client, stream)).toEqual([event.id]);
    },
  );

  it('to a stream whose name is too long is refused with the bound', async () => {
    const append = running.client.appendToStream('s'.repeat(1025), anEvent());

    await expect(append).rejects.toThrow(/1025 bytes; at most 1024/);
  });

  it('of more events than are read at once is refused as too big, and of as many is taken', async () => {
    const stream = 's'.repeat(1024);
    const events = Array.from({ length: 3_277 }, () =>
      esdb.binaryEvent({ type: 'T', data: Buffer.alloc(0) }),
    );
    const credentials = { username: 'a', password: 'b' };

    for (const options of [{}, { credentials }]) {
      const append = running.client.appendToStream(stream, events, options);
      await expect(append).rejects.toThrow(esdb.MaxAppendSizeExceededError);
    }
    await running.client.appendToStream(stream, events.slice(1));
    expect(await idsIn(running.client, stream)).toHaveLength(3_276);
  });

  it('of nothing changes nothing', async () => {
    const { stream } = await aStreamOfThree();

    const empty = await running.client.appendToStream(stream, []);
    expect(empty.nextExpectedRevision).toBe(2n);
    expect(await idsIn(running.client, stream)).toHaveLength(3);
  });
});

describe('the expected revision', () => {
  it.each(['any', 'no_stream'] as const)('%s lets a stream begin', async (expectedRevision) => {
    const begun = await running.client.appendToStream(aStream(), anEvent(), { expectedRevision });

    expect(begun.nextExpectedRevision).toBe(0n);
  });

  it.each(['any', 'stream_exists', 2n] as const)(
    '%s lets a stream of three events go on',
    async (expectedRevision) => {
      const { stream } = await aStreamOfThree();
      const next = await running.client.appendToStream(stream, anEvent(), { expectedRevision });

      expect(next.nextExpectedRevision).toBe(3n);
    },
  );

  it.each(['stream_exists', 0n, 7n] as const)(
    '%s refuses the begin of a stream',
    async (expectedRevision) => {
      const append = running.client.appendToStream(aStream(), anEvent(), { expectedRevision });

      await expect(append).rejects.toMatchObject({
        constructor: esdb.WrongExpectedVersionError,
        actualVersion: 'no_stream',
        expectedVersion: expectedRevision,
      });
    },
  );

  it.each(['no_stream', 0n, 1n, 3n, 2n ** 63n] as const)(
    '%s refuses to continue a stream of three events, and leaves it as it is',
    async (expectedRevision) => {
      const { stream, events } = await aStreamOfThree();
      const append = running.client.appendToStream(stream, someEvents(2), { expectedRevision });

      await expect(append).rejects.toMatchObject({
        constructor: esdb.WrongExpectedVersionError,
        actualVersion: 2n,
      });
      expect(await idsIn(running.client, stream)).toEqual(idsOf(events));
    },
  );

  it('lets one of many appends through that all expect the same', async () => {
    const stream = aStream();
    const appends = Array.from({ length: 16 }, () =>
      running.client.appendToStream(stream, someEvents(2), { expectedRevision: 'no_stream' }),
    );
    const outcomes = await Promise.allSettled(appends);

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await idsIn(running.client, stream)).toHaveLength(2);
  });
});

describe('an append that is repeated', () => {
  it.each(['any', 'no_stream', 'stream_exists', 0n] as const)(
    'where %s is expected is answered as the first time and appends nothing',
    async (expectedRevision) => {
      const stream = aStream();
      const begun = [anEvent()];
      if (expectedRevision === 'stream_exists' || expectedRevision === 0n) {
        await running.client.appendToStream(stream, begun);
      } else begun.pop();
      const events = someEvents(2);
      const append = (): Promise<esdb.AppendResult> =>
        running.client.appendToStream(stream, events, { expectedRevision });
      const first = await append();
      await running.client.appendToStream(stream, anEvent());

      expect(await append()).toEqual(first);
      expect(await idsIn(running.client, stream)).toHaveLength(begun.length + 3);
    },
  );

  it('before the first is on disk waits for it and has its answer', async () => {
    const stream = aStream();
    const events = someEvents(2);
    const appends = Array.from({ length: 12 }, () => running.client.appendToStream(stream, events));
    const positions = (await Promise.all(appends)).map(({ position }) => position?.commit);

    expect(new Set(positions).size).toBe(1);
    expect(await idsIn(running.client, stream)).toEqual(idsOf(events));
  });

  it('together with a new event is a conflict', async () => {
    const { stream, events } = await aStreamOfThree();

    for (const expectedRevision of ['any', 'no_stream'] as const) {
      const append = running.client.appendToStream(stream, [...events, anEvent()], {
        expectedRevision,
      });
      await expect(append).rejects.toThrow(esdb.WrongExpectedVersionError);
    }
    expect(await idsIn(running.client, stream)).toHaveLength(3);
  });

  it('in another stream is an append of its own', async () => {
    const { events } = await aStreamOfThree();
    const other = aStream();
    await running.client.appendToStream(other, events);

    expect(await idsIn(running.client, other)).toEqual(idsOf(events));
  });
});

describe('the size of an append', () => {
  const ofSize = (bytes: number): esdb.BinaryEventData =>
    esdb.binaryEvent({ type: 'Scan', data: new Uint8Array(bytes) });

  it('may be one mebibyte of data, metadata and type', async () => {
    const stream = aStream();
    await running.client.appendToStream(stream, ofSize(1024 * 1024 - 'Scan'.length));

    expect(await idsIn(running.client, stream)).toHaveLength(1);
  });

  it.each([
    ['one event', [ofSize(1024 * 1024)]],
    ['one event far beyond', [ofSize(3 * 1024 * 1024)]],
    ['many events', Array.from({ length: 20 }, () => ofSize(64 * 1024))],
  ])('may not be more in %s, of which nothing is kept', async (_, events) => {
    const stream = aStream();
    const append = running.client.appendToStream(stream, events);

    await expect(append).rejects.toMatchObject({
      constructor: esdb.MaxAppendSizeExceededError,
      maxAppendSize: 1024 * 1024,
    });
    await expect(idsIn(running.client, stream)).rejects.toThrow(esdb.StreamNotFoundError);
  });
});
