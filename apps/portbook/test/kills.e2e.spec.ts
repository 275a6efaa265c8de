import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connectEventLog, openRegistrantKeysReadOnly } from '#libs/event-log';
import { startEventNode } from '#libs/event-node';
import type { RecordedEvent } from '#libs/kernel';
import { foldInto, readLmdbViews } from '#libs/view-store';
import { registrantFile, type RegistrantView } from '#projections/registrant-file';
import { eventTables } from '#libs/command-handling';
import { arrivalOf, keyOf } from './people.js';
import { System } from './system.js';

const system = new System({ PORTBOOK_SEED: 'timeline', PORTBOOK_TODAY: '2003-11-20' });
/** By command id: the event that was acknowledged. */
const acknowledged = new Map<string, string>();

interface Accepted {
  readonly position: string;
  readonly events: readonly { readonly id: string }[];
}

/** Sends until an answer comes, as a client does that was cut off: the same key and body again. */
async function registerForSure(nth: number): Promise<number> {
  for (;;) {
    try {
      const { status, body } = await system.ask<Accepted>(
        'POST',
        '/api/commands/register-arrival',
        {
          body: arrivalOf(nth),
          headers: { 'idempotency-key': keyOf(nth) },
        },
      );
      const [event] = status === 201 || status === 200 ? body.events : [];
      if (event) {
        acknowledged.set(keyOf(nth), event.id);
        return status;
      }
      if (status !== 503) throw new Error(`Refused with ${status}.`);
    } catch (error) {
      // Node's own errors are of another realm than the spec's, so that instanceof does not know them.
      const { name } = error as Error;
      if (name !== 'TypeError' && name !== 'SyntaxError') throw error;
    }
    await wait(20);
  }
}

/** Sends the bodies of these people over so many connections at once. */
async function registerAll(people: readonly number[], connections: number): Promise<void> {
  const left = [...people];
  const connection = async (): Promise<void> => {
    for (let nth = left.shift(); nth !== undefined; nth = left.shift()) await registerForSure(nth);
  };
  await Promise.all(Array.from({ length: connections }, connection));
}

async function allEvents(events: AsyncIterable<RecordedEvent>): Promise<readonly RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const people = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => from + at);

beforeAll(async () => {
  await system.start();
}, 60_000);

afterAll(async () => {
  await system.remove();
}, 20_000);

describe('the real processes under load', () => {
  it('record 2,000 arrivals sent over 64 connections, a tenth of them twice, once each', async () => {
    const sent = people(0, 1_800).flatMap((nth) => (nth % 9 === 0 ? [nth, nth] : [nth]));
    expect(sent).toHaveLength(2_000);
    await registerAll(sent, 64);
    expect(acknowledged.size).toBe(1_800);
  }, 60_000);

  it('lose and double nothing when each process in turn is killed during commands', async () => {
    const sending = registerAll(people(10_000, 10_300), 8);
    for (const name of ['event-node', 'projector', 'api']) await system.kill(name);
    await sending;
    expect(acknowledged.size).toBe(2_100);
    const { status, body } = await system.ask<Accepted>('POST', '/api/commands/register-arrival', {
      body: arrivalOf(20_000),
      headers: { 'idempotency-key': keyOf(20_000) },
    });
    expect(status).toBe(201);
    acknowledged.set(keyOf(20_000), body.events[0]?.id ?? '');
    const { registrantId } = arrivalOf(20_000);
    const path = `/api/registrants/${registrantId}?atLeast=${body.position}`;
    expect((await system.ask('GET', path)).status).toBe(200);
    expect(await system.stop()).toBe(0);
    await expectEachOnceAndViewsAsReplayed();
  }, 60_000);
});

async function expectEachOnceAndViewsAsReplayed(): Promise<void> {
  const node = await startEventNode({
    folder: join(system.dataDir, 'events'),
    security: 'plaintext',
  });
  const keys = openRegistrantKeysReadOnly(join(system.dataDir, 'keys'));
  const log = connectEventLog({
    connectionString: node.connectionString,
    tables: eventTables,
    keys,
  });
  const views = readLmdbViews(join(system.dataDir, 'views'));
  try {
    const events = await allEvents(log.readAll());
    const arrivals = events.filter(({ type }) => type === 'ArrivalRegistered');
    expect(new Map(arrivals.map(({ id, metadata }) => [metadata.commandId, id]))).toEqual(
      acknowledged,
    );
    expect(arrivals).toHaveLength(acknowledged.size);
    const replayed = replayedFromZero(events);
    const stored = await views.getMany(registrantFile, [...replayed.keys()]);
    expect(stored.size).toBe(acknowledged.size);
    expect(await views.count(registrantFile)).toBe(acknowledged.size);
    for (const [id, document] of replayed) expect(stored.get(id)).toEqual(document);
  } finally {
    await Promise.all([views.close(), log.close(), keys.close()]);
    await node.close();
  }
}

function replayedFromZero(events: readonly RecordedEvent[]): ReadonlyMap<string, RegistrantView> {
  const documents = new Map<string, RegistrantView>();
  for (const event of events) {
    for (const id of registrantFile.concerns(event)) {
      const document = foldInto(registrantFile, { id, view: documents.get(id) }, event);
      if (document) documents.set(id, document);
    }
  }
  return documents;
}
