import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import esdb from '@eventstore/db-client';
import { type NodeProcess, startNodeUnder } from '../bench/node-process.js';
import type { Campaign } from './campaign.js';
import { requireDurable } from './durability.js';
import { STRACE } from './traced-calls.js';

const WAYS = 32;
const APPENDS_A_WAY = 4;
/** The client appends by BatchAppend, but for calls with credentials, for which it has Append. */
const METHODS = [undefined, { username: 'any', password: 'any' }];

/** Appends under strace, and holds the order of the system calls to what durability asks for. */
export const eventNodeDurability: Campaign = {
  about: 'strace of the event node; nothing may be acknowledged before its sync has returned',
  rounds: 5,
  run: async ({ rounds, report }) => {
    requireStrace();
    let acknowledged = 0;
    for (let round = 1; round <= rounds; round += 1) {
      const work = mkdtempSync(join(tmpdir(), 'portbook-durability-'));
      try {
        acknowledged += await traced(work);
      } finally {
        rmSync(work, { recursive: true });
      }
      report(round, `${String(acknowledged)} events, none acknowledged before its sync`);
    }
    return `${String(acknowledged)} events, none acknowledged before its sync had returned.`;
  },
};

function requireStrace(): void {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' });
  } catch {
    throw new Error('strace is not there, or may not run. Install it: apt-get install strace');
  }
}

async function traced(work: string): Promise<number> {
  const folder = join(work, 'events');
  mkdirSync(folder);
  const first = join(work, 'first.trace');
  const node = await startNodeUnder([...STRACE, '-o', first], folder);
  const positions = await appended(node);
  await ended(node);
  requireDurable(readFileSync(first, 'utf8'), positions);

  // As after a power cut: the index is to be made anew, and the end of the log is torn.
  for (const name of readdirSync(folder)) {
    if (name.startsWith('index.mdb')) rmSync(join(folder, name));
    if (name.endsWith('.pbl')) appendFileSync(join(folder, name), 'PBL1 and no more');
  }
  const second = join(work, 'second.trace');
  await ended(await startNodeUnder([...STRACE, '-o', second], folder));
  const trace = readFileSync(second, 'utf8');
  if (!trace.includes('ftruncate(')) throw new Error('The torn end was not cut.');
  requireDurable(trace, []);
  return positions.length;
}

/** One after another, then many ways, by both methods; gives the positions that were acknowledged. */
async function appended(node: NodeProcess): Promise<number[]> {
  const client = node.connect();
  const positions: number[] = [];
  const way = async (number: number, credentials = METHODS[number % 2]): Promise<void> => {
    for (let count = 0; count < APPENDS_A_WAY; count += 1) {
      const event = esdb.jsonEvent({ type: 'Traced', data: { count } });
      const options = credentials && { credentials };
      const { position } = await client.appendToStream(`way-${String(number)}`, event, options);
      positions.push(Number(position?.commit));
    }
  };
  await way(0);
  await way(1);
  await Promise.all(Array.from({ length: WAYS }, (_, number) => way(number + 2)));
  await client.dispose();
  return positions;
}

/** Left by its parent, the node ends by itself, and strace after it with all that it saw. */
async function ended({ child }: NodeProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.disconnect();
  await gone;
}
