import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import esdb from '@eventstore/db-client';

const MAIN = fileURLToPath(new URL('../apps/event-node/src/main.js', import.meta.url));

export interface NodeProcess {
  readonly pid: number;
  readonly port: number;
  readonly child: ChildProcess;
  /** A client of its own. */
  readonly connect: () => esdb.EventStoreDBClient;
  /** Ends it at once, as a power cut would. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts the event node as its own process, without TLS, on any port. */
export async function startNode(folder: string, ...further: string[]): Promise<NodeProcess> {
  const child = fork(MAIN, ['--folder', folder, '--port', '0', '--plaintext', ...further], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(said)));
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [{ port: number }];
  ended.catch(() => undefined);
  const { port } = message;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return {
    pid: child.pid ?? 0,
    port,
    child,
    connect: () =>
      esdb.EventStoreDBClient.connectionString(`esdb://127.0.0.1:${String(port)}?tls=false`),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}
