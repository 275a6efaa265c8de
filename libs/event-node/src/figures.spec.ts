import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import esdb from '@eventstore/db-client';
import { type EventNode, startEventNode } from './event-node.js';
import type { Written } from './log-storage.js';
import { aStream, someEvents } from './spec-node.contract.js';

describe('what a node tells of itself', () => {
  const commits: Written[] = [];
  let folder: string;
  let node: EventNode;
  let client: esdb.EventStoreDBClient;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portbook-figures-'));
    const onWritten = (written: Written): number => commits.push(written);
    node = await startEventNode({ security: 'plaintext', folder, onWritten });
    client = esdb.EventStoreDBClient.connectionString(node.connectionString);
  });

  afterAll(async () => {
    await client.dispose();
    await node.close();
    await rm(folder, { recursive: true });
  });

  it('is each commit, with what it laid down and how long that took', async () => {
    await client.appendToStream(aStream(), someEvents(3));
    await client.appendToStream(aStream(), someEvents(2));
    const again = someEvents(1);
    const stream = aStream();
    for (let times = 0; times < 2; times += 1) {
      await client.appendToStream(stream, again, { expectedRevision: 'no_stream' });
    }

    expect(commits.map(({ appends, events }) => ({ appends, events }))).toEqual([
      { appends: 1, events: 3 },
      { appends: 1, events: 2 },
      { appends: 1, events: 1 },
    ]);
    for (const { bytes, seconds } of commits) {
      expect(bytes).toBeGreaterThan(100);
      expect(seconds).toBeGreaterThan(0);
    }
    expect(node.figures()).toMatchObject({ lastPosition: 6 });
  });

  it('is what is open on it, as of now', async () => {
    const { openCalls } = node.figures();
    const subscription = client.subscribeToAll();
    await once(subscription.resume(), 'confirmation');

    expect(node.figures()).toMatchObject({
      ...{ openConnections: 1, openSubscriptions: 1, openCalls: openCalls + 1 },
    });
    await subscription.unsubscribe();
    while (node.figures().openSubscriptions > 0) await new Promise(setImmediate);

    expect(node.figures()).toMatchObject({ openCalls });
  });
});
