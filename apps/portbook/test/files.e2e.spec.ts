import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enactedTimeline } from '#libs/policy';
import type { ReplayAnswer } from '#libs/replay';
import { portbookIn, type Run } from './command-line.js';

const folder = mkdtempSync(join(tmpdir(), 'portbook-files-'));
const history = join(folder, 'history.ndjson');

function portbook(...args: readonly string[]): Promise<Run> {
  return portbookIn(folder, ...args);
}

beforeAll(async () => {
  const range = ['--people', '2000', '--seed', '1', '--until', '2005-12-31'];
  await portbook('history', 'generate', ...range, '--out', history);
}, 30_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the command line on files', () => {
  it('counts whom the suspension spared, what nobody was asked for apart', async () => {
    const { code, stdout } = await portbook(
      ...['replay', '--history', history, '--scenario', 'no-suspension'],
      ...['--by', 'transition', '--format', 'json'],
    );
    expect(code).toBe(0);
    const answer = JSON.parse(stdout) as ReplayAnswer;
    const [enacted, without] = answer.worlds;
    const spared = without?.rows.find(({ transition }) => transition === 'released -> untested');
    expect(spared?.['people']).toBeGreaterThan(0);
    const missed = (world: typeof enacted) =>
      world?.rows.filter(({ transition }) => String(transition).endsWith('-> missed'));
    expect(missed(without)).toEqual(missed(enacted));
    expect(answer.assumptions.notes.join(' ')).toContain('The history is synthetic');
  }, 30_000);

  it('says beside the obligations of generated people that they, and the weights, are invented', async () => {
    const short = join(folder, 'few.ndjson');
    const lines = readFileSync(history, 'utf8').split('\n').slice(0, 3);
    writeFileSync(short, lines.join('\n'));
    const asked = ['--history', short, '--on', '2003-12-05'];
    const json = await portbook('assess', ...asked, '--format', 'json');
    const { assumptions } = JSON.parse(json.stdout) as { assumptions: { notes: string[] } };
    expect(assumptions.notes.join(' ')).toContain('assumed, not published');
    expect((await portbook('assess', ...asked)).stdout).toContain('The history is synthetic');
    const csv = await portbook('assess', ...asked, '--format', 'csv');
    expect(csv.stderr).toContain('The history is synthetic');
    const { data } = JSON.parse(lines[0] ?? '') as { data: { registrantId: string } };
    const explained = await portbook('explain', data.registrantId, ...asked);
    expect(explained.stdout).toContain('The history is synthetic');
  });

  it('names the line of a history file that is broken, and answers nothing', async () => {
    const lines = readFileSync(history, 'utf8').split('\n').slice(0, 20);
    lines[16] = '{"id":"no id at all"}';
    const broken = join(folder, 'broken.ndjson');
    writeFileSync(broken, lines.join('\n'));
    const run = await portbook('assess', '--history', broken, '--on', '2003-12-05');
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain('line 17');
  });

  it('names the place in a scenario at which an unknown ref stands', async () => {
    const file = join(folder, 'scenario.json');
    const changes = [{ withdraw: 'call-in-group-1' }, { withdraw: 'no-such-rule' }];
    writeFileSync(file, JSON.stringify({ name: 'x', base: 'enacted', changes }));
    const run = await portbook('replay', '--history', history, '--scenario', file);
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain('changes[1].withdraw names "no-such-rule"');
  });

  it('replays a scenario on one in the file next to it, held against that one', async () => {
    const changes = [{ amend: 'follow-up-interview-enacted', set: { 'terms.dueAfterDays': 60 } }];
    const below = join(folder, 'below.json');
    const above = join(folder, 'above.json');
    writeFileSync(below, JSON.stringify({ name: 'below', base: 'no-suspension', changes }));
    writeFileSync(above, JSON.stringify({ name: 'above', base: 'below.json', changes: [] }));
    const short = join(folder, 'short.ndjson');
    writeFileSync(short, readFileSync(history, 'utf8').split('\n').slice(0, 100).join('\n'));
    const run = await portbook(
      ...['replay', '--history', short, '--scenario', above, '--against', below],
      ...['--format', 'json'],
    );
    expect(run.code).toBe(0);
    const { worlds } = JSON.parse(run.stdout) as ReplayAnswer;
    expect(worlds.map(({ scenario }) => scenario)).toEqual(['enacted', 'below', 'above']);
    expect(worlds[2]?.policyHash).toBe(worlds[1]?.policyHash);
    expect(worlds[2]?.warnings).toContain('The scenario changes nothing of its base "below".');
  }, 30_000);

  it('shows a policy as corrected, as it was known before, and what became of its records', async () => {
    const [record] = enactedTimeline;
    const { known: _known, type, ref, ...body } = record!;
    const corrected = { ...body, title: 'The mandate' };
    const recordedAt = '2004-01-01T00:00:00.000Z';
    const slip = { type: 'PolicyRecordCorrected', ref, corrected, reason: 'Misread.', recordedAt };
    const file = join(folder, 'policy.json');
    writeFileSync(file, JSON.stringify({ events: [{ type, ref, ...body }, slip] }));

    const now = await portbook('policy', '--policy', file);
    expect(now.stdout).toContain('The mandate');
    expect(now.stdout).toContain(`Corrected, ${recordedAt}: ${ref}. Misread.`);
    const before = await portbook(
      ...['policy', '--policy', file, '--known-at', '2003-01-01T00:00:00.000Z'],
      ...['--format', 'json'],
    );
    expect(JSON.parse(before.stdout)).toMatchObject({
      events: [{ title: body.title }],
      clerical: [],
    });
  });

  it.each([
    ['an unknown flag', ['replay', '--scenario', 'no-suspension', '--colour'], '--colour'],
    ['a day that is none', ['assess', '--history', 'x', '--on', '2003-02-30'], '2003-02-30'],
    [
      'an unknown measure',
      ['replay', '--scenario', 'no-suspension', '--measure', 'luck'],
      '--measure',
    ],
    ['an unknown command', ['comand'], 'comand'],
  ])('ends with 2 for %s, naming it', async (_, args, named) => {
    const { code, stdout, stderr } = await portbook(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(named);
  });

  it('ends with 1 where no system runs, and says what to do', async () => {
    const { code, stderr } = await portbook('export');
    expect(code).toBe(1);
    expect(stderr).toContain('npm start');
  });
});
