import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Role } from '#libs/access';
import { readLmdbViews, type ViewStore } from '#libs/view-store';
import { ensureIssuerKey, mintToken } from '#libs/web';
import { viewsOnMongo } from './mongo-views.js';

/** npm runs campaigns and specs alike in the folder of the project. */
const root = process.cwd();

/** What `<data>/run.json` says. */
interface RunFile {
  readonly url: string;
  readonly processes: Readonly<Record<string, number>>;
}

export interface Answer<Body = Readonly<Record<string, unknown>>> {
  readonly status: number;
  readonly body: Body;
}

export interface AskOptions {
  readonly role?: Role;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Health {
  readonly parts: { readonly views: readonly { readonly lag: number }[] };
}

/**
 * The real processes in a temporary folder, on free ports; their views in the MongoDB that MONGODB_URI
 * names, else in that folder.
 */
export class RunningSystem {
  readonly dataDir: string;
  /** All that its processes have printed, at every start. */
  printed = '';
  #supervisor: ChildProcess | undefined;
  readonly #tokens = new Map<Role, string>();
  readonly #mongo = viewsOnMongo(process.env);

  /** In a folder of its own under `parent`. */
  constructor(
    private readonly env: Readonly<Record<string, string>>,
    parent = tmpdir(),
  ) {
    this.dataDir = mkdtempSync(join(parent, 'portbook-system-'));
  }

  /** Resolves when everything serves; answers what was printed. */
  async start(): Promise<string> {
    const child = spawn(process.execPath, ['bin/portbook.js', 'start'], {
      cwd: root,
      env: { ...this.environment(), PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#supervisor = child;
    let printed = '';
    const ended = once(child, 'exit');
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        this.printed += text;
      });
    }
    const isReady = async (): Promise<void> => {
      while (!printed.includes('Portbook is ready.')) await once(child.stdout, 'data');
    };
    await Promise.race([isReady(), ended]);
    if (!printed.includes('Portbook is ready.')) throw new Error(`It did not start:\n${printed}`);
    return printed;
  }

  /** Ends it with a signal; answers the exit code. */
  async stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<number | null> {
    const child = this.#supervisor;
    if (!child) return null;
    this.#supervisor = undefined;
    const ended = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    const [code] = await ended;
    return code;
  }

  /** Ends the supervisor without a word, and with it everything: the others see their channel close. */
  async crash(): Promise<void> {
    const child = this.#supervisor;
    if (!child) return;
    this.#supervisor = undefined;
    const pids = Object.values(this.run().processes);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    while (pids.some(isAlive)) await wait(20);
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  run(): RunFile {
    return JSON.parse(readFileSync(join(this.dataDir, 'run.json'), 'utf8')) as RunFile;
  }

  /** Kills one process as a power cut would, and waits until it is another one. */
  async kill(name: string): Promise<void> {
    const pid = this.run().processes[name];
    if (pid === undefined) throw new Error(`There is no process ${name}.`);
    process.kill(pid, 'SIGKILL');
    while (this.run().processes[name] === pid) await wait(20);
  }

  /** Resolves when every view holds all of the log. */
  async untilCaughtUp(): Promise<void> {
    for (;;) {
      const { status, body } = await this.ask<Health>('GET', '/health/ready');
      if (status === 200 && body.parts.views.every(({ lag }) => lag === 0)) return;
      await wait(100);
    }
  }

  async ask<Body = Readonly<Record<string, unknown>>>(
    method: 'GET' | 'POST',
    path: string,
    { role = 'officer', body, headers = {} }: AskOptions = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(new URL(path, this.run().url), {
      method,
      headers: {
        authorization: `Bearer ${await this.token(role)}`,
        'x-purpose': 'training',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }

  /** Runs the command line beside the system; answers what it printed. */
  async cli(...args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, ['bin/portbook.js', ...args], {
      cwd: root,
      env: this.environment(),
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  }

  /** Those of a stopped system, for reading. */
  openViews(): ViewStore {
    return this.#mongo?.open() ?? readLmdbViews(join(this.dataDir, 'views'));
  }

  private environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      PORTBOOK_DATA: this.dataDir,
      LOG_LEVEL: 'warn',
      ...this.#mongo?.environment,
      ...this.env,
    };
  }

  /** One of the system's own issuer. */
  async token(role: Role): Promise<string> {
    const known = this.#tokens.get(role);
    if (known !== undefined) return known;
    const key = await ensureIssuerKey(join(this.dataDir, 'keys'));
    const token = await mintToken({ key, issuer: 'portbook', audience: 'portbook', role });
    this.#tokens.set(role, token);
    return token;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
