import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createLogger, isMetricsReport, type Logger } from '#libs/observability';
import { readSettings, type Settings } from '#libs/settings';
import { removeRunFile, writeRunFile } from '../run-file.js';
import { banner } from './banner.js';
import { type Child, type ChildSpec, type Ready, runChild } from './child.js';
import { endingOf } from './ending.js';
import { problemWithDataFolder } from './data-folder.js';
import { problemWithPort } from './free-port.js';
import { untilReady } from './readiness.js';

/** A second Ctrl-C within this time is the same one: terminals and npm send it more than once. */
const SAME_SIGNAL_MS = 2_000;
/** Together they stay below the 5 s in which everything has ended. */
const GRACE_FRONT_MS = 2_500;
const GRACE_NODE_MS = 1_800;

function scriptOf(app: string): string {
  return fileURLToPath(new URL(`../../../${app}/src/main.js`, import.meta.url));
}

/**
 * The whole system under one supervisor: event node, projector and API as processes of their own,
 * started again when they die, stopped together. Answers the exit code.
 */
export async function start(environment: NodeJS.ProcessEnv): Promise<number> {
  const settings = readSettings(environment);
  const problem =
    (await problemWithDataFolder(settings.dataDir)) ??
    (await problemWithPort(settings.host, settings.port));
  if (problem !== undefined) {
    process.stderr.write(`${problem}\n`);
    return 1;
  }
  const system = new RunningSystem(settings, environment);
  const stopped = system.untilStopSignal();
  try {
    return await Promise.race([system.bringUp().then(() => stopped), stopped]);
  } finally {
    await system.bringDown();
  }
}

class RunningSystem {
  private readonly children: Child[] = [];
  private readonly stopping = new AbortController();
  private readonly logger: Logger;
  private nodePort: number;
  private apiPort: number;
  private exitCode = 0;

  constructor(
    private readonly settings: Settings,
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    this.logger = createLogger({ level: settings.logLevel, process: 'supervisor' });
    this.nodePort = settings.eventNodePort;
    this.apiPort = settings.port;
  }

  async bringUp(): Promise<void> {
    // Where EVENTSTORE_URL is set, it and its credentials stand in the environment already.
    const withLog = this.settings.eventStoreUrl === undefined ? await this.launchNode() : {};
    const projector = this.launch('projector', () => withLog);
    const api = this.launch('api', () => ({ ...withLog, PORT: String(this.apiPort) }));
    const [, { port }] = await Promise.all([projector, api]);
    this.apiPort = port ?? this.settings.port;
    this.writeRun();
    const day = await untilReady(this.url(), this.stopping.signal);
    if (day !== undefined) process.stdout.write(banner(this.url(), day, this.settings));
  }

  /** Resolves with the exit code when a signal, or a child that cannot start, ends the system. */
  untilStopSignal(): Promise<number> {
    let firstAt: number | undefined;
    const onSignal = (): void => {
      const now = Date.now();
      if (firstAt === undefined) {
        firstAt = now;
        process.stderr.write('\nStopping.\n');
        this.stopping.abort();
      } else if (now - firstAt > SAME_SIGNAL_MS) {
        for (const child of this.children) void child.stop(0);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
    return once(this.stopping.signal, 'abort').then(() => this.exitCode);
  }

  /** API and projector first, so that nothing talks to the node any more when it closes its log. */
  async bringDown(): Promise<void> {
    const isNode = (child: Child): boolean => child.name === 'event-node';
    const front = this.children.filter((child) => !isNode(child));
    await Promise.all(front.map((child) => child.stop(GRACE_FRONT_MS)));
    await Promise.all(this.children.filter(isNode).map((child) => child.stop(GRACE_NODE_MS)));
    removeRunFile(this.settings.dataDir);
  }

  /** Starts the embedded event node, and tells how the others find it and are let in. */
  private async launchNode(): Promise<Readonly<Record<string, string | undefined>>> {
    const { port, connectionString, credentialsFile } = await this.launch('event-node', () => ({
      EVENT_NODE_PORT: String(this.nodePort),
    }));
    this.nodePort = port ?? 0;
    return { EVENTSTORE_URL: connectionString, EVENTSTORE_CREDENTIALS_FILE: credentialsFile };
  }

  /** Starts one app and resolves when it serves for the first time. */
  private async launch(
    app: string,
    extra: () => Readonly<Record<string, string | undefined>>,
  ): Promise<Ready> {
    // What is being ended gets no new children: nobody would end those.
    this.stopping.signal.throwIfAborted();
    const spec: ChildSpec = {
      name: app,
      script: scriptOf(app),
      env: () => ({ ...this.environment, ...extra() }),
    };
    return new Promise((resolve) => {
      const child = runChild(spec, {
        onReady: (ready) => {
          resolve(ready);
          this.writeRun();
        },
        onFailedStart: (name, signal) => {
          if (this.stopping.signal.aborted) return;
          const how = signal === null ? 'could not start; see above' : this.ending(name, signal);
          process.stderr.write(`The ${name} ${how}. Everything is stopped.\n`);
          this.exitCode = 1;
          this.stopping.abort();
        },
        onTold: (message) => {
          // The API tells the figures of all.
          if (!isMetricsReport(message)) return;
          this.children.find(({ name }) => name === 'api')?.tell(message);
        },
        onRestart: (name, { signal, waitMs }) => {
          const how = this.ending(name, signal);
          const fields = { child: name, ...(signal && { signal }), waitMs };
          this.logger.warn(fields, `The ${name} ${how}. It is started again in ${waitMs} ms.`);
        },
      });
      this.children.push(child);
    });
  }

  private ending(name: string, signal: NodeJS.Signals | null): string {
    return endingOf(name, { signal, dataDir: this.settings.dataDir });
  }

  private url(): string {
    const { host } = this.settings;
    return `http://${host.includes(':') ? `[${host}]` : host}:${this.apiPort}`;
  }

  private writeRun(): void {
    if (this.apiPort === 0 || this.stopping.signal.aborted) return;
    const processes = this.children.map((child) => [child.name, child.pid() ?? 0] as const);
    writeRunFile(this.settings.dataDir, {
      url: this.url(),
      pid: process.pid,
      startedAt: new Date().toISOString(),
      processes: Object.fromEntries(processes),
    });
  }
}
