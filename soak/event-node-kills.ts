import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import esdb from '@eventstore/db-client';
import { type NodeProcess, startNode } from '../bench/node-process.js';
import { seeded } from './random.js';
import type { Campaign } from './campaign.js';

const WAYS = 32;
const STREAMS = 20;
const APPEND_EVENTS_MAX = 5;

/** What one writer knows of the stream that it alone appends to. */
interface Writer {
  readonly stream: string;
  /** The ids of acknowledged events, in order. */
  readonly acknowledged: string[];
  /** Those of the append whose answer did not come. */
  unknown: readonly string[];
}

/**
 * Kills the node at random moments under load, and checks each time that every acknowledged event is there
 * at its revision, that no append is there by half, and that an expected revision still says the truth.
 */
export const eventNodeKills: Campaign = {
  about: 'kill -9 of the event node under 32-way load; every acknowledged event must be there',
  rounds: 200,
  run: async ({ rounds, seed, report }) => {
    const random = seeded(seed);
    const folder = mkdtempSync(join(tmpdir(), 'portbook-kills-'));
    let [acknowledged, undecided] = [0, 0];
    try {
      for (let round = 1; round <= rounds; round += 1) {
        const writers = await killedUnderLoad(folder, { round, random });
        const node = await startNode(folder);
        try {
          undecided += await check(node, writers);
        } finally {
          await node.kill();
        }
        acknowledged += writers.reduce((sum, writer) => sum + writer.acknowledged.length, 0);
        if (round % 10 === 0)
          report(round, `${String(acknowledged)} events acknowledged, all there`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    return `${String(acknowledged)} acknowledged events there; ${String(undecided)} unanswered appends, each whole or absent.`;
  },
};

async function killedUnderLoad(
  folder: string,
  { round, random }: { readonly round: number; readonly random: () => number },
): Promise<readonly Writer[]> {
  const node = await startNode(folder);
  const client = node.connect();
  const writers = Array.from({ length: WAYS }, (_, way): Writer => {
    const stream = `round-${String(round)}-${String(way)}`;
    return { stream, acknowledged: [], unknown: [] };
  });
  const lifeMs = 30 + Math.floor(random() * 600);
  const killed = after(lifeMs).then(() => node.kill());
  await Promise.all(writers.map((writer) => writeUntilBroken(client, writer, random)));
  await killed;
  await client.dispose().catch(() => undefined);
  return writers;
}

async function writeUntilBroken(
  client: esdb.EventStoreDBClient,
  writer: Writer,
  random: () => number,
): Promise<void> {
  for (;;) {
    const count = 1 + Math.floor(random() * APPEND_EVENTS_MAX);
    const events = Array.from({ length: count }, () =>
      esdb.jsonEvent({ type: 'Written', data: { text: 'x'.repeat(200) } }),
    );
    writer.unknown = events.map(({ id }) => id);
    const last = writer.acknowledged.length - 1;
    try {
      await client.appendToStream(writer.stream, events, {
        expectedRevision: last < 0 ? esdb.NO_STREAM : BigInt(last),
      });
    } catch (error) {
      if (error instanceof esdb.WrongExpectedVersionError) throw error;
      return;
    }
    writer.acknowledged.push(...writer.unknown);
    writer.unknown = [];
  }
}

/** Gives how many appends had no answer. Throws where anything is not as it must be. */
async function check(node: NodeProcess, writers: readonly Writer[]): Promise<number> {
  const client = node.connect();
  let undecided = 0;
  for (const writer of writers) {
    const found = await idsIn(client, writer.stream);
    const { acknowledged, unknown, stream } = writer;
    if (unknown.length > 0) undecided += 1;
    const whole = [...acknowledged, ...unknown];
    const expected = found.length === acknowledged.length ? acknowledged : whole;
    if (found.join() !== expected.join()) {
      throw new Error(
        `${stream} holds ${String(found.length)} events: acknowledged were ` +
          `${String(acknowledged.length)}, and ${String(unknown.length)} were on their way.`,
      );
    }
  }
  for (const { stream } of writers.slice(0, STREAMS)) await checkRevision(client, stream);
  await client.dispose();
  return undecided;
}

async function checkRevision(client: esdb.EventStoreDBClient, stream: string): Promise<void> {
  const last = (await idsIn(client, stream)).length - 1;
  const event = esdb.jsonEvent({ type: 'Checked', data: {} });
  const early = client.appendToStream(stream, event, { expectedRevision: BigInt(last + 1) });
  const refused = await early.then(
    () => false,
    (error: unknown) => error instanceof esdb.WrongExpectedVersionError,
  );
  if (!refused) throw new Error(`${stream} took an append at a revision that it has not reached.`);
  const expectedRevision = last < 0 ? esdb.NO_STREAM : BigInt(last);
  await client.appendToStream(stream, event, { expectedRevision });
}

async function idsIn(client: esdb.EventStoreDBClient, stream: string): Promise<string[]> {
  const ids: string[] = [];
  try {
    for await (const { event } of client.readStream(stream)) if (event) ids.push(event.id);
  } catch (error) {
    if (!(error instanceof esdb.StreamNotFoundError)) throw error;
  }
  return ids;
}
