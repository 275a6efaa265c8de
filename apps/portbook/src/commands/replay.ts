import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { RULES_VERSION } from '#libs/assessment';
import { findShippedScenario } from '#libs/policy';
import { type Presence, presenceAssumptions } from '#libs/registry';
import {
  defaultMeasures,
  type Dimension,
  type Measure,
  renderCsv,
  renderTable,
  type ReplayAnswer,
  replayRequestIssues,
  runReplay,
} from '#libs/replay';
import { askApi, type ConnectionOptions, jsonOrExit } from '../api-client.js';
import { wrongUse } from '../exit.js';
import { connectionOptions, dayOption, knownAtOption, listed, momentOf } from '../options.js';
import { openSink } from '../output.js';
import { progressReporter } from '../progress.js';
import { scenarioFrom, worldAt } from '../scenario-source.js';

interface ReplayOptions extends ConnectionOptions {
  readonly history?: string;
  readonly policy?: string;
  readonly scenario: readonly string[];
  readonly against?: string;
  readonly on?: string;
  readonly knownAt?: string;
  readonly presence: readonly Presence[];
  readonly from?: string;
  readonly to?: string;
  readonly measure: readonly Measure[];
  readonly by: readonly Dimension[];
  readonly format: 'table' | 'json' | 'csv';
  readonly out?: string;
}

/** `portbook replay`: history under other rules, from a file or on the running system. */
export function replayCommand(): Command {
  const command = new Command('replay')
    .description('compare what a history comes to under scenarios with the enacted policy')
    .requiredOption('--scenario <name-or-file...>', 'shipped names or files', listed)
    .option('--against <name-or-file>', 'compare with this scenario instead of the enacted policy')
    .option('--history <file>', 'a history file; without it, the log of the running system')
    .option(
      '--policy <file>',
      "with --history: this policy instead of the file's own or the shipped one",
    )
    .addOption(dayOption('--on <day>', 'the day looked from (else the last day observed)'))
    .addOption(knownAtOption())
    .option(`--presence <assumption...>`, presenceAssumptions.join(' or '), listed, [])
    .addOption(dayOption('--from <day>', 'only obligations due from that day on'))
    .addOption(dayOption('--to <day>', 'only obligations due up to that day'))
    .option('--measure <key...>', 'what is counted', listed, [])
    .option('--by <key...>', 'what it is divided by', listed, [])
    .addOption(new Option('--format <format>').choices(['table', 'json', 'csv']).default('table'))
    .option('--out <file>', 'write to this file instead of stdout');
  return connectionOptions(command).action(async (options: ReplayOptions) => {
    const request = requestOf(options);
    const answer =
      options.history === undefined
        ? await replayRunningSystem(request, options)
        : await replayFile(options.history, request, options);
    const sink = await openSink(options.out);
    await sink.write(rendered(answer, options.format));
    await sink.end();
  });
}

type Request = ReturnType<typeof requestOf>;

function requestOf(options: ReplayOptions) {
  const { on, from, to, presence, measure, by } = options;
  const knownAt = momentOf(options);
  const request = {
    ...(on !== undefined && { on }),
    ...(knownAt?.kind === 'instant' && { knownAt: knownAt.instant }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    presence: presence.length > 0 ? presence : (['until-departure'] as const),
    measures: measure.length > 0 ? measure : defaultMeasures,
    by,
  };
  const [issue] = replayRequestIssues(request);
  if (issue) throw wrongUse(`--${optionOf(issue.path)} ${issue.problem}.`);
  return request;
}

function optionOf(path: string): string {
  return path.replace('measures', 'measure').replace(/\[\d+\]/, '');
}

async function replayFile(
  file: string,
  request: Request,
  options: ReplayOptions,
): Promise<ReplayAnswer> {
  const { scenario, against, knownAt } = options;
  // On the running system, the log is read by the API: no file, and none of what reads it.
  const { historyFromFile } = await import('../history-source.js');
  const { source, policy } = await historyFromFile(file, options.policy, momentOf(options));
  const progress = progressReporter('people');
  const answer = await runReplay(
    {
      request,
      enacted: policy.asKnown(policy.whole),
      scenarios: scenario.map((name) => worldAt(scenarioFrom(name), policy)),
      ...(against !== undefined && { against: worldAt(scenarioFrom(against), policy) }),
      code: `portbook ${version()}, rules ${RULES_VERSION}`,
    },
    source,
    ({ people, of }) => {
      progress.report(people, of);
    },
  );
  progress.finish(`${source.people} people replayed.`);
  return { ...answer, knownAt: knownAt ?? null };
}

async function replayRunningSystem(
  request: Request,
  options: ReplayOptions,
): Promise<ReplayAnswer> {
  if (options.policy !== undefined) throw wrongUse('--policy goes with --history only.');
  // What lies in files here is sent whole, with all on which it builds.
  const named = (nameOrFile: string): unknown =>
    findShippedScenario(nameOrFile) ? nameOrFile : scenarioFrom(nameOrFile);
  const { scenario, against, knownAt } = options;
  const body = {
    ...request,
    ...(knownAt !== undefined && { knownAt }),
    scenarios: scenario.map(named),
    ...(against !== undefined && { against: named(against) }),
  };
  const response = await askApi(
    { method: 'POST', path: '/api/replays', role: 'analyst', body: JSON.stringify(body) },
    options,
  );
  return (await jsonOrExit(response)) as ReplayAnswer;
}

function rendered(answer: ReplayAnswer, format: ReplayOptions['format']): string {
  if (format === 'csv') return renderCsv(answer);
  return format === 'json' ? `${JSON.stringify(answer, null, 2)}\n` : renderTable(answer);
}

function version(): string {
  const file = new URL('../../../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}
