import { parseArgs } from 'node:util';
import { calibration } from './calibration.js';
import type { Campaign } from './campaign.js';

/** The long campaigns, by name: what takes too long for every commit. */
const campaigns: Readonly<Record<string, Campaign>> = { calibration };

const WRONG_USE = 2;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});
const [name = ''] = positionals;
const campaign = campaigns[name];
const rounds = Number(values.rounds);
const seed = Number(values.seed);

if (!campaign || !Number.isSafeInteger(rounds) || !Number.isSafeInteger(seed)) {
  console.error('npm run soak -- NAME [--rounds N] [--seed S], with NAME one of:');
  for (const each of Object.keys(campaigns)) console.error(`  ${each}`);
  process.exitCode = WRONG_USE;
} else {
  let failures = 0;
  for (let round = 0; round < rounds; round += 1) {
    const found = campaign(seed + round);
    for (const failure of found) console.error(failure);
    failures += found.length;
  }
  console.log(failures === 0 ? `${name} passed.` : `${name} failed in ${failures} ways.`);
  if (failures > 0) process.exitCode = 1;
}
