import { Argument, Command } from 'commander';
import { enactedTimeline, type PolicyLogEntry, shippedScenarios } from '#libs/policy';
import { print, printJson, table } from '../output.js';
import { scenarioFrom, worldOf } from '../scenario-source.js';

/** `portbook scenario list|show|check`: needs no server. */
export function scenarioCommand(): Command {
  return new Command('scenario')
    .description('list, show or check scenarios: a policy with changes')
    .addCommand(
      new Command('list').description('the scenarios that ship').action(async () => {
        await print(table(shippedScenarios.map(({ name, question }) => [name, question ?? ''])));
      }),
    )
    .addCommand(
      new Command('show')
        .description('print a scenario as JSON, with all on which it builds written out')
        .addArgument(new Argument('<name-or-file>', 'a shipped name or a file'))
        .action(async (nameOrFile: string) => printJson(scenarioFrom(nameOrFile))),
    )
    .addCommand(
      new Command('check')
        .description('apply a scenario to the enacted timeline and say what is wrong with it')
        .addArgument(new Argument('<name-or-file>', 'a shipped name or a file'))
        .option('--policy <file>', 'apply it to this policy instead (policy or history file)')
        .action(check),
    );
}

async function check(nameOrFile: string, { policy }: { readonly policy?: string }): Promise<void> {
  const log = policy === undefined ? enactedTimeline : await policyIn(policy);
  const world = worldOf(scenarioFrom(nameOrFile), log);
  const warnings = world.warnings.map((warning) => `Warning: ${warning}`);
  await print([...warnings, `${world.name} gives the policy ${world.policy.hash}.`].join('\n'));
}

/** Reading history files brings the event log's client along, which nothing else here needs. */
async function policyIn(file: string): Promise<readonly PolicyLogEntry[]> {
  const { policyFromFile } = await import('../history-source.js');
  return policyFromFile(file);
}
