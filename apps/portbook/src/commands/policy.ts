import { Command, Option } from 'commander';
import {
  enactedTimeline,
  foldPolicy,
  policyKnownAt,
  policyOverview,
  type PolicyRecord,
} from '#libs/policy';
import { dayOption, instantOption } from '../options.js';
import { print, printJson, table } from '../output.js';

interface PolicyOptions {
  readonly on?: string;
  readonly knownAt?: string;
  readonly policy?: string;
  readonly format: 'table' | 'json';
}

/** `portbook policy`: the timeline, or what is in force on a day; needs no server. */
export function policyCommand(): Command {
  return new Command('policy')
    .description('the enacted timeline, or what of it is in force on a day')
    .addOption(dayOption('--on <day>', 'what is in force on that day'))
    .addOption(instantOption('--known-at <instant>', 'as it was known at that instant'))
    .option(
      '--policy <file>',
      'this policy instead of the shipped timeline (policy or history file)',
    )
    .addOption(new Option('--format <format>').choices(['table', 'json']).default('table'))
    .action(show);
}

async function show({ on, knownAt, policy: file, format }: PolicyOptions): Promise<void> {
  const records = file === undefined ? enactedTimeline : await policyIn(file);
  const whole = foldPolicy(records);
  const policy = knownAt === undefined ? whole : policyKnownAt(whole, knownAt);
  if (on !== undefined) {
    await printJson(policyOverview(policy, on));
    return;
  }
  if (format === 'json') {
    await printJson({ policyHash: policy.hash, events: policy.records });
    return;
  }
  const rows = policy.records.map(rowOf);
  await print(table([['effective', 'ref', 'citation', 'verified', 'title'], ...rows]));
}

function rowOf({ effectiveOn, ref, citation, verified, title }: PolicyRecord): readonly string[] {
  return [effectiveOn, ref, citation, verified ? 'yes' : 'no', title];
}

/** Reading history files brings the event log's client along, which nothing else here needs. */
async function policyIn(file: string): Promise<readonly PolicyRecord[]> {
  const { policyFromFile } = await import('../history-source.js');
  return policyFromFile(file);
}
