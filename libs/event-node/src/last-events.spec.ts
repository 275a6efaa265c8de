import { mkdtemp, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import esdb from '@eventstore/db-client';
import { parseUuid } from './event-id.js';
import { Journal } from './journal.js';
import { openLogStorage } from './log-storage.js';
import type { ProposedEvent } from './proposed-event.js';
import { ReadService } from './read-call.js';
import { GrpcServer } from './server.js';
import type { EventStorage } from './storage.js';

/*
 * What comes in one commit is given to the journal directly: over the protocol it could not be told
 * whether it does.
 */
let folder: string;
let storage: EventStorage;
let journal: Journal;
let server: GrpcServer;
let client: esdb.EventStoreDBClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portbook-last-events-'));
  storage = await openLogStorage({ folder });
  const now = (): number => Date.now();
  const onFault = (): void => undefined;
  journal = new Journal({ storage, now, onFault });
  const reads = new ReadService({ journal, storage, now });
  const path = '/event_store.client.streams.Streams/Read';
  server = new GrpcServer({ handlers: new Map([[path, (call) => reads.serve(call)]]), onFault });
  const { port } = await server.listen(0, '127.0.0.1');
  client = esdb.EventStoreDBClient.connectionString(`esdb://127.0.0.1:${String(port)}?tls=false`);
});
afterAll(async () => {
  await client.dispose();
  await server.close();
  await storage.close();
  await rm(folder, { recursive: true });
});

function anEvent(): ProposedEvent {
  const id = parseUuid(randomUUID()) ?? Buffer.alloc(16);
  const nothing = Buffer.alloc(0);
  return { id, type: 'T', contentType: 'text/plain', metadata: nothing, data: nothing };
}

describe('a subscription to a stream that is deleted for ever', () => {
  it.each([0, 1, 300])(
    'is given the %d events that were appended right before, and then ends',
    async (count) => {
      const stream = `ledger-${String(count)}`;
      await journal.append({ stream, expected: 'any', events: [anEvent()] });
      const seen: number[] = [];
      const subscription = client.subscribeToStream(stream);
      subscription.on('data', ({ event }) => seen.push(Number(event?.revision)));
      await once(subscription, 'caughtUp');
      const ended = once(subscription, 'error');
      const events = Array.from({ length: count }, anEvent);
      await Promise.all([
        journal.append({ stream, expected: 'any', events }),
        journal.delete({ stream, expected: 'any', isForEver: true }),
      ]);

      expect((await ended)[0]).toBeInstanceOf(esdb.StreamDeletedError);
      expect(seen).toEqual(Array.from({ length: count + 1 }, (_, revision) => revision));
    },
  );
});
