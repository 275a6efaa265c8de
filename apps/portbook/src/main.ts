import { Command, CommanderError } from 'commander';
import { assessCommand } from './commands/assess.js';
import { commandCommand } from './commands/command.js';
import { explainCommand } from './commands/explain.js';
import { exportCommand } from './commands/export.js';
import { historyCommand } from './commands/history.js';
import { policyCommand } from './commands/policy.js';
import { replayCommand } from './commands/replay.js';
import { scenarioCommand } from './commands/scenario.js';
import { startCommand } from './commands/start.js';
import { tokenCommand } from './commands/token.js';
import { Exit } from './exit.js';

const WRONG_USE = 2;

function program(): Command {
  const root = new Command('portbook')
    .description(
      'An event-sourced registry of NSEERS, the US special registration of 2002-2011, in which a ' +
        'policy is an event like any other. All people in it are synthetic.',
    )
    .showHelpAfterError('(add --help for what is allowed)');
  for (const command of [
    ...[startCommand(), tokenCommand(), commandCommand(), policyCommand(), scenarioCommand()],
    ...[assessCommand(), explainCommand(), replayCommand(), exportCommand(), historyCommand()],
  ]) {
    root.addCommand(command.copyInheritedSettings(root));
  }
  return throwInsteadOfExit(root);
}

/** Commander would end the process itself, with 1 for wrong use; the exit code is decided here. */
function throwInsteadOfExit(command: Command): Command {
  command.exitOverride();
  for (const sub of command.commands) throwInsteadOfExit(sub);
  return command;
}

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : WRONG_USE;
  } else if (error instanceof Exit) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.code;
  } else {
    throw error;
  }
}
