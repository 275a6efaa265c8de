import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import esdb from '@eventstore/db-client';

const MAIN = fileURLToPath(new URL('../../../dist/apps/event-node/src/main.js', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'portbook-event-node-process-'));
const started: ChildProcess[] = [];
const clients: esdb.EventStoreDBClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
  await Promise.all(started.splice(0).map((child) => end(child, 'SIGKILL')));
});
afterAll(() => {
  rmSync(work, { recursive: true });
});

// Processes have to start, and the machine may be busy.
jest.setTimeout(30_000);

class Process {
  printed = '';
  readonly child: ChildProcess;

  constructor(command: readonly string[]) {
    this.child = spawn(command[0] ?? '', command.slice(1), {
      stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
      env: { PATH: process.env['PATH'] },
    });
    started.push(this.child);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.printed += text));
    }
  }

  async port(): Promise<number> {
    const ended = once(this.child, 'exit').then(() => Promise.reject(new Error(this.printed)));
    const [message] = (await Promise.race([once(this.child, 'message'), ended])) as [object];
    expect(message).toMatchObject({ kind: 'ready', port: expect.any(Number) });
    return (message as { port: number }).port;
  }

  async client(): Promise<esdb.EventStoreDBClient> {
    const client = esdb.EventStoreDBClient.connectionString(
      `esdb://127.0.0.1:${String(await this.port())}?tls=false`,
    );
    clients.push(client);
    return client;
  }
}

function aNode(...args: string[]): Process {
  return new Process([process.execPath, MAIN, '--plaintext', ...args]);
}

/** A node with TLS, whose key folder is given. */
function aClosedNode(...args: string[]): Process {
  return new Process([process.execPath, MAIN, ...args]);
}

/** Its exit code; null where a signal ended it. */
async function end(child: ChildProcess, signal?: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const closed = once(child, 'close') as Promise<[number | null]>;
  if (signal !== undefined) child.kill(signal);
  const [code] = await closed;
  return code;
}

const folder = (name: string): string => join(work, name);

/** A process in a world of its own, as a container makes one; not every machine lets its users do that. */
const UNSHARE = [
  'unshare',
  '--kill-child',
  '--user',
  '--map-root-user',
  '--pid',
  '--fork',
  '--mount-proc',
];
const mayUnshare = spawnSync(UNSHARE[0] ?? '', [...UNSHARE.slice(1), 'true']).status === 0;
if (!mayUnshare) {
  process.stderr.write(
    'NOT RUN, since unshare is not allowed here: two containers on one folder.\n',
  );
}

describe('the process of the event node', () => {
  it('tells its parent the port, and the log in one line that it is ready', async () => {
    const node = aNode('--folder', folder('ready'));
    const port = await node.port();
    while (!node.printed.includes('\n')) await once(node.child.stdout ?? node.child, 'data');

    expect(JSON.parse(node.printed)).toEqual({
      ...{ time: expect.any(String), level: 'info', process: 'event-node', msg: 'Ready.' },
      connection: `esdb://127.0.0.1:${String(port)}?tls=false`,
      folder: folder('ready'),
    });
  });

  it('tells its parent figures of its own, in which what is written is counted', async () => {
    const node = aNode('--folder', folder('figures'));
    const [report] = await once(node.child, 'message').then(() => once(node.child, 'message'));

    expect(report).toMatchObject({ kind: 'metrics', process: 'event-node' });
    const { metrics } = report as { metrics: { name: string; values: { value: number }[] }[] };
    const figures = Object.fromEntries(metrics.map(({ name, values }) => [name, values]));
    expect(figures).toMatchObject({
      portbook_event_node_events_total: [{ value: 0 }],
      portbook_event_node_last_position: [{ value: 0 }],
    });
    expect(figures['process_resident_memory_bytes']?.[0]?.value).toBeGreaterThan(1e7);
  });

  it('says in one plain line that it is ready, where it is started by hand', async () => {
    const args = ['--plaintext', '--folder', folder('by-hand')];
    const byHand = spawn(process.execPath, [MAIN, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    started.push(byHand);
    const [line] = (await once(byHand.stdout, 'data')) as [Buffer];

    expect(line.toString()).toMatch(/^event node: ready at esdb:.*, events in .*by-hand\n$/);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends at %s with code 0, and its subscriptions as unavailable',
    async (signal) => {
      const node = aNode('--folder', folder(signal));
      const client = await node.client();
      const subscription = client.subscribeToAll();
      await once(subscription.resume(), 'confirmation');
      const ended = once(subscription, 'error');

      expect(await end(node.child, signal)).toBe(0);
      expect((await ended)[0]).toBeInstanceOf(esdb.UnavailableError);
    },
  );

  it('ends when its parent is gone', async () => {
    const node = aNode('--folder', folder('orphan'));
    await node.port();
    // 'close' does not come where the channel was closed from this side.
    const ended = once(node.child, 'exit');
    node.child.disconnect();

    expect((await ended)[0]).toBe(0);
  });

  it('refuses a folder that another process has, in one line', async () => {
    const first = aNode('--folder', folder('taken'));
    await first.port();
    const second = aNode('--folder', folder('taken'));

    expect(await end(second.child)).toBe(1);
    expect(second.printed).toBe(
      `event node: The data folder ${folder('taken')} is in use by process ` +
        `${String(first.child.pid)}. Stop that event node, or choose another folder.\n`,
    );
  });

  if (mayUnshare) {
    it('refuses a folder that a process of the same number in another container has', async () => {
      // Such processes do not see each other: only the file system that they share tells of them.
      const contained = (): Process =>
        new Process([...UNSHARE, process.execPath, MAIN, '--plaintext', '--folder', folder('pod')]);
      const first = contained();
      await first.port();
      const second = contained();

      expect(await end(second.child)).toBe(1);
      expect(second.printed).toBe(
        `event node: The data folder ${folder('pod')} is in use by a process of the same number (1), ` +
          'which runs in another container or on another machine. ' +
          'Stop that event node, or choose another folder.\n',
      );
      first.child.disconnect();
      await once(first.child, 'exit');
    });
  }

  it('refuses a port that is taken, in one line', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = String((server.address() as AddressInfo).port);
    const node = aNode('--folder', folder('port'), '--port', port);

    expect(await end(node.child)).toBe(1);
    expect(node.printed).toBe(
      `event node: Port ${port} is taken. Choose another, or 0 for a free one.\n`,
    );
    server.close();
  });

  it('refuses arguments that are wrong, in one line', async () => {
    const node = aNode('--flder', 'x');

    expect(await end(node.child)).toBe(1);
    expect(node.printed).toMatch(/^event node: Unknown option '--flder'.*\n$/);
  });
});

interface Acknowledged {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint | undefined;
  readonly events: readonly esdb.JSONEventData[];
}

const EVENTS_PER_APPEND = 3;

function someEvents(): esdb.JSONEventData[] {
  return Array.from({ length: EVENTS_PER_APPEND }, (_, n) =>
    esdb.jsonEvent({ type: 'PageWritten', data: { n } }),
  );
}

/** Appends until the connection breaks; gives what was acknowledged, and what never was answered. */
async function load(
  client: esdb.EventStoreDBClient,
  lane: string,
  onAcknowledged: (append: Acknowledged) => void,
): Promise<Omit<Acknowledged, 'revision' | 'position'>> {
  for (let turn = 0; ; turn += 1) {
    const stream = `${lane}-${String(turn >> 2)}`;
    const events = someEvents();
    try {
      const { nextExpectedRevision: revision, position } = await client.appendToStream(
        stream,
        events,
      );
      onAcknowledged({ stream, revision, position: position?.commit, events });
    } catch {
      return { stream, events };
    }
  }
}

describe('a node with TLS', () => {
  it('tells its parent, and nobody else, where the credential lies; others are added by hand', async () => {
    const keys = folder('keys');
    const node = ['--folder', folder('closed'), '--keys', keys];
    const adding = aClosedNode('--add-user', 'ruth', '--keys', keys);
    adding.child.stdin?.end('a password from outside\n');
    expect(await end(adding.child)).toBe(0);
    const closed = aClosedNode(...node);
    const [ready] = (await once(closed.child, 'message')) as [Record<string, string>];
    const { password } = JSON.parse(readFileSync(join(keys, 'credential.json'), 'utf8')) as Record<
      string,
      string
    >;

    expect(ready).toEqual({
      kind: 'ready',
      port: expect.any(Number),
      connectionString: expect.stringContaining('tls=true&tlsCAFile='),
      credentialsFile: join(keys, 'credential.json'),
    });
    const outsider = ready['connectionString']?.replace(
      '//',
      '//ruth:a%20password%20from%20outside@',
    );
    const client = esdb.EventStoreDBClient.connectionString(outsider ?? '');
    clients.push(client);
    expect((await client.appendToStream('pages', someEvents())).success).toBe(true);
    expect(adding.printed + closed.printed).not.toContain('password from');
    expect(adding.printed + closed.printed).not.toContain(password);
  });

  it('refuses keys that others may read, in one line', async () => {
    const keys = folder('open-keys');
    mkdirSync(keys);
    chmodSync(keys, 0o755);
    const node = aClosedNode('--folder', folder('open'), '--keys', keys);

    expect(await end(node.child)).toBe(1);
    expect(node.printed).toBe(
      `event node: Others than the owner may use ${keys} (mode 0755), which holds secrets. ` +
        `Run: chmod 0700 '${keys}'\n`,
    );
  });
});

describe('a node that is killed under the load of 32 appenders', () => {
  it('has every append that it acknowledged, and none by half', async () => {
    const at = folder('killed');
    const acknowledged: Acknowledged[] = [];
    const killed = aNode('--folder', at);
    const client = await killed.client();
    const unanswered = await Promise.all(
      Array.from({ length: 32 }, (_, lane) =>
        load(client, `lane-${String(lane)}`, (append) => {
          if (acknowledged.push(append) === 200) killed.child.kill('SIGKILL');
        }),
      ),
    );

    const again = await aNode('--folder', at).client();
    const stored = new Map<string, { revision: bigint; position: bigint | undefined }>();
    for await (const { event } of again.readAll()) {
      if (event === undefined) continue;
      stored.set(event.id, { revision: event.revision, position: event.position.commit });
    }
    for (const { events, revision, position } of acknowledged) {
      expect(stored.get(events.at(-1)?.id ?? '')).toEqual({ revision, position });
      expect(events.every(({ id }) => stored.has(id))).toBe(true);
    }
    const known = unanswered.filter(({ events }) => events.some(({ id }) => stored.has(id)));
    expect(known.every(({ events }) => events.every(({ id }) => stored.has(id)))).toBe(true);
    expect(stored.size).toBe((acknowledged.length + known.length) * EVENTS_PER_APPEND);

    for (const { stream, events } of unanswered) await again.appendToStream(stream, [...events]);
    const ids: string[] = [];
    for await (const { event } of again.readAll()) ids.push(event?.id ?? '');
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength((acknowledged.length + unanswered.length) * EVENTS_PER_APPEND);
  });
});

describe('a node that can write no more', () => {
  it('does not start where there is no room to begin with, in one line', async () => {
    const limited = `trap '' XFSZ; ulimit -f 20; exec "$0" "$@"`;
    const node = [process.execPath, MAIN, '--plaintext', '--folder', folder('no-room')];
    const full = new Process(['sh', '-c', limited, ...node]);

    expect(await end(full.child)).toBe(1);
    expect(full.printed).toBe(
      `event node: The data folder ${folder('no-room')} cannot be opened: its disk is full (EFBIG). ` +
        'Make room, and start again.\n',
    );
  });

  it('says so, ends with code 1, keeps what it had, and takes it up again', async () => {
    const at = folder('full');
    const limited = `trap '' XFSZ; ulimit -f 800; exec "$0" "$@"`;
    const full = new Process([
      'sh',
      '-c',
      limited,
      process.execPath,
      MAIN,
      '--plaintext',
      '--folder',
      at,
    ]);
    const client = await full.client();
    const event = (): esdb.JSONEventData =>
      esdb.jsonEvent({ type: 'PageWritten', data: { text: 'x'.repeat(20_000) } });
    let appended = 0;
    const fill = async (): Promise<void> => {
      for (; appended < 200; appended += 1) await client.appendToStream('pages', event());
    };
    await expect(fill()).rejects.toThrow('accepts no more events');
    expect(await end(full.child)).toBe(1);
    expect(full.printed).toContain('accepts no more events');

    const revisions = async (from: esdb.EventStoreDBClient): Promise<bigint[]> => {
      const found: bigint[] = [];
      for await (const { event: page } of from.readStream('pages'))
        found.push(page?.revision ?? -1n);
      return found;
    };
    const kept = Array.from({ length: appended }, (_, revision) => BigInt(revision));
    const again = await aNode('--folder', at).client();
    expect(await revisions(again)).toEqual(kept);
    await again.appendToStream('pages', event(), { expectedRevision: BigInt(appended - 1) });
  });
});
