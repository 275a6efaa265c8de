import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import esdb from '@eventstore/db-client';
import {
  anEvent,
  aStream,
  gathered,
  revisionsOf,
  someEvents,
  useRunningNode,
} from './spec-node.contract.js';

const running = useRunningNode({ allowsDelete: true });

async function aStreamOf(count: number, stream = aStream()): Promise<string> {
  await running.client.appendToStream(stream, someEvents(count));
  return stream;
}

function read(stream: string): Promise<number[]> {
  return revisionsOf(running.client.readStream(stream));
}

describe('a deleted stream', () => {
  it('is not found, and goes on with its next revision when it is appended to', async () => {
    const stream = await aStreamOf(3);
    await running.client.deleteStream(stream);

    await expect(read(stream)).rejects.toThrow(esdb.StreamNotFoundError);
    const next = await running.client.appendToStream(stream, anEvent());
    expect(next.nextExpectedRevision).toBe(3n);
    expect(await read(stream)).toEqual([3]);
    await running.restart();
    expect(await read(stream)).toEqual([3]);
  });

  it.each([
    ['that it is not there', esdb.NO_STREAM],
    ['any', esdb.ANY],
    ['its last revision', 1n],
  ] as const)('is appended to where %s is expected', async (_, expectedRevision) => {
    const stream = await aStreamOf(2);
    await running.client.deleteStream(stream, { expectedRevision: 1n });
    await running.client.appendToStream(stream, anEvent(), { expectedRevision });

    expect(await read(stream)).toEqual([2]);
  });

  it('is not appended to where the append begins as the stream once did and goes on otherwise', async () => {
    const stream = aStream();
    const first = anEvent();
    await running.client.appendToStream(stream, [first, anEvent()]);
    await running.client.deleteStream(stream);

    const again = running.client.appendToStream(stream, [first, anEvent()], {
      expectedRevision: esdb.NO_STREAM,
    });
    await expect(again).rejects.toThrow(esdb.WrongExpectedVersionError);
  });

  it('is not one of metadata: those are written anew, and the node goes on', async () => {
    const stream = await aStreamOf(1);
    const metadata = `$$${stream}`;
    const deletions = [
      () => running.client.deleteStream(metadata),
      () => running.client.tombstoneStream(metadata),
    ];
    for (const deletion of deletions) await expect(deletion()).rejects.toThrow('written anew');

    await running.client.setStreamMetadata(stream, { maxCount: 3 });
    await running.client.deleteStream(stream);
    await running.client.appendToStream(stream, anEvent());
  });

  it('is not appended to where it is expected to exist, nor deleted again', async () => {
    const stream = await aStreamOf(2);
    await running.client.deleteStream(stream);

    const expectedRevision = esdb.STREAM_EXISTS;
    const appended = running.client.appendToStream(stream, anEvent(), { expectedRevision });
    await expect(appended).rejects.toThrow(esdb.StreamDeletedError);
    await expect(running.client.deleteStream(stream)).rejects.toThrow(esdb.StreamDeletedError);
  });

  it('is seen again from its next event on when its metadata are written', async () => {
    const stream = await aStreamOf(2);
    await running.client.deleteStream(stream);
    await running.client.setStreamMetadata(stream, { maxCount: 7 });

    expect(await read(stream)).toEqual([]);
    const { metadata } = await running.client.getStreamMetadata(stream);
    expect(metadata).toEqual({ maxCount: 7, truncateBefore: 2 });
    await running.client.appendToStream(stream, anEvent());
    expect(await read(stream)).toEqual([2]);
  });

  it('keeps what its metadata said beside', async () => {
    const stream = await aStreamOf(2);
    await running.client.setStreamMetadata(stream, { maxCount: 5, theme: 'ports' });
    await running.client.deleteStream(stream);
    await running.client.appendToStream(stream, someEvents(2));

    const { metadata } = await running.client.getStreamMetadata(stream);
    expect(metadata).toEqual({ maxCount: 5, theme: 'ports', truncateBefore: 2 });
  });

  it('must have been there, at the expected revision', async () => {
    const stream = await aStreamOf(2, `Häfen-${aStream()}`);
    const early = running.client.deleteStream(stream, { expectedRevision: 0n });
    await expect(early).rejects.toThrow(esdb.WrongExpectedVersionError);

    const none = running.client.deleteStream(aStream());
    await expect(none).rejects.toThrow(esdb.WrongExpectedVersionError);
    expect(await read(stream)).toEqual([0, 1]);
  });
});

describe('a deleted stream that is appended to', () => {
  it('has what makes it seen again laid down before the events', async () => {
    const stream = await aStreamOf(2);
    await running.client.deleteStream(stream);
    const { position } = await running.client.appendToStream(stream, anEvent());
    const at = { direction: esdb.BACKWARDS, fromPosition: esdb.END, maxCount: 2 } as const;
    const streams: string[] = [];
    for await (const { event } of running.client.readAll(at)) streams.push(event?.streamId ?? '');

    expect(streams).toEqual([stream, `$$${stream}`]);
    const [last] = await gathered(running.client.readStream(stream));
    expect(last?.position).toBe(Number(position?.commit));
  });
});

describe('a stream deleted for ever', () => {
  it('can be neither read nor appended to nor deleted, also after a restart', async () => {
    const stream = await aStreamOf(2, `Häfen-${aStream()}`);
    await running.client.tombstoneStream(stream);

    for (const restart of [false, true]) {
      if (restart) await running.restart();
      await expect(read(stream)).rejects.toThrow(esdb.StreamDeletedError);
      for (const expectedRevision of [esdb.ANY, esdb.NO_STREAM, 1n] as const) {
        const appended = running.client.appendToStream(stream, anEvent(), { expectedRevision });
        await expect(appended).rejects.toThrow(esdb.StreamDeletedError);
      }
      await expect(running.client.deleteStream(stream)).rejects.toThrow(esdb.StreamDeletedError);
      const described = running.client.setStreamMetadata(stream, { maxCount: 1 });
      await expect(described).rejects.toThrow(esdb.StreamDeletedError);
      const again = running.client.tombstoneStream(stream);
      await expect(again).rejects.toThrow(esdb.StreamDeletedError);
    }
  });

  it('ends the subscriptions to it', async () => {
    const stream = await aStreamOf(1);
    const subscription = running.client.subscribeToStream(stream).resume();
    await once(subscription, 'caughtUp');
    const ended = once(subscription, 'error');
    await running.client.tombstoneStream(stream);

    expect((await ended)[0]).toBeInstanceOf(esdb.StreamDeletedError);
  });

  it('leaves a last event in the log of all streams', async () => {
    const stream = await aStreamOf(1);
    const { position } = await running.client.tombstoneStream(stream);
    const at = { direction: esdb.BACKWARDS, fromPosition: esdb.END, maxCount: 1 } as const;

    for await (const { event } of running.client.readAll(at)) {
      expect(event).toMatchObject({ streamId: stream, type: '$streamDeleted', position });
    }
  });
});
