import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { Authentication } from './authentication.js';
import { status } from './status.js';
import { nobody, type User } from './users.js';

const local = { username: 'local', password: 'the local password' };
const ruth: User = { ...nobody(), username: 'ruth' };

function header(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Checks that a spec lets end one by one. */
class Checks {
  readonly begun: string[] = [];
  readonly #ends: ((isRight: boolean) => void)[] = [];
  readonly authentication: Authentication;

  constructor(users = ['ruth']) {
    this.authentication = new Authentication({
      local,
      users: new Map(users.map((username) => [username, { ...ruth, username }])),
      verify: ({ username }, password) => {
        this.begun.push(`${username}:${password}`);
        return new Promise((resolve) => {
          this.#ends.push(resolve);
        });
      },
    });
  }

  ask(username: string, password: string): Promise<unknown> {
    return this.authentication.check(header(username, password)).then(
      () => 'in',
      (error: unknown) => (error as { code: number }).code,
    );
  }

  /** Ends the check that runs, which must have begun. */
  async end(isRight: boolean): Promise<void> {
    await turns();
    const end = this.#ends.shift();
    if (end === undefined) throw new Error('no check runs');
    end(isRight);
    await turns();
  }
}

/** Lets everything run that waits for nothing but its turn. */
async function turns(): Promise<void> {
  await setImmediate();
}

describe('authentication', () => {
  it('lets the local client in without a check, whoever waits', async () => {
    const checks = new Checks();
    void checks.ask('ruth', 'guess');

    expect(await checks.ask('local', local.password)).toBe('in');
  });

  it('checks a credential once for all who come with it at the same time, and never again', async () => {
    const checks = new Checks();
    const asked = [1, 2, 3].map(() => checks.ask('ruth', 'right'));
    await checks.end(true);

    expect(await Promise.all(asked)).toEqual(['in', 'in', 'in']);
    expect(await checks.ask('ruth', 'right')).toBe('in');
    expect(checks.begun).toEqual(['ruth:right']);
  });

  it('lets so many wait with one credential, and turns further ones away', async () => {
    const checks = new Checks();
    const asked = Array.from({ length: 257 }, () => checks.ask('ruth', 'right'));
    expect(await asked[256]).toBe(status.unavailable);
    await checks.end(true);

    expect(new Set(await Promise.all(asked.slice(0, 256)))).toEqual(new Set(['in']));
    expect(await checks.ask('ruth', 'right')).toBe('in');
  });

  it('does not remember what was wrong, nor takes another password for the right one', async () => {
    const checks = new Checks();
    const first = checks.ask('ruth', 'right');
    await checks.end(true);
    expect(await first).toBe('in');

    const wrong = checks.ask('ruth', 'wrong');
    await checks.end(false);
    expect(await wrong).toBe(status.unauthenticated);
    expect(checks.begun).toEqual(['ruth:right', 'ruth:wrong']);
  });

  it('checks the password of an unknown name too, against nobody', async () => {
    const checks = new Checks();
    const asked = checks.ask('eve', 'guess');
    await checks.end(false);

    expect(await asked).toBe(status.unauthenticated);
    expect(checks.begun).toEqual([':guess']);
  });

  it('knows the local client and every user for good, however many users there are', async () => {
    const users = Array.from({ length: 1_100 }, (_, n) => `user ${String(n)}`);
    const checks = new Checks(users);
    for (const username of users) {
      const asked = checks.ask(username, 'right');
      await checks.end(true);
      expect(await asked).toBe('in');
    }
    checks.begun.length = 0;

    expect(await checks.ask('local', local.password)).toBe('in');
    for (const username of users) expect(await checks.ask(username, 'right')).toBe('in');
    expect(checks.begun).toEqual([]);
  });

  it('keeps room for a user while strangers try names', async () => {
    const checks = new Checks();
    const strangers = Array.from({ length: 40 }, (_, n) => checks.ask(`eve ${String(n)}`, 'guess'));
    const asked = checks.ask('ruth', 'right');

    expect(await strangers[39]).toBe(status.unavailable);
    for (let waiting = 4; waiting > 0; waiting -= 1) await checks.end(true);
    await checks.end(true);
    expect(await asked).toBe('in');
    expect(checks.begun.at(-1)).toBe('ruth:right');
  });

  it('keeps room for a user while others are tried', async () => {
    const checks = new Checks(['ruth', 'olga']);
    for (let n = 0; n < 40; n += 1) void checks.ask('olga', `guess ${String(n)}`);
    void checks.ask('ruth', 'right');
    for (let waiting = 4; waiting > 0; waiting -= 1) await checks.end(true);

    expect(checks.begun.at(-1)).toBe('ruth:right');
  });

  it('checks one at a time, and turns away those for whom there is no room to wait', async () => {
    const checks = new Checks();
    const asked = Array.from({ length: 5 }, (_, n) => checks.ask('ruth', `guess ${String(n)}`));

    expect(await asked[4]).toBe(status.unavailable);
    await turns();
    expect(checks.begun).toEqual(['ruth:guess 0']);
    await checks.end(true);
    expect(checks.begun).toEqual(['ruth:guess 0', 'ruth:guess 1']);
  });

  it('rests after a wrong password before it checks the next', async () => {
    const checks = new Checks();
    void checks.ask('ruth', 'wrong');
    void checks.ask('ruth', 'right');
    await checks.end(false);

    expect(checks.begun).toEqual(['ruth:wrong']);
  });

  it('goes on after a check that failed', async () => {
    let isBroken = true;
    const authentication = new Authentication({
      local,
      users: new Map([['ruth', ruth]]),
      verify: () => (isBroken ? Promise.reject(new Error('no memory')) : Promise.resolve(true)),
    });

    await expect(authentication.check(header('ruth', 'right'))).rejects.toThrow('no memory');
    isBroken = false;
    await authentication.check(header('ruth', 'right'));
  });
});
