import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { viewUsers } from './mongodb.js';

/** The users of the images node and EventStoreDB, and of MongoDB: whoever reads a secret owns its file. */
const NODE_USER = 1000;
const MONGODB_USER = 999;

export interface Setup {
  /** Holds a folder for each volume, as `compose.yaml` mounts them. */
  readonly volumes: string;
  /** The members of the replica set, `host:port` each, with commas between them. */
  readonly mongodbHosts: string;
  /** Makes a key folder where there is none: `portbook keys`. */
  readonly makeKeys: (folder: string) => void;
  /** Gives a file or folder to a user. */
  readonly own: (path: string, user: number) => void;
}

/**
 * Makes all keys and passwords that a system of containers needs, in the volumes of those that read them.
 * What is there stays as it is, so that it may run before every start.
 */
export function setUp({ volumes, mongodbHosts, makeKeys, own }: Setup): void {
  const at = (volume: string, file: string): string => join(volumes, volume, file);
  const issuer = at('issuer', 'keys');
  if (!existsSync(issuer)) makeKeys(issuer);
  for (const name of ['registry.json', 'ledger.json'])
    copyOnce(join(issuer, name), at('keys', name));
  copyFileSync(join(issuer, 'jwks.json'), at('api', 'jwks.json'));

  const admin = secret(at('event-store', 'admin-password'), password);
  secret(at('event-store', 'ops-password'), password);
  const credentials = JSON.stringify({ username: 'admin', password: admin });

  secret(at('mongodb', 'root-password'), password);
  secret(at('mongodb', 'keyfile'), () => randomBytes(756).toString('base64'));
  for (const user of viewUsers) {
    const secretOfUser = secret(at('mongodb', `${user}-password`), password);
    const options = 'authSource=admin&replicaSet=rs0';
    const uri = `mongodb://${user}:${secretOfUser}@${mongodbHosts}/portbook?${options}`;
    replace(at(user, 'mongodb-uri'), uri);
    replace(at(user, 'event-store.json'), credentials);
  }

  for (const volume of readdirSync(volumes)) {
    ownAll(join(volumes, volume), volume === 'mongodb' ? MONGODB_USER : NODE_USER, own);
  }
}

/** Letters and digits that need no escaping in a URI, in JSON or in a shell. */
function password(): string {
  return randomBytes(32).toString('base64url');
}

/** What the file holds, or from now on does. */
function secret(file: string, make: () => string): string {
  if (!existsSync(file)) replace(file, make());
  return readFileSync(file, 'utf8');
}

/** Half a file has another name. */
function replace(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

function copyOnce(from: string, to: string): void {
  if (!existsSync(to)) replace(to, readFileSync(from, 'utf8'));
}

/** The owner alone may look into a folder or read a file; the CA's certificate is no exception. */
function ownAll(folder: string, user: number, own: Setup['own']): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      ownAll(path, user, own);
      continue;
    }
    chmodSync(path, 0o600);
    own(path, user);
  }
  chmodSync(folder, 0o700);
  own(folder, user);
}
