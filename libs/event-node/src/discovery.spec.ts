import { describe, expect, it } from '@jest/globals';
import esdb from '@eventstore/db-client';
import { anEvent, aStream, idsIn, useRunningNode } from './spec-node.contract.js';

const running = useRunningNode();

describe('a client that looks for the members of a cluster', () => {
  it('finds the node as its leader', async () => {
    const client = esdb.EventStoreDBClient.connectionString(
      `esdb+discover://127.0.0.1:${String(running.node.port)}?tls=false`,
    );
    const stream = aStream();
    const event = anEvent();
    await client.appendToStream(stream, event);

    expect(await idsIn(client, stream)).toEqual([event.id]);
    await client.dispose();
  });
});
