import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import esdb from '@eventstore/db-client';
import { startEventNode, type EventNode } from './index.js';

let folder: string;
let node: EventNode;
let client: esdb.EventStoreDBClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'event-node-'));
  node = await startEventNode({ folder });
  client = esdb.EventStoreDBClient.connectionString(node.connectionString);
});

afterAll(async () => {
  await client.dispose();
  await node.close();
  await rm(folder, { recursive: true });
});

describe('smoke', () => {
  it('appends and reads', async () => {
    const events = [1, 2, 3].map((n) => esdb.jsonEvent({ type: 'T', data: { n } }));
    const r = await client.appendToStream('süß-1', events, { expectedRevision: 'no_stream' });
    expect(r.nextExpectedRevision).toBe(2n);
    expect(r.position).toEqual({ commit: 3n, prepare: 3n });
    const read = [];
    for await (const e of client.readStream('süß-1', {
      direction: 'backwards',
      fromRevision: 'end',
    }))
      read.push(e.event?.data);
    expect(read).toEqual([{ n: 3 }, { n: 2 }, { n: 1 }]);
    const all = [];
    for await (const e of client.readAll())
      all.push([
        e.event?.streamId,
        e.event?.revision,
        e.event?.position?.commit,
        e.event?.created.getFullYear(),
      ]);
    expect(all).toEqual([
      ['süß-1', 0n, 1n, true],
      ['süß-1', 1n, 2n, true],
      ['süß-1', 2n, 3n, true],
    ]);
  });
});
