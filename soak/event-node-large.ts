import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import esdb from '@eventstore/db-client';
import { privateMemory } from '../bench/measure.js';
import { type NodeProcess, startNode } from '../bench/node-process.js';
import type { Campaign } from './campaign.js';

const BATCH = 500;
const BATCHES_A_ROUND = 200;
const OPEN_MS_MAX = 1_000;
const PRIVATE_MB_MAX = 300;
const APPENDS = 20_000;

/** Fills a log, opens it again, reads it whole and appends to it, and looks at time and memory. */
export const eventNodeLarge: Campaign = {
  about: 'a log of 100,000 events a round: opened in under 1 s, under 300 MB private memory',
  rounds: 30,
  run: async ({ rounds, report }) => {
    const folder = mkdtempSync(join(tmpdir(), 'portbook-large-'));
    try {
      await fill(folder, rounds, report);
      const began = performance.now();
      const node = await startNode(folder);
      const openMs = performance.now() - began;
      const peak = await worked(node, rounds * BATCHES_A_ROUND * BATCH);
      await node.stop();
      const found =
        `${String(rounds * BATCHES_A_ROUND * BATCH)} events: process started and log opened in ` +
        `${openMs.toFixed(0)} ms, at most ${peak.toFixed(0)} MB private memory.`;
      if (openMs > OPEN_MS_MAX || peak > PRIVATE_MB_MAX) throw new Error(found);
      return found;
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function fill(
  folder: string,
  rounds: number,
  report: (round: number, finding: string) => void,
): Promise<void> {
  const node = await startNode(folder);
  const client = node.connect();
  for (let round = 1; round <= rounds; round += 1) {
    for (let batch = 0; batch < BATCHES_A_ROUND; batch += 1) {
      // Streams of five events, as registrants have them, and some long ones.
      const stream = `large-${String(round)}-${String(batch % 100)}`;
      await client.appendToStream(stream, someEvents(BATCH));
    }
    report(round, `${privateMemory(node.pid).toFixed(0)} MB private memory`);
  }
  await client.dispose();
  await node.stop();
}

/** Reads everything and appends 32 ways; gives the most private memory seen, in megabytes. */
async function worked(node: NodeProcess, events: number): Promise<number> {
  const client = node.connect();
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, privateMemory(node.pid));
  }, 100);
  try {
    let count = 0;
    for await (const { event } of client.readAll()) if (event) count += 1;
    if (count !== events) throw new Error(`${String(count)} events read of ${String(events)}`);
    let left = APPENDS;
    const one = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await client.appendToStream(`appended-${String(left)}`, someEvents(1));
      }
    };
    await Promise.all(Array.from({ length: 32 }, one));
  } finally {
    clearInterval(look);
    await client.dispose();
  }
  return peak;
}

function someEvents(count: number): esdb.JSONEventData[] {
  const data = { text: 'x'.repeat(400) };
  return Array.from({ length: count }, () => esdb.jsonEvent({ type: 'Written', data }));
}
