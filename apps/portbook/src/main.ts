import { Command, CommanderError } from 'commander';
import { Exit } from './exit.js';

const FAILED = 1;
const WRONG_USE = 2;

interface Entry {
  readonly about: string;
  readonly load: () => Promise<Command>;
}

/** What only one command needs is loaded for that one: a process that prints a list starts in no time. */
const commands: Readonly<Record<string, Entry>> = {
  start: {
    about: 'run event node, projector and API until Ctrl-C',
    load: async () => (await import('./commands/start.js')).startCommand(),
  },
  status: {
    about: "processes, lag of views, registry's day and last backup",
    load: async () => (await import('./commands/status.js')).statusCommand(),
  },
  token: {
    about: 'print a token with one role',
    load: async () => (await import('./commands/token.js')).tokenCommand(),
  },
  keys: {
    about: 'make the key folder of a registry: issuer, id, ledger',
    load: async () => (await import('./commands/keys.js')).keysCommand(),
  },
  command: {
    about: 'issue one command from a JSON file; --example prints a body to start from',
    load: async () => (await import('./commands/command.js')).commandCommand(),
  },
  policy: {
    about: 'the enacted timeline, or what of it is in force on a day',
    load: async () => (await import('./commands/policy.js')).policyCommand(),
  },
  scenario: {
    about: 'list, show or check scenarios: a policy with changes',
    load: async () => (await import('./commands/scenario.js')).scenarioCommand(),
  },
  assess: {
    about: 'the obligations of everybody in a history file',
    load: async () => (await import('./commands/assess.js')).assessCommand(),
  },
  explain: {
    about: "one person's obligations, with the law and the facts behind them, in both worlds",
    load: async () => (await import('./commands/explain.js')).explainCommand(),
  },
  replay: {
    about: 'compare what a history comes to under scenarios',
    load: async () => (await import('./commands/replay.js')).replayCommand(),
  },
  import: {
    about: 'append a history file to the registry log',
    load: async () => (await import('./commands/import.js')).importCommand(),
  },
  export: {
    about: 'write the registry log as a history file',
    load: async () => (await import('./commands/export.js')).exportCommand(),
  },
  backup: {
    about: 'copy the embedded event log, also while the system runs; the keys apart',
    load: async () => (await import('./commands/backup.js')).backupCommand(),
  },
  restore: {
    about: 'put a backup into a data folder that has no event log',
    load: async () => (await import('./commands/restore.js')).restoreCommand(),
  },
  history: {
    about: 'make history files of invented people',
    load: async () => (await import('./commands/history.js')).historyCommand(),
  },
};

async function program(asked: string | undefined): Promise<Command> {
  const root = new Command('portbook')
    .description(
      'An event-sourced registry of NSEERS, the US special registration of 2002-2011, in which a ' +
        'policy is an event like any other. All people in it are synthetic.',
    )
    .showHelpAfterError('(add --help for what is allowed)');
  for (const [name, { about, load }] of Object.entries(commands)) {
    const isAsked = name === asked;
    const command = isAsked ? await load() : new Command(name).description(about);
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
  const [first, second] = process.argv.slice(2);
  const root = await program(first === 'help' ? second : first);
  await root.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : WRONG_USE;
  } else if (error instanceof Exit) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.code;
  } else {
    const fault = error instanceof Error ? error : new Error(String(error));
    const told = process.env['LOG_LEVEL'] === 'debug' ? fault.stack : fault.message;
    process.stderr.write(`Portbook failed: ${told} (LOG_LEVEL=debug tells where.)\n`);
    process.exitCode = FAILED;
  }
}
