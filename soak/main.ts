import { parseArgs } from 'node:util';
import { calibration } from './calibration.js';
import type { Campaign } from './campaign.js';
import { eventNodeDurability } from './event-node-durability.js';
import { eventNodeFull } from './event-node-full.js';
import { eventNodeHostile } from './event-node-hostile.js';
import { eventNodeKills } from './event-node-kills.js';
import { eventNodeLarge } from './event-node-large.js';
import { kills } from './kills.js';

/** The long campaigns, by name: what takes too long for every commit. */
const campaigns: Readonly<Record<string, Campaign>> = {
  calibration,
  kills,
  'event-node-kills': eventNodeKills,
  'event-node-full': eventNodeFull,
  'event-node-durability': eventNodeDurability,
  'event-node-hostile': eventNodeHostile,
  'event-node-large': eventNodeLarge,
};

const WRONG_USE = 2;
const SEED_MAX = 2 ** 32 - 1;

const help = [
  'npm run soak -- NAME [--rounds N] [--seed S], with NAME one of:',
  ...Object.entries(campaigns).map(
    ([name, { about, rounds }]) => `  ${name.padEnd(20)} ${about} (${rounds} rounds)`,
  ),
].join('\n');

await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const [name = ''] = positionals;
  const campaign = campaigns[name];
  const rounds = Number(values.rounds ?? campaign?.rounds);
  const seed = Number(values.seed);
  if (!campaign || positionals.length > 1 || !isCount(rounds) || !isCount(seed)) {
    console.error(help);
    process.exitCode = WRONG_USE;
    return;
  }
  console.log(`${name}: ${rounds} rounds, seed ${seed}`);
  const report = (round: number, finding: string): void => {
    console.log(`  round ${round}: ${finding}`);
  };
  try {
    console.log(await campaign.run({ rounds, seed, report }));
  } catch (error) {
    console.error(`${name} failed with seed ${seed}: ${(error as Error).stack}`);
    process.exitCode = 1;
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= SEED_MAX;
}
