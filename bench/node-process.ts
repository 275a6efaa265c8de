import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import esdb from '@eventstore/db-client';

const MAIN = fileURLToPath(new URL('../apps/event-node/src/main.js', import.meta.url));

export interface NodeProcess {
  readonly pid: number;
  readonly port: number;
  readonly child: ChildProcess;
  /** What a call says of who makes it, where the node is closed. */
  readonly authorization?: string;
  /** A client of its own. */
  readonly connect: () => esdb.EventStoreDBClient;
  /** Ends it at once, as a power cut would. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Ready {
  readonly port: number;
  readonly connectionString: string;
  /** Where the node is closed. */
  readonly credentialsFile?: string;
}

/** Starts the event node as its own process on any port: without TLS, or with what the key folder holds. */
export function startNode(folder: string, keys?: string): Promise<NodeProcess> {
  const security = keys === undefined ? ['--plaintext'] : ['--keys', keys];
  return started(['--folder', folder, ...security], [process.execPath]);
}

/** Likewise, without TLS, by a command that runs what it is given: a tracer, or a shell that sets limits. */
export function startNodeUnder(command: readonly string[], folder: string): Promise<NodeProcess> {
  return started(['--folder', folder, '--plaintext'], [...command, process.execPath]);
}

async function started(
  args: readonly string[],
  [execPath, ...execArgv]: readonly string[],
): Promise<NodeProcess> {
  const child = fork(MAIN, [...args, '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    ...(execPath !== undefined && { execPath }),
    execArgv,
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(said)));
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [Ready];
  ended.catch(() => undefined);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return {
    pid: child.pid ?? 0,
    port: message.port,
    child,
    ...authorizationOf(message),
    connect: () => esdb.EventStoreDBClient.connectionString(withCredentials(message)),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

/** The client takes its credentials within the connection string only. */
function withCredentials({ connectionString, credentialsFile }: Ready): string {
  if (credentialsFile === undefined) return connectionString;
  const { username, password } = credentialIn(credentialsFile);
  return connectionString.replace('://', `://${username}:${encodeURIComponent(password)}@`);
}

function authorizationOf({ credentialsFile }: Ready): { readonly authorization?: string } {
  if (credentialsFile === undefined) return {};
  const { username, password } = credentialIn(credentialsFile);
  const credential = Buffer.from(`${username}:${password}`).toString('base64');
  return { authorization: `Basic ${credential}` };
}

function credentialIn(file: string): { readonly username: string; readonly password: string } {
  return JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof credentialIn>;
}
