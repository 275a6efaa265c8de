import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A process of the system, as the supervisor starts it; `env` is asked anew at each start. */
export interface ChildSpec {
  readonly name: string;
  readonly script: string;
  readonly env: () => Readonly<Record<string, string | undefined>>;
}

export interface Child {
  readonly name: string;
  readonly pid: () => number | undefined;
  /** Tells it something; nothing where it does not run now. */
  readonly tell: (message: object) => void;
  /** Asks it to end, and ends it after the grace (ms) is over; it is not started again. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** What a child says of itself when it serves: its port, and where the event store of a node is. */
export interface Ready {
  readonly port?: number;
  readonly connectionString?: string;
  /** The file with the credential that goes with the connection string. */
  readonly credentialsFile?: string;
}

/** Of a process that is started again. */
export interface Death {
  /** By which it was ended; null where it ended by itself. */
  readonly signal: NodeJS.Signals | null;
  readonly waitMs: number;
}

export interface ChildListener {
  /** Each time it says that it serves. */
  readonly onReady: (ready: Ready) => void;
  /** Whatever else it says. */
  readonly onTold: (message: unknown) => void;
  /** It ended before it ever served: starting it again would change nothing. */
  readonly onFailedStart: (name: string, signal: NodeJS.Signals | null) => void;
  readonly onRestart: (name: string, death: Death) => void;
}

/** The event log's client names the host in its handshake even where it is an IP address (DEP0123). */
const NODE_OPTIONS = ['--enable-source-maps', '--disable-warning=DEP0123'];
const BACKOFF_FIRST_MS = 200;
const BACKOFF_MAX_MS = 5_000;
/** After this long in service a death counts as the first one again. */
const STEADY_MS = 30_000;

/**
 * Runs a process, and again whenever it dies. It is a process group of its own, so that a Ctrl-C in
 * the terminal reaches the supervisor alone, which ends all of them in order; should the supervisor
 * die, the channel between them closes and the child ends by itself.
 */
export function runChild(spec: ChildSpec, listener: ChildListener): Child {
  let current: ChildProcess | undefined;
  let restart: NodeJS.Timeout | undefined;
  let isStopping = false;
  let hasServed = false;
  let deaths = 0;

  const launch = (): void => {
    const startedAt = Date.now();
    const child = spawn(process.execPath, [...NODE_OPTIONS, spec.script], {
      env: { ...spec.env() },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    });
    current = child;
    child.on('message', (message) => {
      if (isStopping) return;
      if (!isReadyMessage(message)) {
        listener.onTold(message);
        return;
      }
      hasServed = true;
      listener.onReady(message);
    });
    child.once('error', () => undefined);
    child.once('exit', (_, signal) => {
      current = undefined;
      if (isStopping) return;
      if (!hasServed) {
        listener.onFailedStart(spec.name, signal);
        return;
      }
      deaths = Date.now() - startedAt > STEADY_MS ? 1 : deaths + 1;
      const waitMs = Math.min(BACKOFF_FIRST_MS * 2 ** (deaths - 1), BACKOFF_MAX_MS);
      listener.onRestart(spec.name, { signal, waitMs });
      restart = setTimeout(launch, waitMs);
    });
  };
  launch();

  return {
    name: spec.name,
    pid: () => current?.pid,
    tell: (message) => {
      // That it has just died is told by its exit.
      if (current?.connected) current.send(message, () => undefined);
    },
    stop: async (graceMs) => {
      isStopping = true;
      clearTimeout(restart);
      if (current) await ended(current, graceMs);
    },
  };
}

function isReadyMessage(message: unknown): message is Ready {
  return (
    typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'ready'
  );
}

async function ended(child: ChildProcess, graceMs: number): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exit;
  clearTimeout(timer);
}
