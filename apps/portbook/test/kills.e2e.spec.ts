import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compare } from '../../../soak/system/comparison.js';
import { Officers } from '../../../soak/system/officers.js';
import { arrivalOf, keyOf } from '../../../soak/system/people.js';
import { RunningSystem } from '../../../soak/system/running-system.js';

const system = new RunningSystem({ PORTBOOK_SEED: 'timeline', PORTBOOK_TODAY: '2003-11-20' });
const officers = new Officers(system);

/** Registers these people over so many connections at once. */
async function registerAll(people: readonly number[], connections: number): Promise<void> {
  const left = [...people];
  const connection = async (): Promise<void> => {
    for (let nth = left.shift(); nth !== undefined; nth = left.shift()) await register(nth);
  };
  await Promise.all(Array.from({ length: connections }, connection));
}

async function register(nth: number): Promise<void> {
  await officers.send('register-arrival', keyOf(nth), arrivalOf(nth));
}

const people = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => from + at);

beforeAll(async () => {
  await system.start();
}, 60_000);

afterAll(async () => {
  await system.remove();
}, 20_000);

describe('the real processes under load', () => {
  it('record 2,000 arrivals sent over 64 connections, a tenth of them twice, once each', async () => {
    const sent = people(0, 1_800).flatMap((nth) => (nth % 9 === 0 ? [nth, nth] : [nth]));
    expect(sent).toHaveLength(2_000);
    await registerAll(sent, 64);
    expect(officers.acknowledged.size).toBe(1_800);
  }, 60_000);

  it('lose and double nothing when each process in turn is killed during commands', async () => {
    const sending = registerAll(people(10_000, 10_300), 8);
    for (const name of ['event-node', 'projector', 'api']) await system.kill(name);
    await sending;
    expect(officers.acknowledged.size).toBe(2_100);
    await register(20_000);
    await system.untilCaughtUp();
    expect(await system.stop()).toBe(0);
    await compare(system.dataDir, {
      acknowledged: officers.acknowledged,
      views: system.openViews(),
    });
  }, 60_000);
});
