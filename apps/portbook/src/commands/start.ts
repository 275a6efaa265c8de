import { Command } from 'commander';
import { InvalidSettings } from '#libs/settings';
import { Exit } from '../exit.js';
import { start } from '../supervisor/start.js';

/** `portbook start`: the whole system under one supervisor. */
export function startCommand(): Command {
  return new Command('start')
    .description(
      'run event node, projector and API until Ctrl-C; settings are environment variables',
    )
    .action(async () => {
      try {
        // Connections kept alive by the readiness check would hold the process for a while.
        process.exit(await start(process.env));
      } catch (error) {
        if (error instanceof InvalidSettings) throw new Exit(error.message, 2);
        throw error;
      }
    });
}
