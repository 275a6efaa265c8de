import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esdb from '@eventstore/db-client';
import { openRegistrantKeys } from '#libs/event-log';
import { startEventNode, type EventNode } from '#libs/event-node';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const parent = mkdtempSync(join(tmpdir(), 'portbook-backup-'));
const WRITERS = 32;
const LOG = 'log-000000000000.pbl';

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line on a data folder. */
function portbook(dataDir: string, ...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const options = { cwd: root, env: { PATH: process.env['PATH'], PORTBOOK_DATA: dataDir } };
    const command = [join(root, 'bin/portbook.js'), ...args];
    execFile(process.execPath, command, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

let place: string;
let data: string;
let node: EventNode;
let client: esdb.EventStoreDBClient;

async function start(dataDir: string): Promise<void> {
  node = await startEventNode({ folder: join(dataDir, 'events'), security: 'plaintext' });
  client = esdb.EventStoreDBClient.connectionString(node.connectionString);
}

async function stop(): Promise<void> {
  await client.dispose();
  await node.close();
}

/** Ids of all events of the node, in order. */
async function idsOfAll(): Promise<string[]> {
  const ids: string[] = [];
  for await (const { event } of client.readAll()) ids.push(event?.id ?? '');
  return ids;
}

function append(stream: string): Promise<esdb.AppendResult> {
  return client.appendToStream(stream, esdb.jsonEvent({ type: 'Written', data: { stream } }));
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

beforeEach(() => {
  place = mkdtempSync(join(parent, 'place-'));
  data = join(place, 'data');
});
afterAll(() => {
  rmSync(parent, { recursive: true });
});

describe('a backup', () => {
  beforeEach(() => start(data));
  afterEach(stop);

  it('made under 32 writers holds all that was acknowledged before it, and is restored whole', async () => {
    const keys = await openRegistrantKeys(join(data, 'keys'));
    const key = (await keys.getOrCreate(['ruth'])).get('ruth');
    const writing = new AbortController();
    let acknowledged = 0n;
    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      while (!writing.signal.aborted) {
        const { position } = await append(`s-${writer}`);
        if (position && position.commit > acknowledged) acknowledged = position.commit;
      }
    });
    await Promise.all([append('first'), append('second')]);
    const before = acknowledged;
    const [backup, apart] = [join(place, 'backup'), join(place, 'apart')];
    const made = await portbook(data, 'backup', backup, '--keys', apart);
    writing.abort();
    await Promise.all(writers);
    await keys.close();
    const ids = await idsOfAll();
    await stop();

    expect([made.code, made.stderr]).toEqual([0, '']);
    const last = Number(/up to position (\d+)/.exec(made.stdout)?.[1]);
    expect(last).toBeGreaterThanOrEqual(Number(before));
    for (const folder of [backup, apart]) {
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      for (const name of namesIn(folder)) {
        expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
      }
    }
    expect(namesIn(backup)).toEqual(['backup.json', LOG]);

    const other = join(place, 'other');
    const restored = await portbook(other, 'restore', backup, '--keys', apart);
    expect([restored.code, restored.stderr]).toEqual([0, '']);
    expect(restored.stdout).toContain(`up to position ${last} is restored`);
    const restoredKeys = await openRegistrantKeys(join(other, 'keys'));
    expect(restoredKeys.find('ruth')).toEqual(key);
    await restoredKeys.close();
    await start(other);
    expect(await idsOfAll()).toEqual(ids.slice(0, last));
    await append('s-0');
  });

  it('without the keys says what cannot be done with it', async () => {
    await append('a');
    const run = await portbook(data, 'backup', join(place, 'backup'));
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('WARNING: the keys are not in this backup');
  });

  it('is made of nothing but a log, and neither over other files nor with the keys in it', async () => {
    await append('a');
    const full = join(place, 'full');
    mkdirSync(full);
    writeFileSync(join(full, 'mine'), '');
    const refused = await portbook(data, 'backup', full);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(`${full} is not empty`);
    const backup = join(place, 'backup');
    const nested = await portbook(data, 'backup', backup, '--keys', join(backup, 'keys'));
    expect(nested).toMatchObject({ code: 2, stdout: '' });
    const keyless = await portbook(data, 'backup', backup, '--keys', join(place, 'keys'));
    expect(keyless.stderr).toContain('holds no keys');
    const logless = await portbook(join(place, 'nowhere'), 'backup', backup);
    expect(logless).toMatchObject({ code: 1, stdout: '' });
    expect(logless.stderr).toContain('holds no event log');
    expect(namesIn(place)).toEqual(['data', 'full']);
  });
});

function flipByte(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(file, bytes);
}

describe('a restore', () => {
  const registry = join(parent, 'registry');
  const whole = join(parent, 'backup');
  let backup: string;

  beforeAll(async () => {
    await start(registry);
    for (let n = 0; n < 10; n += 1) await append('a');
    await stop();
    expect((await portbook(registry, 'backup', whole)).code).toBe(0);
  });
  beforeEach(() => {
    backup = join(place, 'backup');
    cpSync(whole, backup, { recursive: true });
  });

  it('is refused over a log, also its own, and over the views of another log', async () => {
    const over = await portbook(registry, 'restore', backup);
    expect([over.code, over.stdout]).toEqual([1, '']);
    expect(over.stderr).toContain('There is an event log already');

    const other = join(place, 'other');
    mkdirSync(join(other, 'views'), { recursive: true });
    writeFileSync(join(other, 'views', 'data.mdb'), '');
    expect((await portbook(other, 'restore', backup)).stderr).toContain('views of another log');
    rmSync(join(other, 'views'), { recursive: true });
    const restored = await portbook(other, 'restore', backup);
    expect(restored.stdout).toContain('up to position 10 is restored');
    expect(restored.stderr).toContain('cannot be opened');
    const again = await portbook(other, 'restore', backup);
    expect([again.code, again.stdout]).toEqual([1, '']);
    expect(again.stderr).toContain('There is an event log already');
  });

  it.each<[string, (backup: string) => void, string]>([
    ['a changed file', (backup) => flipByte(join(backup, LOG), 300), `${LOG} is damaged: its SHA`],
    ['a longer file', (backup) => appendFileSync(join(backup, LOG), 'x'), `${LOG} is damaged: it`],
    ['a missing file', (backup) => rmSync(join(backup, LOG)), `${LOG} is damaged: it cannot`],
    ['no list', (backup) => rmSync(join(backup, 'backup.json')), 'backup.json cannot be read'],
    [
      'a list that is cut off',
      (backup) => writeFileSync(join(backup, 'backup.json'), '{"format":'),
      'backup.json is damaged',
    ],
    [
      'a list of another backup',
      (backup) => replaceInList(backup, /"lastPosition": "10"/, '"lastPosition": "11"'),
      'files of two backups are mixed',
    ],
    [
      'a name in the list that leads out of it',
      (backup) => replaceInList(backup, LOG, '../events'),
      'backup.json is damaged',
    ],
  ])('of %s is refused, and leaves nothing', async (_, harm, named) => {
    harm(backup);
    const other = join(place, 'other');
    const run = await portbook(other, 'restore', backup);
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain(named);
    expect(namesIn(other)).toEqual([]);
  });

  it('cannot be made up for by a backup of what is damaged, which is refused', async () => {
    cpSync(join(registry, 'events'), join(data, 'events'), { recursive: true });
    flipByte(join(data, 'events', LOG), 100);
    const run = await portbook(data, 'backup', join(place, 'another'));
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain('record at byte 0 of the log is damaged');
    expect(namesIn(place)).toEqual(['backup', 'data']);
  });
});

function replaceInList(backup: string, text: string | RegExp, by: string): void {
  const file = join(backup, 'backup.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(text, by));
}
