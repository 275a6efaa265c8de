import { Command, Option } from 'commander';
import {
  explain,
  type ExplainedObligation,
  type Explanation,
  type Obligation,
} from '#libs/assessment';
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
    { enacted: foldPolicy(policyLog), ...(world && { scenario: world.policy }) },
    { on: options.on ?? source.observedUntil, presence: options.presence },
  );
  if (options.format === 'json') await printJson(explanation);
  else await print(textOf(explanation, world?.name));
}

function textOf(explanation: Explanation, scenario: string | undefined): string {
  const { obligations, facts, law } = explanation;
  return [
    `${explanation.registrantId} on ${explanation.on}`,
    ...obligations.flatMap((pair) => ['', ...pairLines(pair, scenario)]),
    '',
    'Facts',
    ...facts.map(({ day, type, id, unneededIn }) => {
      const unneeded = unneededIn.length > 0 ? ` (unneeded: ${unneededIn.join(', ')})` : '';
      return `  ${day}  ${type}  ${id}${unneeded}`;
    }),
    '',
    'Law',
    ...law.map(({ ref, effectiveOn, citation, verified, title }) => {
      const mark = verified ? '' : ' (not verified)';
      return `  ${effectiveOn}  ${ref}: ${title}. ${citation}${mark}`;
    }),
  ].join('\n');
}

function pairLines(
  { enacted, scenario, differsBy }: ExplainedObligation,
  name: string | undefined,
): readonly string[] {
  const either = enacted ?? scenario;
  if (!either) return [];
  const which = [either.year && `year ${either.year}`, either.kind].filter(Boolean).join(' ');
  return [
    `${either.duty}${which ? `, ${which}` : ''}, from ${either.anchorOn}`,
    `  as enacted: ${obligationText(enacted)}`,
    ...(name === undefined ? [] : [`  ${name}: ${obligationText(scenario)}`]),
    ...(differsBy.length > 0 ? [`  the difference: ${differsBy.join(', ')}`] : []),
  ];
}

function obligationText(obligation: Obligation | undefined): string {
  if (!obligation) return 'not imposed';
  const { opensOn, dueOn, status, satisfiedOn, because } = obligation;
  const satisfied = satisfiedOn === undefined ? '' : `, satisfied on ${satisfiedOn}`;
  return `${status}, ${opensOn} to ${dueOn}${satisfied} (${because.join(', ')})`;
}
