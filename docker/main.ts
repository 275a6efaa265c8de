import { spawnSync } from 'node:child_process';
import { chownSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { problemAt } from './health.js';
import { type Command, giveUser, initiate, viewUsers } from './mongodb.js';
import { setUp } from './setup.js';

/** How long a set of databases may take to have a primary. */
const PRIMARY_WITHIN_MS = 120_000;

const usage = `Steps of the containers, which compose.yaml runs:
  setup                makes keys and passwords in the volumes under /volumes
  mongodb              makes the replica set and its users
  health URL [views]   ends with 0 where URL, /health/live or /health/ready, says that all is well`;

const [step, url, part] = process.argv.slice(2);
const hosts = process.env['MONGODB_HOSTS'] ?? 'mongodb:27017';

if (step === 'setup') {
  setUp({ volumes: '/volumes', mongodbHosts: hosts, makeKeys, own });
} else if (step === 'mongodb') {
  await setUpMongoDB(hosts.split(','));
} else if (step === 'health' && url !== undefined) {
  const problem = await problemAt(url, part === 'views');
  if (problem !== undefined) {
    console.error(problem);
    process.exitCode = 1;
  }
} else {
  console.error(usage);
  process.exitCode = 2;
}

function makeKeys(folder: string): void {
  const command = fileURLToPath(new URL('../../bin/portbook.js', import.meta.url));
  const { status } = spawnSync(process.execPath, [command, 'keys', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`The keys could not be made in ${folder}.`);
}

function own(path: string, user: number): void {
  chownSync(path, user, user);
}

async function setUpMongoDB(members: readonly string[]): Promise<void> {
  const secretOf = (name: string): string => readFileSync(join('/run/mongodb', name), 'utf8');
  const auth = { username: 'root', password: secretOf('root-password') };
  const as = { auth, authSource: 'admin', serverSelectionTimeoutMS: PRIMARY_WITHIN_MS };
  // Of members that are no set yet, each must be asked by itself.
  const [first = ''] = members;
  await on(new MongoClient(`mongodb://${first}`, { ...as, directConnection: true }), (command) =>
    initiate(command, members),
  );
  const set = new MongoClient(`mongodb://${members.join(',')}`, { ...as, replicaSet: 'rs0' });
  await on(set, async (command) => {
    for (const user of viewUsers) {
      await giveUser(command, { user, password: secretOf(`${user}-password`) });
    }
  });
}

async function on(client: MongoClient, work: (command: Command) => Promise<void>): Promise<void> {
  try {
    await work((command) => client.db('admin').command(command));
  } finally {
    await client.close();
  }
}
