import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Explanation, Obligation } from '#libs/assessment';
import type { ReplayAnswer } from '#libs/replay';
import { SPEC_REGISTRANT } from '#libs/spec';
import { portbookIn, type Run } from './command-line.js';
import { arrivalLine, lateHistory, suspensionAt } from './late-history.js';

const folder = mkdtempSync(join(tmpdir(), 'portbook-known-'));
const history = join(folder, 'history.ndjson');
const before = '2003-12-01T00:00:00.000Z';

beforeAll(() => {
  writeFileSync(history, lateHistory());
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Assessed {
  readonly obligations: readonly Obligation[];
}

async function answer<Answer>(...args: readonly string[]): Promise<Answer> {
  const { code, stdout, stderr } = await portbook(...args, '--format', 'json');
  expect([code, stderr.replaceAll(/\d+ people replayed\.\n/g, '')]).toEqual([0, '']);
  return JSON.parse(stdout) as Answer;
}

function portbook(...args: readonly string[]): Promise<Run> {
  return portbookIn(folder, ...args);
}

describe('a moment of knowledge on the command line', () => {
  it('is an instant: the facts and the law as they were known', async () => {
    const believed = await answer<Assessed>(
      ...['assess', '--history', history, '--on', '2003-12-05', '--known-at', before],
    );

    expect(believed).toMatchObject({ knownAt: before, observedUntil: '2003-10-23' });
    expect(believed.obligations).toContainEqual(
      expect.objectContaining({ duty: 'follow-up-interview', status: 'missed' }),
    );
  });

  it('is asked of one person, and of everybody, under a scenario that names what came later', async () => {
    const asked = ['--history', history, '--scenario', 'no-suspension', '--on', '2003-12-05'];
    const moment = ['--known-at', `position:${arrivalLine}`];
    const [explained, replayed] = await Promise.all([
      answer<Explanation>('explain', SPEC_REGISTRANT, ...asked, ...moment),
      answer<ReplayAnswer>('replay', ...asked, ...moment),
    ]);

    expect(explained.knownAt).toBe(`position:${arrivalLine}`);
    expect(explained.facts).toMatchObject([{ type: 'ArrivalRegistered', day: '2003-10-23' }]);
    expect(explained.worlds[1]?.warnings.join()).toContain('nothing was known');
    expect(replayed).toMatchObject({
      knownAt: `position:${arrivalLine}`,
      position: String(arrivalLine),
    });
    expect(replayed.worlds[1]?.policyHash).toBe(explained.worlds[0]?.policyHash);
  });

  it('is asked of the policy, by lines where it stands in a history', async () => {
    const moment = `position:${arrivalLine + 1}`;
    const { events } = await answer<{ events: { ref: string }[] }>(
      ...['policy', '--policy', history, '--known-at', moment],
    );
    expect(events.map(({ ref }) => ref)).toContain('domestic-registration-suspended');
    expect(events).toHaveLength(suspensionAt + 1);
  });

  it.each([
    ['policy', '--known-at', 'position:3'],
    ['explain', SPEC_REGISTRANT, '--scenario', 'mine.json'],
  ])('ends with 2 where it is none: %s %s %s', async (...args) => {
    const { code, stdout, stderr } = await portbook(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
  });
});
