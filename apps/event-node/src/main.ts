import { addUserTo, FolderInUse, startEventNode, type EventNode } from '#libs/event-node';
import { type AddUser, type Arguments, HELP, readArguments } from './arguments.js';
import { readPassword } from './password.js';

/** After this the process ends, whatever still holds it. Acknowledged events are on disk anyway. */
const STOP_MS = 1_500;

await main();

async function main(): Promise<void> {
  const asked = argumentsOrExit();
  if (asked === 'help') {
    console.log(HELP);
    return;
  }
  if ('addUser' in asked) {
    await addUser(asked);
    return;
  }
  const halted = new AbortController();
  const node = await startOrExit(asked, () => {
    halted.abort();
  });
  stopWhenTold(node, halted.signal);
  const { port, connectionString, credentialsFile } = node;
  process.send?.({ kind: 'ready', port, connectionString, credentialsFile });
  console.log(`event node: ready at ${connectionString}, events in ${asked.folder}`);
}

async function addUser({ addUser: username, keys }: AddUser): Promise<void> {
  try {
    await addUserTo(keys, username, await readPassword(`Password of ${username}: `));
  } catch (error) {
    fatal(messageOf(error));
  }
  console.log(`event node: ${username} is a user from the next start of the node on.`);
}

function argumentsOrExit(): Arguments | AddUser | 'help' {
  try {
    return readArguments(process.argv.slice(2), process.env);
  } catch (error) {
    return fatal(`${messageOf(error)} See event-node --help.`);
  }
}

async function startOrExit(asked: Arguments, onHalt: () => void): Promise<EventNode> {
  try {
    return await startEventNode({ ...asked, onFault: report, onHalt });
  } catch (error) {
    if (error instanceof FolderInUse) return fatal(error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      return fatal(`Port ${String(asked.port)} is taken. Choose another, or 0 for a free one.`);
    }
    return fatal(messageOf(error));
  }
}

/** With code 0 where it was told to; with 1 where it can write no more: whoever watches it starts it anew. */
function stopWhenTold(node: EventNode, halted: AbortSignal): void {
  let isStopping = false;
  const stop = (code: number): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    node.close().then(
      () => process.exit(code),
      (error: unknown) => fatal(messageOf(error)),
    );
  };
  const told = (): void => {
    stop(0);
  };
  process.on('SIGTERM', told);
  process.on('SIGINT', told);
  // The parent is gone: a node that nobody watches any more would keep the folder locked.
  process.on('disconnect', told);
  halted.addEventListener('abort', () => {
    stop(1);
  });
}

function report(error: Error): void {
  console.error(`event node: ${error.message}`);
}

function fatal(message: string): never {
  console.error(`event node: ${message}`);
  process.exit(1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
