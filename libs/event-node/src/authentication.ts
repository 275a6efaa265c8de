import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Credential } from './credential.js';
import { CallError, status } from './status.js';
import { isPasswordOf, nobody, type User } from './users.js';

export interface Accounts {
  /** Known from the start: its clients never wait behind strangers who try passwords. */
  readonly local: Credential;
  readonly users: ReadonlyMap<string, User>;
  /** Whether the password is the user's; scrypt unless a spec counts the calls. */
  readonly verify?: (user: User, password: string) => Promise<boolean>;
}

/**
 * How many credentials may wait to be checked under one name, all unknown names being one: a flood of
 * wrong ones holds no memory, and takes the room of no other user.
 */
const WAITING_MAX = 4;
/** And how many calls may wait for each of them: what a call has sent until then is held. */
const CALLS_MAX = 256;
/** After a wrong password nothing is checked for this long: who tries many burns no core. */
const REST_MS = 250;
const HEADER_MAX = 1_024;

/**
 * Knows callers by Basic authentication. Hashing a password is dear, so it is done once for each
 * credential, for one at a time, and what was right is remembered while the process lives.
 */
export class Authentication {
  readonly #users: ReadonlyMap<string, User>;
  readonly #verify: (user: User, password: string) => Promise<boolean>;
  readonly #nobody = nobody();
  readonly #secret = randomBytes(32);
  /** The tag of the right credential, by user: nobody's is pushed out by that of another. */
  readonly #known = new Map<string, string>();
  readonly #checks = new Map<string, RunningCheck>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ local, users, verify = isPasswordOf }: Accounts) {
    this.#users = users;
    this.#verify = verify;
    this.#known.set(local.username, this.#tagOf(local));
  }

  /** Rejects with UNAUTHENTICATED, or with UNAVAILABLE where too many are being checked. */
  async check(authorization: string | undefined): Promise<void> {
    const credential = credentialIn(authorization);
    if (credential === undefined) {
      throw unauthenticated('This event node asks for a username and a password (Basic).');
    }
    const tag = this.#tagOf(credential);
    if (this.#known.get(credential.username) === tag) return;
    if (await this.#checkedOnce(tag, credential)) return;
    throw unauthenticated('The username or the password is wrong.');
  }

  /**
   * Stands for a credential in memory. Its key is of this process alone, so that how long a look-up
   * takes tells nobody anything of the credential.
   */
  #tagOf({ username, password }: Credential): string {
    return createHmac('sha256', this.#secret).update(`${username}:${password}`).digest('base64');
  }

  /** Calls that come with the same credential at the same time share the check of it. */
  #checkedOnce(tag: string, credential: Credential): Promise<boolean> {
    const running = this.#checks.get(tag);
    if (running !== undefined) {
      running.calls += 1;
      if (running.calls > CALLS_MAX) throw tooMany();
      return running.isRight;
    }
    const user = this.#users.get(credential.username) ?? this.#nobody;
    const waiting = [...this.#checks.values()].filter((check) => check.user === user);
    if (waiting.length >= WAITING_MAX) throw tooMany();
    const isRight = this.#turn
      .then(() => this.#isRight(tag, user, credential.password))
      .finally(() => this.#checks.delete(tag));
    this.#checks.set(tag, { user, isRight, calls: 1 });
    this.#turn = isRight.then(
      (wasRight) => (wasRight ? undefined : wait(REST_MS, undefined, { ref: false })),
      () => undefined,
    );
    return isRight;
  }

  async #isRight(tag: string, user: User, password: string): Promise<boolean> {
    const isRight = await this.#verify(user, password);
    if (isRight) this.#known.set(user.username, tag);
    return isRight;
  }
}

interface RunningCheck {
  readonly user: User;
  readonly isRight: Promise<boolean>;
  calls: number;
}

function credentialIn(authorization = ''): Credential | undefined {
  if (authorization.length > HEADER_MAX) return undefined;
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function tooMany(): CallError {
  return new CallError(status.unavailable, 'Too many passwords are being checked. Try again.');
}

function unauthenticated(message: string): CallError {
  return new CallError(status.unauthenticated, message);
}
