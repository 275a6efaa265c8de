import { chmodSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase, type Transaction } from 'lmdb';
import { proveRoom } from './disk-room.js';
import { flawOfLmdbFile } from './lmdb-file.js';

/** Another event node has the folder. */
export class FolderInUse extends Error {
  constructor(folder: string, holder: string) {
    super(
      `The data folder ${folder} is in use by ${holder}. Stop that event node, or choose another folder.`,
    );
    this.name = 'FolderInUse';
  }
}

const LOCK = 'node.lock';
/** All that lies in a folder because of its lock. */
export const LOCK_FILES: readonly string[] = [LOCK, `${LOCK}-lock`];

export interface FolderLock {
  readonly release: () => Promise<void>;
}

const heldHere = new Set<string>();

/**
 * Keeps other nodes off a folder until it is released or the process ends, however it ends. LMDB knows
 * which living processes read a database, by a lock of the operating system that dies with them; so the
 * lock is a database with nothing in it, of which this process stays a reader.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  makeOwn(folder);
  const path = realpathSync(folder);
  if (heldHere.has(path)) throw new FolderInUse(folder, 'this very process');
  heldHere.add(path);
  try {
    return await lockOf(folder, path);
  } catch (error) {
    heldHere.delete(path);
    throw error;
  }
}

/** What a node leaves in its folder, however far it came; also one of an earlier version. */
const LEFT_BY_NODE = /^(?:log-[0-9a-f]+\.pbl|(?:index|events)\.mdb|node\.lock|\.room-.+)$/;
/** The root of a disk has it. */
const OF_DISK = 'lost+found';

/** Names of streams stand in the files: they are nobody else's. A folder of other things is left alone. */
function makeOwn(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = readdirSync(folder).filter((name) => name !== OF_DISK);
  const [other] = names;
  if (other !== undefined && !names.some((name) => LEFT_BY_NODE.test(name))) {
    throw new Error(
      `${other} lies in it, and no events do. A folder of events is closed to everybody else: choose a ` +
        'new or an empty one.',
    );
  }
  chmodSync(folder, 0o700);
}

async function lockOf(folder: string, path: string): Promise<FolderLock> {
  proveRoom(path);
  const file = join(path, LOCK);
  // Nothing is in it, and the processes that have it are known by the other file.
  if (flawOfLmdbFile(file) !== undefined) rmSync(file);
  const database = open({ path: file, noSubdir: true, overlappingSync: false });
  const reader = readerOf(database);
  if (reader === undefined) {
    await database.close();
    throw new FolderInUse(folder, NAMESAKE);
  }
  database.get('holder', { transaction: reader });
  database.readerCheck();
  const other = readers(database).find((pid) => pid !== process.pid);
  const release = async (): Promise<void> => {
    reader.done();
    await database.close();
    heldHere.delete(path);
  };
  if (other === undefined) return { release };
  await release();
  throw new FolderInUse(folder, `process ${String(other)}`);
}

/** Each container counts its processes from 1 on. */
const NAMESAKE =
  `a process of the same number (${String(process.pid)}), which runs in another container or on ` +
  'another machine';

/** Undefined where another process has the lock that stands for this one's number. */
function readerOf(database: RootDatabase): Transaction | undefined {
  try {
    return database.useReadTransaction();
  } catch (error) {
    // lmdb gives up after a while, and then trips over the transaction that it did not get.
    if ((error as Error).name === 'TypeError') return undefined;
    throw error;
  }
}

/** The processes that read the database, from LMDB's table of readers: pid, thread, transaction. */
function readers(database: RootDatabase): number[] {
  return database
    .readerList()
    .split('\n')
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => !Number.isNaN(pid));
}
