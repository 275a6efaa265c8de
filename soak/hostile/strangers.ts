import { setTimeout as after } from 'node:timers/promises';
import { type Attack, noise, pick } from './attack.js';
import { call, closedSession } from './connections.js';
import { framed, subscriptionToAll } from './messages.js';

/** Callers whom the closed node does not know. */
export const strangers: Readonly<Record<string, Attack>> = {
  'wrong passwords': tried((random) => basic(pick(random, ['local', 'ruth', 'nobody']), random)),
  'unknown users': tried((random) => basic(noise(random, 30).toString('base64url'), random)),
  'credentials in no form': tried((random) =>
    pick(random, [
      'Basic ',
      'Bearer x',
      `Basic ${'A'.repeat(8_000)}`,
      noise(random, 90).toString('hex'),
    ]),
  ),
  'callers without credentials': tried(() => ''),
};

/** A thousand calls on ten connections, all at the same time. */
function tried(authorization: (random: () => number) => string): Attack {
  return async ({ closed }, random) => {
    const sessions = Array.from({ length: 10 }, () => closedSession(closed));
    for (const opened of sessions) {
      for (let count = 0; count < 100; count += 1) {
        const given = authorization(random);
        const headers = given === '' ? {} : { authorization: given };
        call(opened, 'Read', headers).resume().end(framed(subscriptionToAll));
      }
    }
    await after(500);
    return () => {
      for (const opened of sessions) opened.destroy();
    };
  };
}

function basic(username: string, random: () => number): string {
  const password = noise(random, 40).toString('base64url');
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
