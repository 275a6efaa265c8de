import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peakMemory, privateMemory, resetPeakMemory } from '../bench/measure.js';
import { type NodeProcess, startNode } from '../bench/node-process.js';
import type { Campaign, CampaignRun } from './campaign.js';
import type { Targets } from './hostile/attack.js';
import { floods } from './hostile/floods.js';
import { requireAnswer } from './hostile/good-request.js';
import { hoards, prepareForHoards } from './hostile/hoards.js';
import { malformed } from './hostile/malformed.js';
import { strangers } from './hostile/strangers.js';
import { seeded } from './random.js';

const light = Object.entries(malformed);
const heavy = Object.entries({ ...hoards, ...floods, ...strangers });
const HEAVY_EVERY = 50;
/** Resident, at any moment, some 60 MB of it the program itself. */
const PEAK_MB_MAX = 300;
/** Private, from half of the campaign to its end: what the node keeps within bounds is full by then. */
const GROWTH_MB_MAX = 60;
/** What is garbage and what is held looks the same, so that the least of the looks at each attack counts. */
const LOOKS = heavy.length;

/**
 * Malformed and hostile requests, and good ones, each on a connection of its own, while the hostile ones are
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
    for (const node of this.#nodes) {
      await requireAnswer(node).catch((cause: unknown) => {
        throw new Error(`No good answer at: ${name}. ${String(cause)}`, { cause });
      });
    }
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

  /** At half of what was done, and now; the same while there is too little to compare. */
  #leasts(): { readonly before: number; readonly after: number } {
    const after = Math.min(...this.#private.slice(-LOOKS));
    const half = this.#private.length >> 1;
    if (half < LOOKS) return { before: after, after };
    return { before: Math.min(...this.#private.slice(half - LOOKS, half)), after };
  }
}
