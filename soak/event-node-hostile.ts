import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import esdb from '@eventstore/db-client';
import { peakMemory, privateMemory, resetPeakMemory } from '../bench/measure.js';
import { type NodeProcess, startNode } from '../bench/node-process.js';
import type { Campaign, CampaignRun } from './campaign.js';
import type { Targets } from './hostile/attack.js';
import { floods } from './hostile/floods.js';
import { hoards, prepareForHoards } from './hostile/hoards.js';
import { malformed } from './hostile/malformed.js';
import { strangers } from './hostile/strangers.js';
import { seeded } from './random.js';

const light = Object.entries(malformed);
const heavy = Object.entries({ ...hoards, ...floods, ...strangers });
const HEAVY_EVERY = 50;
const ANSWER_MS_MAX = 10_000;
/** Resident, at any moment, some 60 MB of it the program itself. */
const PEAK_MB_MAX = 300;
/** Private, from when everything had been tried once to the end. */
const GROWTH_MB_MAX = 60;
/** What is garbage and what is held looks the same, so that the least of many looks counts. */
const LOOKS = 10;
const LOOKS_BEFORE = heavy.length;

/**
 * Malformed and hostile requests, and good ones, each by a client of its own, while the hostile ones are
 * still under way: no crash, memory within bounds at any moment, no growth, and every good one answered.
 */
export const eventNodeHostile: Campaign = {
  about: 'malformed and hostile requests; the node must stay up, small, and answer good ones',
  rounds: 10_000,
  run: async (asked) => {
    const folder = mkdtempSync(join(tmpdir(), 'portbook-hostile-'));
    const nodes: NodeProcess[] = [];
    try {
      const open = await startNode(join(folder, 'open'));
      nodes.push(open);
      const closed = await startNode(join(folder, 'closed'), join(folder, 'keys'));
      nodes.push(closed);
      await prepareForHoards(open);
      return await attacked({ open, closed }, asked);
    } finally {
      for (const node of nodes) await node.stop();
      rmSync(folder, { recursive: true });
    }
  },
};

async function attacked(targets: Targets, { rounds, seed, report }: CampaignRun): Promise<string> {
  const random = seeded(seed);
  const watched = new Watched(targets);
  const first = Math.floor(random() * heavy.length);
  for (let round = 1; round <= rounds; round += 1) {
    const isHeavy = round % HEAVY_EVERY === 0;
    const at = isHeavy ? first + round / HEAVY_EVERY : Math.floor(random() * light.length);
    const [name, attack] = (isHeavy ? heavy[at % heavy.length] : light[at]) ?? [];
    if (name === undefined || attack === undefined) throw new Error('There is no such attack.');
    const letGo = await attack(targets, random);
    watched.requireAlive(name);
    if (isHeavy) await watched.look(name);
    letGo();
    if (round % (HEAVY_EVERY * heavy.length) === 0) report(round, watched.found);
  }
  watched.requireNoGrowth();
  return `${String(rounds)} hostile requests; ${watched.found}.`;
}

class Watched {
  readonly #nodes: readonly NodeProcess[];
  readonly #private: number[] = [];
  #peak = { megabytes: 0, name: 'nothing' };
  #slowest = { milliseconds: 0, name: 'nothing' };

  constructor({ open, closed }: Targets) {
    this.#nodes = [open, closed];
  }

  get found(): string {
    const { megabytes, name } = this.#peak;
    const { milliseconds, name: slowing } = this.#slowest;
    return (
      `at most ${megabytes.toFixed(0)} MB resident (${name}), a good request answered ` +
      `in at most ${milliseconds.toFixed(0)} ms (${slowing}), private memory ${this.#growth()}`
    );
  }

  requireAlive(name: string): void {
    const isGone = this.#nodes.some(
      ({ child }) => child.exitCode !== null || child.signalCode !== null,
    );
    if (isGone) throw new Error(`The node ended at: ${name}.`);
  }

  /** While the attack is under way. */
  async look(name: string): Promise<void> {
    const began = performance.now();
    // One after the other: the client fails what another client of its process awaits when it is disposed of.
    for (const node of this.#nodes) await answered(node, name);
    const milliseconds = performance.now() - began;
    if (milliseconds > this.#slowest.milliseconds) this.#slowest = { milliseconds, name };
    for (const { pid } of this.#nodes) {
      const megabytes = peakMemory(pid);
      resetPeakMemory(pid);
      if (megabytes > this.#peak.megabytes) this.#peak = { megabytes, name };
    }
    if (this.#peak.megabytes > PEAK_MB_MAX) {
      throw new Error(`The node took ${this.#peak.megabytes.toFixed(0)} MB at: ${name}.`);
    }
    this.#private.push(this.#nodes.reduce((sum, { pid }) => sum + privateMemory(pid), 0));
  }

  requireNoGrowth(): void {
    const { before, after } = this.#leasts();
    if (after - before > GROWTH_MB_MAX) throw new Error(`Private memory grew ${this.#growth()}.`);
  }

  #growth(): string {
    const { before, after } = this.#leasts();
    return `from ${before.toFixed(0)} to ${after.toFixed(0)} MB`;
  }

  /** Once everything was tried, and now; the same while there are too few looks to compare. */
  #leasts(): { readonly before: number; readonly after: number } {
    const after = Math.min(...this.#private.slice(-LOOKS));
    if (this.#private.length < LOOKS_BEFORE + 2 * LOOKS) return { before: after, after };
    const before = Math.min(...this.#private.slice(LOOKS_BEFORE, LOOKS_BEFORE + LOOKS));
    return { before, after };
  }
}

/** An append and its reading, by a client of its own. */
async function answered(node: NodeProcess, name: string): Promise<void> {
  const client = node.connect();
  const event = esdb.jsonEvent({ type: 'Good', data: { name } });
  const stream = `good-${event.id}`;
  const good = async (): Promise<boolean> => {
    await client.appendToStream(stream, event);
    for await (const { event: read } of client.readStream(stream)) {
      if (read?.id !== event.id) throw new Error(`A good request got a wrong answer at: ${name}.`);
    }
    return true;
  };
  try {
    const late = new AbortController();
    const isAnswered = await Promise.race([
      good(),
      after(ANSWER_MS_MAX, false, { signal: late.signal }),
    ]);
    late.abort();
    if (!isAnswered) throw new Error(`No good request was answered at: ${name}.`);
  } finally {
    await client.dispose().catch(() => undefined);
  }
}
