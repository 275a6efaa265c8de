import { addUserTo, FolderInUse, startEventNode, type EventNode } from '#libs/event-node';
import {
  createLogger,
  endOfFault,
  endOfWhatNobodyCaught,
  faultText,
  type Logger,
} from '#libs/observability';
import { type AddUser, type Arguments, HELP, readArguments } from './arguments.js';
import { NodeMetrics } from './node-metrics.js';
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
  const logger = createLogger({ level: asked.logLevel, process: 'event-node' });
  const halted = new AbortController();
  const metrics = new NodeMetrics();
  const node = await startOrExit(asked, {
    onFault: (err) => logger.error({ err }, faultText(err)),
    onHalt: () => halted.abort(),
    onWritten: metrics.count,
  });
  stopWhenTold(node, { halted: halted.signal, logger });
  endOfWhatNobodyCaught(logger);
  tellReady(node, { logger, folder: asked.folder });
  metrics.report(node);
}

/** A parent is told so, and the log with it; else whoever started the node by hand reads one plain line. */
function tellReady(
  { port, connectionString, credentialsFile }: EventNode,
  { logger, folder }: { readonly logger: Logger; readonly folder: string },
): void {
  if (process.send === undefined) {
    console.log(`event node: ready at ${connectionString}, events in ${folder}`);
    return;
  }
  process.send({ kind: 'ready', port, connectionString, credentialsFile });
  logger.info({ connection: connectionString, folder }, 'Ready.');
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

type Listeners = Pick<Parameters<typeof startEventNode>[0], 'onFault' | 'onHalt' | 'onWritten'>;

async function startOrExit(asked: Arguments, listeners: Listeners): Promise<EventNode> {
  try {
    return await startEventNode({ ...asked, ...listeners });
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
function stopWhenTold(
  node: EventNode,
  { halted, logger }: { readonly halted: AbortSignal; readonly logger: Logger },
): void {
  let isStopping = false;
  const stop = (code: number): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    node.close().then(
      () => process.exit(code),
      (error: unknown) => endOfFault(logger, error),
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

function fatal(message: string): never {
  console.error(`event node: ${message}`);
  process.exit(1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
