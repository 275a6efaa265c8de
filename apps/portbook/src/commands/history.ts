import { Command } from 'commander';
import { generateHistory, historyRequestIssues } from '#libs/synthetic-history';
import { canonicalJson } from '#libs/kernel';
import { wrongUse } from '../exit.js';
import { countOption, dayOption } from '../options.js';
import { openSink } from '../output.js';
import { progressReporter } from '../progress.js';

interface GenerateOptions {
  readonly people: number;
  readonly seed: number;
  readonly until?: string;
  readonly out?: string;
}

const PEOPLE_MAX = 2_000_000;
const SEED_MAX = 2 ** 32 - 1;

/** `portbook history generate`: a history of invented people; the same arguments give the same bytes. */
export function historyCommand(): Command {
  return new Command('history').description('make history files').addCommand(
    new Command('generate')
      .description('write the history of invented people; the same arguments give the same bytes')
      .addOption(
        countOption(
          '--people <n>',
          'people first registered by 2003-09-30',
          PEOPLE_MAX,
        ).makeOptionMandatory(),
      )
      .addOption(countOption('--seed <n>', 'seed of the random numbers', SEED_MAX).default(1))
      .addOption(dayOption('--until <day>', 'last day of the history'))
      .option('--out <file>', 'write to this file instead of stdout')
      .action(generate),
  );
}

async function generate({ people, seed, until, out }: GenerateOptions): Promise<void> {
  const request = { people, seed, ...(until !== undefined && { until }) };
  const [issue] = historyRequestIssues(request);
  if (issue) throw wrongUse(`${issue.path} ${issue.problem}.`);
  const sink = await openSink(out);
  const progress = progressReporter('events');
  let lines = 0;
  let batch = '';
  for (const line of generateHistory(request)) {
    batch += `${canonicalJson(line)}\n`;
    lines += 1;
    if (lines % 500 !== 0) continue;
    await sink.write(batch);
    batch = '';
    progress.report(lines);
  }
  await sink.write(batch);
  await sink.end();
  progress.finish(`${lines} events written${out === undefined ? '' : ` to ${out}`}.`);
}
