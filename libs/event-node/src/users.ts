import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { type Credential, LOCAL_USER } from './credential.js';
import type { KeyFolder } from './key-folder.js';

/** A user as the file holds one: by the scrypt hash of the password, never by the password. */
export interface User {
  readonly username: string;
  /** Base64, like the hash. */
  readonly salt: string;
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly hash: string;
}

const FILE = 'users.json';
const HASH_BYTES = 32;
const SALT_BYTES = 16;
/** 16 MiB and about 200 ms of one core: what OWASP asks of scrypt at the least. */
const COST = { N: 2 ** 14, r: 8, p: 5 };
/** A file must not make the node take more: 256 MiB. */
const COST_MAX = { N: 2 ** 17, r: 16, p: 16 };
const PASSWORD_MIN = 12;
/** With the longest name it still fits into the header in which clients send it. */
const PASSWORD_BYTES_MAX = 500;

/** The users of the file, by name; none where there is no file. Throws where one is not as it must be. */
export function readUsers(folder: KeyFolder): ReadonlyMap<string, User> {
  const list = folder.readJson(FILE) ?? [];
  const file = folder.pathOf(FILE);
  if (!Array.isArray(list)) throw new Error(`${file} is not a list of users.`);
  const users = new Map<string, User>();
  for (const [at, user] of (list as unknown[]).entries()) {
    if (!isUser(user)) {
      throw new Error(
        `${file}: entry ${String(at + 1)} is not {username, salt, N, r, p, hash} as --add-user writes ` +
          'them. Remove the entry, and add the user again.',
      );
    }
    if (user.username === LOCAL_USER) {
      throw new Error(
        `${file}: entry ${String(at + 1)} is the user ${LOCAL_USER}, whose password lies elsewhere. ` +
          'Remove the entry.',
      );
    }
    if (users.has(user.username)) {
      throw new Error(`${file} holds the user ${user.username} twice. Remove one of the entries.`);
    }
    users.set(user.username, user);
  }
  return users;
}

/** Adds a user to the file, or changes a user's password. Throws where name or password will not do. */
export async function addUser(folder: KeyFolder, credential: Credential): Promise<void> {
  const { username, password } = credential;
  if (!isUsername(username)) {
    throw new Error(
      'A username has 1 to 64 characters, no colon, none that is not seen, and no space at its ends.',
    );
  }
  if (username === LOCAL_USER) {
    throw new Error(`The user ${LOCAL_USER} is the node's own. Choose another name.`);
  }
  if (password.length < PASSWORD_MIN || Buffer.byteLength(password) > PASSWORD_BYTES_MAX) {
    throw new Error(
      `A password has ${String(PASSWORD_MIN)} characters or more, ` +
        `and ${String(PASSWORD_BYTES_MAX)} bytes at most.`,
    );
  }
  const salt = randomBytes(SALT_BYTES).toString('base64');
  const hash = (await derived(password, { salt, ...COST })).toString('base64');
  const users = new Map(readUsers(folder));
  users.set(username, { username, salt, ...COST, hash });
  folder.write(FILE, `${JSON.stringify([...users.values()], null, 2)}\n`);
}

/** Whether the password is that of the user; computing it takes as long as the user's cost asks. */
export async function isPasswordOf(user: User, password: string): Promise<boolean> {
  return timingSafeEqual(await derived(password, user), Buffer.from(user.hash, 'base64'));
}

/** A user whose password nobody knows: an unknown name must take as long as a known one. */
export function nobody(): User {
  const random = (bytes: number): string => randomBytes(bytes).toString('base64');
  return { username: '', salt: random(SALT_BYTES), ...COST, hash: random(HASH_BYTES) };
}

function derived(password: string, { salt, N, r, p }: Omit<User, 'username' | 'hash'>) {
  const options = { N, r, p, maxmem: 256 * N * r };
  return new Promise<Buffer>((resolve, reject) => {
    scrypt(password, Buffer.from(salt, 'base64'), HASH_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

function isUser(value: unknown): value is User {
  if (typeof value !== 'object' || value === null) return false;
  const { username, salt, hash, N, r, p } = value as Record<string, unknown>;
  const isCost =
    isWithin(N, COST.N, COST_MAX.N) &&
    isWithin(r, COST.r, COST_MAX.r) &&
    isWithin(p, 1, COST_MAX.p);
  return (
    isUsername(username) &&
    isBase64(salt, SALT_BYTES) &&
    isBase64(hash, HASH_BYTES) &&
    isCost &&
    Number.isInteger(Math.log2(N))
  );
}

function isUsername(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^[^:\p{C}\p{Zl}\p{Zp}]{1,64}$/u.test(value) &&
    value === value.trim()
  );
}

function isBase64(value: unknown, bytes: number): value is string {
  return typeof value === 'string' && Buffer.from(value, 'base64').length === bytes;
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}
