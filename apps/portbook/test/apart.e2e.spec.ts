import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventNode, startEventNode } from '#libs/event-node';
import { portbookIn, type Run } from './command-line.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'portbook-apart-'));
const keys = join(folder, 'keys');
/** What the client of the event log has Node say of addresses without a name. */
const QUIET = '--disable-warning=DEP0123';
const children: ChildProcess[] = [];
let node: EventNode;
let made: Run;

/** One app by itself, as a container runs it: nothing but its environment tells it anything. */
function launch(app: string, env: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(process.execPath, [QUIET, join(root, `dist/apps/${app}/src/main.js`)], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      EVENTSTORE_URL: node.connectionString,
      EVENTSTORE_CREDENTIALS_FILE: node.credentialsFile ?? '',
      PORTBOOK_DATA: folder,
      PORTBOOK_KEYS: join(folder, 'registrants'),
      PORTBOOK_SEED: 'timeline',
      AUTH_JWKS_FILE: join(keys, 'jwks.json'),
      LOG_LEVEL: 'warn',
      ...env,
    },
    // No channel to a parent: a container has none.
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  children.push(child);
  return child;
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return String(port);
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const exit = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exit)[0];
}

beforeAll(async () => {
  const nodeKeys = join(folder, 'event-node');
  node = await startEventNode({ folder: join(folder, 'events'), security: { keys: nodeKeys } });
  made = await portbookIn(folder, 'keys', keys);
}, 60_000);

afterAll(async () => {
  for (const child of children) await ended(child, 'SIGKILL');
  await node.close();
  rmSync(folder, { recursive: true });
});

describe('portbook keys', () => {
  it('makes what an issuer, a registry and its ledger need, for the owner alone', () => {
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(keys).sort()).toEqual([
      ...['issuer.json', 'jwks.json', 'ledger.json', 'registry.json'],
    ]);
    expect(statSync(keys).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(keys)) {
      expect(statSync(join(keys, name)).mode & 0o777).toBe(0o600);
    }
    const ledger = JSON.parse(readFileSync(join(keys, 'ledger.json'), 'utf8'));
    expect(ledger).toMatchObject({ kty: 'OKP', crv: 'Ed25519', d: expect.any(String) });
    expect(made.stdout).not.toContain(ledger.d);
    const registry = JSON.parse(readFileSync(join(keys, 'registry.json'), 'utf8'));
    expect(registry).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it('never touches keys that are there', async () => {
    const before = readFileSync(join(keys, 'issuer.json'), 'utf8');
    const again = await portbookIn(folder, 'keys', keys);

    expect(again.code).toBe(1);
    expect(again.stderr).toContain('is not empty. Keys are never overwritten');
    expect(readFileSync(join(keys, 'issuer.json'), 'utf8')).toBe(before);
    expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
  }, 60_000);
});

describe('API and projector, each by itself in production', () => {
  it('take the tokens that are signed with the key that was made', async () => {
    const projector = launch('projector');
    const port = await freePort();
    const api = launch('api', { PORT: port });
    const url = `http://127.0.0.1:${port}`;
    for (let tries = 0; !(await isReady(url)) && tries < 400; tries += 1) await wait(100);

    const token = await portbookIn(folder, 'token', 'officer', '--key', join(keys, 'issuer.json'));
    const ask = (bearer: string) =>
      fetch(`${url}/api/policy`, { headers: { authorization: `Bearer ${bearer.trim()}` } });

    expect((await ask(token.stdout)).status).toBe(200);
    expect((await ask(`${token.stdout.trim()}x`)).status).toBe(401);
    expect(await ended(api, 'SIGTERM')).toBe(0);
    expect(await ended(projector, 'SIGTERM')).toBe(0);
  }, 60_000);
});
