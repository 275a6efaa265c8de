import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import esdb from '@eventstore/db-client';
import { startEventNode, type EventNode, type EventNodeOptions } from './event-node.js';

export interface RunningNode {
  readonly folder: string;
  readonly node: EventNode;
  readonly client: esdb.EventStoreDBClient;
  readonly faults: readonly Error[];
  /** Closes the node and opens its folder again, with a client of its own. */
  restart(between?: () => Promise<void> | void): Promise<void>;
}

/** Runs one node for the specs of a file, and the official client connected to it. */
export function useRunningNode(options: Pick<EventNodeOptions, 'allowsDelete'> = {}): RunningNode {
  const faults: Error[] = [];
  let folder = '';
  let node: EventNode;
  let client: esdb.EventStoreDBClient;

  const start = async (): Promise<void> => {
    const onFault = (fault: Error): number => faults.push(fault);
    node = await startEventNode({ security: 'plaintext', ...options, folder, onFault });
    client = esdb.EventStoreDBClient.connectionString(node.connectionString);
  };
  const stop = async (): Promise<void> => {
    await client.dispose();
    await node.close();
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portbook-event-node-'));
    await start();
  });
  afterAll(async () => {
    await stop();
    await rm(folder, { recursive: true });
  });
  return {
    faults,
    get folder() {
      return folder;
    },
    get node() {
      return node;
    },
    get client() {
      return client;
    },
    restart: async (between) => {
      await stop();
      await between?.();
      await start();
    },
  };
}

let streams = 0;

/** A stream that no other spec of the file has used. */
export function aStream(): string {
  streams += 1;
  return `ledger-${String(streams)}`;
}

export function anEvent(data: object = {}): esdb.JSONEventData {
  return esdb.jsonEvent({ type: 'PageWritten', data: { ...data } });
}

export function someEvents(count: number): esdb.JSONEventData[] {
  return Array.from({ length: count }, (_, n) => anEvent({ n }));
}

/** Revision, position and id of each event, in the order in which they come. */
export async function gathered(
  events: AsyncIterable<esdb.ResolvedEvent>,
): Promise<{ revision: number; position: number; id: string }[]> {
  const found: { revision: number; position: number; id: string }[] = [];
  for await (const { event } of events) {
    if (event === undefined) continue;
    const position = Number(event.position?.commit);
    found.push({ revision: Number(event.revision), position, id: event.id });
  }
  return found;
}

export function revisionsOf(events: AsyncIterable<esdb.ResolvedEvent>): Promise<number[]> {
  return gathered(events).then((found) => found.map(({ revision }) => revision));
}

export async function idsIn(client: esdb.EventStoreDBClient, stream: string): Promise<string[]> {
  return (await gathered(client.readStream(stream))).map(({ id }) => id);
}

export function idsOf(events: readonly esdb.JSONEventData[]): string[] {
  return events.map(({ id }) => id);
}
