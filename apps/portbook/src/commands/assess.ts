import { Command, Option } from 'commander';
import { assess, type LawEntry, lawBehind, type Obligation } from '#libs/assessment';
import { SYNTHETIC_NOTE } from '#libs/kernel';
import type { Policy } from '#libs/policy';
import { type Presence, presenceAssumptions } from '#libs/registry';
import { getSubject, historyFromFile } from '../history-source.js';
import { dayOption, knownAtOption, momentOf } from '../options.js';
import { print, printJson, table } from '../output.js';
import { scenarioFrom, worldAt } from '../scenario-source.js';

interface AssessOptions {
  readonly history: string;
  readonly policy?: string;
  readonly scenario?: string;
  readonly on: string;
  readonly knownAt?: string;
  readonly presence: Presence;
  readonly registrant?: string;
  readonly upcoming?: boolean;
  readonly format: 'table' | 'json' | 'csv';
}

/** `portbook assess`: the obligations of everybody in a history file; needs no server. */
export function assessCommand(): Command {
  return new Command('assess')
    .description('the obligations of everybody in a history file, seen from a day')
    .requiredOption('--history <file>', 'the history file')
    .option('--policy <file>', "judge by this policy instead of the file's own or the shipped one")
    .option('--scenario <name-or-file>', 'judge under a scenario')
    .addOption(dayOption('--on <day>', 'the day looked from').makeOptionMandatory())
    .addOption(knownAtOption())
    .addOption(presenceOption())
    .option('--registrant <id>', 'one registrant only')
    .option('--upcoming', 'also list what opens within 400 days')
    .addOption(new Option('--format <format>').choices(['table', 'json', 'csv']).default('table'))
    .action(run);
}

export function presenceOption(): Option {
  return new Option('--presence <assumption>', 'of stays without a recorded departure')
    .choices([...presenceAssumptions])
    .default('until-departure');
}

async function run(options: AssessOptions): Promise<void> {
  const knownAt = momentOf(options);
  const history = await historyFromFile(options.history, options.policy, knownAt);
  const { source, policy } = history;
  const enacted = policy.asKnown(policy.whole);
  const world =
    options.scenario === undefined
      ? { policy: enacted, warnings: [] }
      : worldAt(scenarioFrom(options.scenario), policy);
  for (const warning of world.warnings) process.stderr.write(`Warning: ${warning}\n`);
  const subjects =
    options.registrant === undefined
      ? source.subjects
      : [getSubject(options.registrant, source, options.history)];
  const { on, presence, upcoming = false } = options;
  const instant = knownAt?.kind === 'instant' ? { knownAt: knownAt.instant } : {};
  const view = { on, presence, upcoming, ...instant };
  const obligations: Obligation[] = [];
  let unneeded = 0;
  for (const subject of subjects) {
    const assessment = assess(subject, { policy: world.policy, recorded: enacted }, view);
    obligations.push(...assessment.obligations);
    unneeded += assessment.unneeded.length;
  }
  await write(options, {
    on,
    knownAt: options.knownAt ?? null,
    policyHash: world.policy.hash,
    assumptions: { presence, notes: source.isSynthetic ? [SYNTHETIC_NOTE] : [] },
    observedUntil: history.observedUntil,
    obligations,
    unneeded,
    law: lawOf(obligations, enacted, world.policy),
  });
}

function lawOf(
  obligations: readonly Obligation[],
  ...policies: readonly Policy[]
): readonly LawEntry[] {
  return lawBehind(obligations, policies);
}

interface AssessmentOutput {
  readonly on: string;
  readonly policyHash: string;
  readonly observedUntil: string;
  readonly assumptions: { readonly presence: Presence; readonly notes: readonly string[] };
  readonly obligations: readonly Obligation[];
  readonly unneeded: number;
  readonly [other: string]: unknown;
}

const COLUMNS = [
  ...([
    'registrantId',
    'duty',
    'anchorOn',
    'year',
    'kind',
    'noticeId',
    'opensOn',
    'dueOn',
  ] as const),
  ...(['status', 'satisfiedOn', 'closedOn', 'office', 'port', 'because'] as const),
];

async function write({ format }: AssessOptions, output: AssessmentOutput): Promise<void> {
  if (format === 'json') {
    await printJson(output);
    return;
  }
  const rows = output.obligations.map((obligation) =>
    COLUMNS.map((column) => {
      const value = obligation[column];
      return Array.isArray(value) ? value.join(' ') : String(value ?? '');
    }),
  );
  if (format === 'csv') {
    for (const note of output.assumptions.notes) process.stderr.write(`Note: ${note}\n`);
    await print([[...COLUMNS], ...rows].map((row) => row.join(',')).join('\r\n'));
    return;
  }
  await print(
    [
      table([[...COLUMNS], ...rows]),
      '',
      `${output.obligations.length} obligations on ${output.on}, ${output.unneeded} unneeded facts; ` +
        `observed until ${output.observedUntil}, policy ${output.policyHash.slice(0, 12)}.`,
      ...output.assumptions.notes,
    ].join('\n'),
  );
}
