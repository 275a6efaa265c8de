import { describe, expect, it } from '@jest/globals';
import { setTimeout as after } from 'node:timers/promises';
import esdb from '@eventstore/db-client';
import { anEvent, aStream, revisionsOf, someEvents, useRunningNode } from './spec-node.contract.js';

const running = useRunningNode();

async function aStreamOf(count: number): Promise<string> {
  const stream = aStream();
  await running.client.appendToStream(stream, someEvents(count));
  return stream;
}

const backwards = { direction: esdb.BACKWARDS, fromRevision: esdb.END } as const;

describe('the metadata of a stream', () => {
  it('are kept, and the last ones count', async () => {
    const stream = await aStreamOf(1);
    await running.client.setStreamMetadata(stream, { maxCount: 3, theme: 'harbours' });
    await running.client.setStreamMetadata(stream, { maxCount: 2, theme: 'ports' });

    const { metadata } = await running.client.getStreamMetadata(stream);
    expect(metadata).toEqual({ maxCount: 2, theme: 'ports' });
    expect(await revisionsOf(running.client.readStream(`$$${stream}`))).toEqual([1]);
  });

  it('bound how many events are seen, but not in the log of all streams', async () => {
    const stream = await aStreamOf(5);
    await running.client.setStreamMetadata(stream, { maxCount: 2 });

    expect(await revisionsOf(running.client.readStream(stream))).toEqual([3, 4]);
    expect(await revisionsOf(running.client.readStream(stream, backwards))).toEqual([4, 3]);
    expect(await revisionsOf(running.client.readStream(stream, { fromRevision: 1n }))).toEqual([
      3, 4,
    ]);
    const ofStream = running.client.readAll();
    let all = 0;
    for await (const { event } of ofStream) if (event?.streamId === stream) all += 1;
    expect(all).toBe(5);
  });

  it('may name the first revision that is seen', async () => {
    const stream = await aStreamOf(4);
    await running.client.setStreamMetadata(stream, { truncateBefore: 3 });

    expect(await revisionsOf(running.client.readStream(stream))).toEqual([3]);
    await running.client.appendToStream(stream, anEvent(), { expectedRevision: 3n });
    expect(await revisionsOf(running.client.readStream(stream))).toEqual([3, 4]);
  });

  it('may bound the age of what is seen', async () => {
    const stream = await aStreamOf(2);
    await running.client.setStreamMetadata(stream, { maxAge: 1 });
    await running.client.appendToStream(stream, anEvent());
    // An age is counted in seconds, and the clock is the node's.
    for (;;) {
      const seen = await revisionsOf(running.client.readStream(stream));
      if (seen.length === 0) break;
      expect([[0, 1, 2], [2], [1, 2]]).toContainEqual(seen);
      await after(50);
    }
    expect(await revisionsOf(running.client.readStream(stream, backwards))).toEqual([]);
  });

  it.each([{ $tb: 1.5 }, { $maxCount: 2.5 }, { $maxAge: 'old' }])(
    'that are none, as %j, bound nothing',
    async (metadata) => {
      const stream = await aStreamOf(3);
      const event = esdb.jsonEvent({ type: '$metadata', data: metadata });
      await running.client.appendToStream(`$$${stream}`, event);

      expect(await revisionsOf(running.client.readStream(stream))).toEqual([0, 1, 2]);
    },
  );

  it('are kept for a stream with the longest name', async () => {
    const stream = 'ä'.repeat(512);
    await running.client.appendToStream(stream, someEvents(3));
    await running.client.setStreamMetadata(stream, { maxCount: 2 });

    expect((await running.client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 2 });
    expect(await revisionsOf(running.client.readStream(stream))).toEqual([1, 2]);
    const longer = running.client.setStreamMetadata(`${stream}x`, { maxCount: 2 });
    await expect(longer).rejects.toThrow('has 1025 bytes; at most 1024 are taken');
  });

  it('make a stream exist that has no event yet', async () => {
    const stream = aStream();
    await running.client.setStreamMetadata(stream, { maxCount: 9 });

    const read = revisionsOf(running.client.readStream(stream));
    await expect(read).rejects.toThrow(esdb.StreamNotFoundError);
    const expectedRevision = esdb.STREAM_EXISTS;
    await running.client.appendToStream(stream, anEvent(), { expectedRevision });
    expect(await revisionsOf(running.client.readStream(stream))).toEqual([0]);
  });
});
