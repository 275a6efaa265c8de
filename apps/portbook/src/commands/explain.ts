import { Command, Option } from 'commander';
import { explain, explanationText } from '#libs/assessment';
import { SYNTHETIC_NOTE } from '#libs/kernel';
import { foldPolicy } from '#libs/policy';
import type { Presence } from '#libs/registry';
import { getSubject, historyFromFile } from '../history-source.js';
import { dayOption } from '../options.js';
import { print, printJson } from '../output.js';
import { scenarioFrom, worldOf } from '../scenario-source.js';
import { presenceOption } from './assess.js';

interface ExplainOptions {
  readonly history: string;
  readonly policy?: string;
  readonly scenario?: string;
  readonly on?: string;
  readonly presence: Presence;
  readonly format: 'text' | 'json';
}

/** `portbook explain REGISTRANT`: each obligation with the law and the facts behind it, in both worlds. */
export function explainCommand(): Command {
  return new Command('explain')
    .description(
      "one person's obligations in a history file, with the law and the facts behind them",
    )
    .argument('<registrant>', 'the registrant id')
    .requiredOption('--history <file>', 'the history file')
    .option('--policy <file>', "judge by this policy instead of the file's own or the shipped one")
    .option('--scenario <name-or-file>', 'beside it, how it would be under a scenario')
    .addOption(dayOption('--on <day>', 'the day looked from (else the last day observed)'))
    .addOption(presenceOption())
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action(run);
}

async function run(registrantId: string, options: ExplainOptions): Promise<void> {
  const { source, policyLog } = await historyFromFile(options.history, options.policy);
  const subject = getSubject(registrantId, source, options.history);
  const world =
    options.scenario === undefined ? undefined : worldOf(scenarioFrom(options.scenario), policyLog);
  const explanation = explain(
    subject,
    { enacted: foldPolicy(policyLog), ...(world && { scenario: world }) },
    {
      on: options.on ?? source.observedUntil,
      presence: options.presence,
      observedUntil: source.observedUntil,
      notes: source.isSynthetic ? [SYNTHETIC_NOTE] : [],
    },
  );
  if (options.format === 'json') await printJson(explanation);
  else await print(explanationText(explanation));
}
