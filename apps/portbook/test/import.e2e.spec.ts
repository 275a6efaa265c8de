import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { canonicalJson } from '#libs/kernel';
import { generateHistory } from '#libs/synthetic-history';
import { RunningSystem } from '../../../soak/system/running-system.js';
import { portbookIn, type Run } from './command-line.js';

const PEOPLE = 1000;
const UNTIL = '2004-12-31';

const system = new RunningSystem({ PORTBOOK_SEED: 'timeline' });
const file = (name: string): string => join(system.dataDir, name);
const history = file('history.ndjson');

function portbook(...args: readonly string[]): Promise<Run> {
  return portbookIn(system.dataDir, ...args);
}

interface Line {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
}

/** What each person's stream holds, in its order. */
function lives(name: string): ReadonlyMap<string, readonly string[]> {
  const streams = new Map<string, string[]>();
  for (const line of readFileSync(name, 'utf8').trimEnd().split('\n')) {
    const { id, stream, type } = JSON.parse(line) as Line;
    if (!stream.startsWith('registrant-')) continue;
    const events = streams.get(stream) ?? [];
    streams.set(stream, events);
    events.push(`${type} ${id}`);
  }
  return streams;
}

interface Health {
  readonly parts: {
    readonly views: readonly { readonly position: string | null; readonly lag: number | null }[];
  };
}

/** Where the log ends, as far as that can be seen from outside. */
async function head(): Promise<number> {
  const { body } = await system.ask<Health>('GET', '/health/ready');
  const [view] = body.parts.views;
  return Number(view?.position ?? 0) + (view?.lag ?? 0);
}

interface Running {
  readonly interrupt: () => void;
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>;
}

/** Begins an import, and answers when some of it is in the log. */
async function importBegun(): Promise<Running> {
  const before = await head();
  const child = spawn(process.execPath, ['bin/portbook.js', 'import', history], {
    env: { PATH: process.env['PATH'], PORTBOOK_DATA: system.dataDir },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said }));
  while ((await head()) < before + 100 && child.exitCode === null) await wait(5);
  return { interrupt: () => child.kill('SIGINT'), ended };
}

beforeAll(async () => {
  const args = ['--people', String(PEOPLE), '--seed', '1', '--until', UNTIL, '--out', history];
  expect(await portbook('status')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('not running'),
  });
  await Promise.all([system.start(), portbook('history', 'generate', ...args)]);
});
afterAll(() => system.remove());

describe('a history file', () => {
  it('is the same bytes for the same arguments', () => {
    let text = '';
    for (const line of generateHistory({ people: PEOPLE, seed: 1, until: UNTIL })) {
      text += `${canonicalJson(line)}\n`;
    }
    expect(readFileSync(history, 'utf8') === text).toBe(true);
  });

  it('whose line 17 is broken is not imported, and the line named with the reason', async () => {
    const before = await head();
    const lines = readFileSync(history, 'utf8').split('\n');
    writeFileSync(
      file('broken.ndjson'),
      lines.with(16, '{"id":"no id at all"}').slice(0, 40).join('\n'),
    );
    const run = await portbook('import', file('broken.ndjson'));
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain('bad, and nothing was appended. The first is line 17: id must');
    expect(run.stderr).toContain('line 17: id must be a UUID in lower case');
    expect(await head()).toBe(before);
  });

  it('is left in the middle by Ctrl-C, and by the end of the API, and each time gone on with', async () => {
    writeFileSync(file('empty.ndjson'), '');
    const first = await importBegun();
    first.interrupt();
    expect(await first.ended).toEqual({
      code: 130,
      said: expect.stringContaining('Stopped. What was appended stays'),
    });
    // Appends that were on their way come to their end; one file comes in at a time.
    while ((await portbook('import', file('empty.ndjson'))).code !== 0) await wait(20);
    const second = await importBegun();
    await system.kill('api');
    expect(await second.ended).toEqual({
      code: 1,
      said: expect.stringContaining('run the same command again'),
    });
    await system.untilCaughtUp();
    const run = await portbook('import', history);
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toMatch(/^[1-9]\d* events appended, up to position \d+\.\n[1-9]\d* were/);
    expect(run.stdout).toContain('the times of the file were adopted');
  });

  it('is exported as it came in, but encrypted', async () => {
    expect((await portbook('export', '--out', file('export.ndjson'))).code).toBe(0);
    expect(lives(file('export.ndjson'))).toEqual(lives(history));
    const text = readFileSync(file('export.ndjson'), 'utf8');
    expect([text.includes('"encrypted"'), text.includes('"fin"')]).toEqual([true, false]);
  });

  it('imported again has nothing new, and leaves nothing of itself in the data folder', async () => {
    const run = await portbook('import', history);
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toMatch(/^Nothing of .* is new\.\n\d+ were there already\.\n$/);
    expect(readdirSync(system.dataDir)).not.toContain('import.ndjson');
  });
});

describe('portbook status', () => {
  it('shows processes, views, day and backup on one screen', async () => {
    await portbook('backup', file('backup'));
    await system.untilCaughtUp();
    const { code, stdout } = await portbook('status');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Portbook +ready\n/);
    expect(stdout).toMatch(/registry's day +\d{4}-\d\d-\d\d\n/);
    expect(stdout).toMatch(/last backup +\S+, up to position \d+, without the keys, in .*backup\n/);
    for (const name of ['supervisor', 'event-node', 'projector', 'api']) {
      expect(stdout).toMatch(new RegExp(`${name} +process \\d+ +runs`));
    }
    expect(stdout).toMatch(/registrant-file +ready +at \d+, 0 behind/);
    const json = await portbook('status', '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      state: 'ready',
      lastBackup: { withKeys: false },
    });
  });
});
