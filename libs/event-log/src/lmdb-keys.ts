import { chmod, copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type RootDatabase, type RootDatabaseOptionsWithPath, open } from 'lmdb';
import { KeysUnavailable } from './errors.js';
import { newKey, type RegistrantKeys } from './keys.js';

/** The owner alone may read the keys. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const FILE_NAME = 'registrants.mdb';

/** A file that was removed or replaced stays open, and what is written to it is gone with the process. */
const NOT_IN_PLACE =
  `${FILE_NAME} is not in the folder of the keys any more, or is another file than was opened. ` +
  'Put back the one that was there, and start the API again.';

type KeyStore = RootDatabase<Uint8Array, string>;

/**
 * The keys of registrants in the key folder, for the process that writes. Every key is on disk
 * before its promise resolves. Makes the folder where it is missing.
 */
export async function openRegistrantKeys(folder: string): Promise<RegistrantKeys> {
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  await chmod(folder, FOLDER_MODE);
  const store = openStore(folder, false);
  const file = join(folder, FILE_NAME);
  const opened = await fileIdOf(file);
  return {
    find: (registrantId) => findFresh(store, registrantId),
    getOrCreate: (registrantIds) => getOrCreate(store, registrantIds),
    problem: async () => ((await fileIdOf(file)) === opened ? undefined : NOT_IN_PLACE),
    close: () => store.close(),
  };
}

/**
 * The same keys for a process that only reads, beside the one that writes. Keys written meanwhile
 * are seen, also where the folder does not exist yet when this is called. One process must not open
 * a folder both ways.
 */
export function openRegistrantKeysReadOnly(folder: string): RegistrantKeys {
  let store: KeyStore | undefined;
  return {
    find: (registrantId) => {
      if (store === undefined && existsSync(join(folder, FILE_NAME))) {
        store = openStore(folder, true);
      }
      return store && findFresh(store, registrantId);
    },
    getOrCreate: () =>
      Promise.reject(new Error('These keys of registrants are open for reading only.')),
    problem: () => Promise.resolve(undefined),
    close: async () => {
      await store?.close();
    },
  };
}

/**
 * Copies what a key folder holds into another folder that is there, also while the system runs: the keys
 * of registrants as one moment saw them, and the files beside them. Answers the names of the copies.
 */
export async function copyKeys(from: string, into: string): Promise<string[]> {
  const copied: string[] = [];
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const { name } = entry;
    if (!entry.isFile() || NOT_COPIED.test(name)) continue;
    const target = join(into, name);
    if (name === FILE_NAME) await copyStore(from, target);
    else await copyFile(join(from, name), target);
    await chmod(target, FILE_MODE);
    copied.push(name);
  }
  return copied;
}

/** LMDB's table of readers, and drafts of files that are about to get their names. */
const NOT_COPIED = /-lock$|\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function copyStore(folder: string, target: string): Promise<void> {
  const store = openStore(folder, true);
  try {
    await store.backup(target, false);
  } finally {
    await store.close();
  }
}

function openStore(folder: string, readOnly: boolean): KeyStore {
  // `permissionsMode` is an option of lmdb that its types do not name.
  const options: RootDatabaseOptionsWithPath & { permissionsMode: number } = {
    path: join(folder, FILE_NAME),
    encoding: 'binary',
    // Off, so that a commit is on disk when it is acknowledged.
    overlappingSync: false,
    // With it, lmdb makes promises of its own, which nobody can catch when a commit fails.
    eventTurnBatching: false,
    permissionsMode: FILE_MODE,
    readOnly,
  };
  try {
    return open<Uint8Array, string>(options);
  } catch (error) {
    // LMDB tells processes apart by their ids: two that have the same one, each in a PID namespace of
    // its own, keep each other out, and what LMDB says of it helps nobody.
    throw new Error(
      `${options.path} cannot be opened (${error instanceof Error ? error.message : String(error)}). ` +
        'Containers that share a folder of keys must share a PID namespace too.',
      { cause: error },
    );
  }
}

/** Undefined where there is no such file, or none that can be looked at. */
async function fileIdOf(file: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(file, { bigint: true });
    return `${String(dev)}:${String(ino)}`;
  } catch {
    return undefined;
  }
}

/** A read transaction lasts to the next turn of the event loop: what is missing is looked up anew. */
function findFresh(store: KeyStore, registrantId: string): Uint8Array | undefined {
  const found = store.get(registrantId);
  if (found !== undefined) return found;
  store.resetReadTxn();
  return store.get(registrantId);
}

async function getOrCreate(
  store: KeyStore,
  registrantIds: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const keys = new Map<string, Uint8Array>();
  const missing = registrantIds.filter((id) => {
    const key = store.get(id);
    if (key !== undefined) keys.set(id, key);
    return key === undefined;
  });
  if (missing.length === 0) return keys;
  // Looked up once more inside: another process may have made a key since.
  try {
    await store.transaction(() => {
      for (const id of missing) {
        const key = store.get(id) ?? newKey();
        keys.set(id, key);
        void store.put(id, key);
      }
    });
  } catch (failure) {
    throw new KeysUnavailable(await reasonOf(failure as CommitFailure));
  }
  return keys;
}

/** lmdb rejects with a bare notice that holds the promise of the reason. */
type CommitFailure = Error & { readonly commitError?: Promise<never> };

async function reasonOf(failure: CommitFailure): Promise<string> {
  const reason: unknown = await failure.commitError?.catch((error: unknown) => error);
  return reason instanceof Error ? reason.message : failure.message;
}
