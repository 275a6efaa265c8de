import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import esdb from '@eventstore/db-client';
import { type NodeProcess, startNode, startNodeUnder } from '../bench/node-process.js';
import { seeded } from './random.js';
import type { Campaign } from './campaign.js';

const DISK_BYTES = 16 * 1024 * 1024;
const BALLAST_BYTES = 4 * 1024 * 1024;

/** Fills a small disk: the node must say so and stop accepting, and lose nothing that it acknowledged. */
export const eventNodeFull: Campaign = {
  about: 'a full disk (a small tmpfs; not as root, files that may not grow); nothing may be lost',
  rounds: 20,
  run: async ({ rounds, seed, report }) => {
    const random = seeded(seed);
    const filled = process.getuid?.() === 0 ? filledDisk : filledFiles;
    let acknowledged = 0;
    for (let round = 1; round <= rounds; round += 1) {
      const work = mkdtempSync(join(tmpdir(), 'portbook-full-'));
      try {
        acknowledged += await filled(work, DISK_BYTES + Math.floor(random() * DISK_BYTES));
      } finally {
        rmSync(work, { recursive: true });
      }
      report(round, `${String(acknowledged)} events acknowledged, all there`);
    }
    return `${String(acknowledged)} acknowledged events there after ${String(rounds)} full disks.`;
  },
};

async function filledDisk(disk: string, bytes: number): Promise<number> {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(bytes)}`, 'tmpfs', disk]);
  try {
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(BALLAST_BYTES));
    const folder = join(disk, 'events');
    const acknowledged = await untilFull(await startNode(folder));
    // Room is made, as an operator would, and the node started again.
    unlinkSync(ballast);
    return await startedAgain(folder, acknowledged);
  } finally {
    execFileSync('umount', [disk]);
  }
}

/** Mounting is not allowed: the writes fail likewise, at a limit of the shell, in blocks of 512 bytes. */
async function filledFiles(folder: string, bytes: number): Promise<number> {
  const limit = `trap '' XFSZ; ulimit -f ${String(bytes >> 9)}; exec "$0" "$@"`;
  const acknowledged = await untilFull(await startNodeUnder(['sh', '-c', limit], folder));
  return startedAgain(folder, acknowledged);
}

/** Gives how many events were acknowledged and are there. */
async function startedAgain(
  folder: string,
  acknowledged: ReadonlyMap<string, number>,
): Promise<number> {
  const node = await startNode(folder);
  try {
    await check(node, acknowledged);
  } finally {
    await node.stop();
  }
  return [...acknowledged.values()].reduce((sum, count) => sum + count, 0);
}

/** Appends until the node accepts nothing more, and gives how many events each stream has. */
async function untilFull(node: NodeProcess): Promise<Map<string, number>> {
  const client = node.connect();
  const acknowledged = new Map<string, number>();
  const one = async (way: number): Promise<void> => {
    const stream = `full-${String(way)}`;
    for (let count = 0; ; count += 1) {
      const event = esdb.jsonEvent({ type: 'Filled', data: { text: 'x'.repeat(20_000) } });
      const expectedRevision = count === 0 ? esdb.NO_STREAM : BigInt(count - 1);
      try {
        await client.appendToStream(stream, event, { expectedRevision });
      } catch (error) {
        if (!(error instanceof esdb.UnavailableError)) throw error;
        return;
      }
      acknowledged.set(stream, count + 1);
    }
  };
  await Promise.all(Array.from({ length: 32 }, (_, way) => one(way)));
  await client.dispose();
  // A node that accepts nothing more stops by itself; if not, it is stopped here.
  await node.stop();
  return acknowledged;
}

async function check(node: NodeProcess, acknowledged: ReadonlyMap<string, number>): Promise<void> {
  const client = node.connect();
  for (const [stream, count] of acknowledged) {
    let found = 0;
    for await (const { event } of client.readStream(stream)) {
      if (Number(event?.revision) !== found) throw new Error(`${stream} has a gap.`);
      found += 1;
    }
    // The one append that had no answer may be there.
    if (found !== count && found !== count + 1) {
      throw new Error(`${stream} holds ${String(found)} of ${String(count)} acknowledged events.`);
    }
    const event = esdb.jsonEvent({ type: 'Checked', data: {} });
    await client.appendToStream(stream, event, { expectedRevision: BigInt(found - 1) });
  }
  await client.dispose();
}
