import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const MAIN = fileURLToPath(new URL('../dist/soak/main.js', import.meta.url));
const run = promisify(execFile);

/** What a failure says names the seed, with which `npm run soak` repeats it. */
function slice(campaign: string, rounds: number, env = process.env) {
  const seed = String(Date.now() % 2 ** 32);
  const args = [MAIN, campaign, '--rounds', String(rounds), '--seed', seed];
  return run(process.execPath, args, { env });
}

/**
 * A few rounds of each campaign, with new seeds each time. A log of millions of events has no small
 * version; that of the calibration stands in `libs/synthetic-history`, that of the system calls in `.ci`.
 */
describe('a few rounds of a campaign', () => {
  it('kill the event node, and find every acknowledged event', async () => {
    const { stdout } = await slice('event-node-kills', 2);

    expect(stdout).toMatch(/[1-9]\d* acknowledged events there/);
  });

  it('fill its disk, and find every acknowledged event', async () => {
    const { stdout } = await slice('event-node-full', 1);

    expect(stdout).toMatch(/[1-9]\d* acknowledged events there after 1 full disks/);
  });

  it('attack it, and find it up, small and answering', async () => {
    const { stdout } = await slice('event-node-hostile', 50);

    expect(stdout).toContain('50 hostile requests; at most');
  });

  it('say with which seed they failed', async () => {
    const withoutStrace = slice('event-node-durability', 1, { PATH: '' });

    await expect(withoutStrace).rejects.toThrow(/failed with seed \d+: Error: strace is not there/);
  });
});
