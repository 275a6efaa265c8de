import { parseArgs } from 'node:util';
import { eventNodeFull } from './event-node-full.soak.js';
import { eventNodeHostile } from './event-node-hostile.soak.js';
import { eventNodeKills } from './event-node-kills.soak.js';
import { eventNodeLarge } from './event-node-large.soak.js';

export interface SoakRun {
  readonly rounds: number;
  readonly seed: number;
  readonly report: (round: number, finding: string) => void;
}

/** A long campaign: it throws at the first thing that is not as it must be. */
export interface Soak {
  readonly about: string;
  /** Unless said otherwise. */
  readonly rounds: number;
  /** Gives what was found, in a sentence. */
  readonly run: (asked: SoakRun) => Promise<string>;
}

const soaks: Readonly<Record<string, Soak>> = {
  'event-node-kills': eventNodeKills,
  'event-node-full': eventNodeFull,
  'event-node-hostile': eventNodeHostile,
  'event-node-large': eventNodeLarge,
};

const HELP = [
  'Usage: npm run soak -- NAME [--rounds N] [--seed S]',
  '',
  ...Object.entries(soaks).map(
    ([name, { about, rounds }]) => `  ${name.padEnd(20)} ${about} (${String(rounds)} rounds)`,
  ),
].join('\n');

await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      rounds: { type: 'string' },
      seed: { type: 'string' },
      help: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const [name = ''] = positionals;
  const soak = soaks[name];
  if (soak === undefined || positionals.length > 1) wrongUse();
  const rounds = wholeNumber(values.rounds) ?? soak.rounds;
  const seed = wholeNumber(values.seed) ?? Math.floor(Math.random() * 2 ** 32);
  console.log(`${name}: ${String(rounds)} rounds, seed ${String(seed)}`);
  const report = (round: number, finding: string): void => {
    if (round % 10 === 0 || round === rounds) console.log(`  round ${String(round)}: ${finding}`);
  };
  try {
    console.log(await soak.run({ rounds, seed, report }));
  } catch (error) {
    console.error(`FAILED (seed ${String(seed)}): ${String((error as Error).stack)}`);
    process.exitCode = 1;
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,10}$/.test(text)) return Number(text);
  wrongUse();
}

function wrongUse(): never {
  console.error(HELP);
  process.exit(2);
}
