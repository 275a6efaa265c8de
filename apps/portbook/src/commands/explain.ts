import { Command, Option } from 'commander';
import { explain, type Explanation, explanationText } from '#libs/assessment';
import { isUuid, SYNTHETIC_NOTE } from '#libs/kernel';
import { findShippedScenario } from '#libs/policy';
import type { Presence } from '#libs/registry';
import { askApi, type ConnectionOptions, jsonOrExit, problemText } from '../api-client.js';
import { Exit, wrongUse } from '../exit.js';
import { connectionOptions, dayOption, knownAtOption, momentOf } from '../options.js';
import { print, printJson } from '../output.js';
import { scenarioFrom, worldAt } from '../scenario-source.js';
import { presenceOption } from './assess.js';

interface ExplainOptions extends ConnectionOptions {
  readonly history?: string;
  readonly policy?: string;
  readonly scenario?: string;
  readonly on?: string;
  readonly knownAt?: string;
  readonly presence: Presence;
  readonly format: 'text' | 'json';
}

/** `portbook explain REGISTRANT`: each obligation with the law and the facts behind it, in both worlds. */
export function explainCommand(): Command {
  const command = new Command('explain')
    .description("one person's obligations, with the law and the facts behind them, in both worlds")
    .argument('<registrant>', 'the registrant id')
    .option('--history <file>', 'a history file; without it, the running system')
    .option(
      '--policy <file>',
      "with --history: this policy instead of the file's own or the shipped one",
    )
    .option('--scenario <name-or-file>', 'beside it, how it would be under a scenario')
    .addOption(
      dayOption('--on <day>', "the day looked from (else the registry's, in a file the last one)"),
    )
    .addOption(knownAtOption())
    .addOption(presenceOption())
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'));
  return connectionOptions(command).action(run);
}

async function run(registrantId: string, options: ExplainOptions): Promise<void> {
  if (!isUuid(registrantId)) throw wrongUse('<registrant> must be a UUID in lower case.');
  const { history, format } = options;
  if (history === undefined) {
    await explainOnRunningSystem(registrantId, options);
    return;
  }
  const explanation = await explainFile(registrantId, history, options);
  if (format === 'json') await printJson(explanation);
  else await print(explanationText(explanation));
}

async function explainFile(
  registrantId: string,
  file: string,
  options: ExplainOptions,
): Promise<Explanation> {
  // On the running system, the log is read by the API: no file, and none of what reads it.
  const { getSubject, historyFromFile } = await import('../history-source.js');
  const knownAt = momentOf(options);
  const { source, policy, observedUntil } = await historyFromFile(file, options.policy, knownAt);
  const { scenario, on = observedUntil, presence } = options;
  const world = scenario === undefined ? undefined : worldAt(scenarioFrom(scenario), policy);
  return explain(
    getSubject(registrantId, source, file),
    { enacted: policy.asKnown(policy.whole), ...(world && { scenario: world }) },
    {
      on,
      presence,
      observedUntil,
      ...(knownAt?.kind === 'instant' && { knownAt: knownAt.instant }),
      ...(options.knownAt !== undefined && { knownAtAsked: options.knownAt }),
      notes: source.isSynthetic ? [SYNTHETIC_NOTE] : [],
    },
  );
}

async function explainOnRunningSystem(
  registrantId: string,
  options: ExplainOptions,
): Promise<void> {
  const { policy, scenario, on, knownAt, presence, format } = options;
  if (policy !== undefined) throw wrongUse('--policy goes with --history only.');
  if (scenario !== undefined && !findShippedScenario(scenario)) {
    throw wrongUse(
      `--scenario ${scenario} is no shipped scenario: on the running system name one of them ` +
        '("portbook scenario list"); a file goes with --history.',
    );
  }
  const query = new URLSearchParams({
    presence,
    ...(scenario !== undefined && { scenario }),
    ...(on !== undefined && { on }),
    ...(knownAt !== undefined && { knownAt }),
  });
  const response = await askApi(
    {
      method: 'GET',
      path: `/api/registrants/${registrantId}/explanation?${query.toString()}`,
      role: 'analyst',
      headers: {
        accept: format === 'json' ? 'application/json' : 'text/plain',
        'x-purpose': 'analysis',
      },
    },
    options,
  );
  if (format === 'json') {
    await printJson(await jsonOrExit(response));
    return;
  }
  const text = await response.text();
  if (!response.ok) throw new Exit(problemText(response.status, text));
  await print(text);
}
