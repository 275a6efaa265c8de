import { Command, Option } from 'commander';
import {
  type ClericalEntry,
  enactedPolicy,
  isClerical,
  type Policy,
  policyKnownAt,
  policyOverview,
  type PolicyRecord,
} from '#libs/policy';
import { wrongUse } from '../exit.js';
import { dayOption, knownAtOption, momentOf } from '../options.js';
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
    .addOption(knownAtOption())
    .option(
      '--policy <file>',
      'this policy instead of the shipped timeline (policy or history file)',
    )
    .addOption(new Option('--format <format>').choices(['table', 'json']).default('table'))
    .action(show);
}

async function show(options: PolicyOptions): Promise<void> {
  const { on, format } = options;
  const policy = await policyOf(options);
  if (on !== undefined) {
    await printJson(policyOverview(policy, on));
    return;
  }
  if (format === 'json') {
    const clerical = policy.log.filter(isClerical);
    await printJson({ policyHash: policy.hash, events: policy.records, clerical });
    return;
  }
  const rows = policy.records.map(rowOf);
  const timeline = table([['effective', 'ref', 'citation', 'verified', 'title'], ...rows]);
  const slips = policy.log.filter(isClerical).map(slipText);
  await print([timeline, ...(slips.length > 0 ? ['', ...slips] : [])].join('\n'));
}

/** The timeline shows the records as they read now; what became of them stands below it. */
function slipText({ type, ref, known, reason }: ClericalEntry): string {
  const what = type === 'PolicyRecordCorrected' ? 'Corrected' : 'Rescinded';
  return `${what}, ${known}: ${ref}. ${reason}`;
}

function rowOf({ effectiveOn, ref, citation, verified, title }: PolicyRecord): readonly string[] {
  return [effectiveOn, ref, citation, verified ? 'yes' : 'no', title];
}

async function policyOf(options: PolicyOptions): Promise<Policy> {
  const knownAt = momentOf(options);
  if (options.policy !== undefined) {
    // Reading history files brings the event log's client along, which nothing else here needs.
    const { policyAtMomentFrom } = await import('../history-source.js');
    const { whole, asKnown } = await policyAtMomentFrom(options.policy, knownAt);
    return asKnown(whole);
  }
  if (knownAt?.kind === 'position') {
    throw wrongUse('--known-at position:<n> goes with --policy and a history file.');
  }
  return knownAt ? policyKnownAt(enactedPolicy, knownAt.instant) : enactedPolicy;
}
