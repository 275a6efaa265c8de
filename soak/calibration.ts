import { generateHistory, PublishedComparison } from '#libs/synthetic-history';
import type { Campaign } from './campaign.js';

const PEOPLE = 177_260;
const PERCENT_OFF_MAX = 1;
const RESIDENT_MB_MAX = 600;
/** For one round; a time on the wall would judge what else the machine does. */
const CPU_SECONDS_MAX = 90;

/**
 * Generates a history of full size and holds it to every figure that was published. What it prints is
 * the table in docs/SYNTHETIC-HISTORY.md.
 */
export const calibration: Campaign = {
  about: 'a history of full size, held to every figure that was published',
  rounds: 1,
  run: ({ rounds, seed }) => {
    const failures: string[] = [];
    for (let round = 0; round < rounds; round += 1) failures.push(...failuresWith(seed + round));
    return failures.length === 0
      ? Promise.resolve('Every published figure is met.')
      : Promise.reject(new Error(failures.join('\n')));
  },
};

function failuresWith(seed: number): readonly string[] {
  const before = process.cpuUsage();
  const comparison = new PublishedComparison(PEOPLE);
  const linesByType = new Map<string, number>();
  for (const line of generateHistory({ people: PEOPLE, seed })) {
    comparison.take(line);
    linesByType.set(line.type, (linesByType.get(line.type) ?? 0) + 1);
  }
  const rows = comparison.rows();
  console.log(`Seed ${seed}:\n`);
  console.log('| as of | figure | published | generated | source |');
  console.log('| --- | --- | ---: | ---: | --- |');
  for (const { asOf, name, expected, isAtLeast, counted, source } of rows) {
    const published = `${isAtLeast ? 'at least ' : ''}${grouped(expected)}`;
    console.log(`| ${asOf} | ${name} | ${published} | ${grouped(counted)} | ${source} |`);
  }
  console.log('\n| type | events |');
  console.log('| --- | ---: |');
  for (const [type, lines] of [...linesByType].sort())
    console.log(`| ${type} | ${grouped(lines)} |`);
  const userSeconds = process.cpuUsage(before).user / 1e6;
  const residentMb = process.resourceUsage().maxRSS / 1000;
  console.log(`\n${Math.round(userSeconds)} s of user CPU, ${Math.round(residentMb)} MB so far.\n`);
  const bounds = [
    ...(userSeconds > CPU_SECONDS_MAX ? [`It took ${Math.round(userSeconds)} s of CPU.`] : []),
    ...(residentMb > RESIDENT_MB_MAX ? [`It took ${Math.round(residentMb)} MB of memory.`] : []),
  ];
  const missed = rows
    .filter(({ counted, expected }) => percentOff(counted, expected) > PERCENT_OFF_MAX)
    .map(
      ({ asOf, name, counted, expected }) =>
        `${name} by ${asOf} comes to ${counted}, and ${expected} was published.`,
    );
  return [...missed, ...bounds];
}

function percentOff(counted: number, expected: number): number {
  return (100 * Math.abs(counted - expected)) / expected;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
