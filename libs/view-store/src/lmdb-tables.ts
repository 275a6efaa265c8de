import { closeSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { endianness } from 'node:os';
import { join, resolve } from 'node:path';
import { type Database, type Key, open, type RootDatabase } from 'lmdb';
import { ViewStoreUnavailable } from './errors.js';

/**
 * documents    collection, id -> the document as JSON text
 * index        collection, field, value, id -> nothing: the ordered keys are the secondary indexes
 * checkpoints  collection -> the checkpoint as JSON text
 */
export interface Tables {
  readonly documents: Database<string, Key[]>;
  readonly index: Database<string, Key[]>;
  readonly checkpoints: Database<string, string>;
}

/** The databases of one folder, opened by one process in one way. */
export interface OpenTables {
  readonly writable: boolean;
  /** Throws ViewStoreUnavailable where there are none yet. */
  tables(): Tables;
  close(): Promise<void>;
}

type Root = RootDatabase<string>;

/** Two ways into one file in one process share LMDB's state and break it: the second is refused. */
const openHere = new Set<string>();

function claim(folder: string): string {
  const path = join(resolve(folder), 'views.mdb');
  if (openHere.has(path)) {
    throw new Error(`${path} is open in this process already; share that store.`);
  }
  openHere.add(path);
  return path;
}

async function release(path: string, root: Root | undefined): Promise<void> {
  await root?.close();
  openHere.delete(path);
}

/** Opens the tables for writing; folder and tables are made where there are none. */
export function openForWriting(folder: string): OpenTables {
  const path = claim(folder);
  try {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
    if (stateOf(path) === 'foreign') {
      throw new Error(
        `${path} is damaged. Delete its folder: the views are filled again from the log.`,
      );
    }
    // With overlapping syncs a commit would be reported before it is on disk.
    const root: Root = open({ path, ...OPTIONS, overlappingSync: false });
    const tables = tablesOf(root);
    if (tables === undefined) throw new Error(`The tables of ${path} could not be made.`);
    return { writable: true, tables: () => tables, close: () => release(path, root) };
  } catch (error) {
    openHere.delete(path);
    throw error;
  }
}

/** Opens the tables for reading as soon as they are there; until then every call tries again. */
export function openForReading(folder: string): OpenTables {
  const path = claim(folder);
  let root: Root | undefined;
  let tables: Tables | undefined;
  let closed = false;

  function tryToOpen(): Tables {
    if (closed) throw new ViewStoreUnavailable('the store is closed.');
    if (stateOf(path) !== 'made')
      throw new ViewStoreUnavailable('the projector has not made them yet.');
    try {
      root ??= open({ path, ...OPTIONS, readOnly: true });
      tables = tablesOf(root);
    } catch (error) {
      throw new ViewStoreUnavailable('their file cannot be opened.', { cause: error });
    }
    if (!tables) throw new ViewStoreUnavailable('the projector is still making them.');
    return tables;
  }

  return {
    writable: false,
    tables: () => tables ?? tryToOpen(),
    close: () => {
      closed = true;
      tables = undefined;
      return release(path, root);
    },
  };
}

/**
 * Looked at before the library opens the file: it makes a missing folder even for a reader, and what
 * it cannot open (also a file that the writer has only just made) ends the whole process.
 */
function stateOf(path: string): 'missing' | 'made' | 'foreign' {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file === undefined || file.size < 2 * PAGE_BYTES_MIN) return 'missing';
  const descriptor = openSync(path, 'r');
  try {
    const magic = Buffer.alloc(MAGIC.length);
    readSync(descriptor, magic, 0, magic.length, MAGIC_AT);
    return magic.equals(MAGIC) ? 'made' : 'foreign';
  } finally {
    closeSync(descriptor);
  }
}

const PAGE_BYTES_MIN = 4_096;
/** By these bytes of its first page LMDB knows its own files, on machines of either byte order. */
const MAGIC =
  endianness() === 'LE' ? Buffer.from('dec0efbe', 'hex') : Buffer.from('beefc0de', 'hex');
const MAGIC_AT = 24;
/** Views hold personal content in clear: the owner alone may read them. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** `permissionsMode` is an option of the library that its types do not name. */
const OPTIONS = {
  noSubdir: true,
  encoding: 'string',
  maxDbs: 8,
  permissionsMode: FILE_MODE,
} as const;

/** Undefined while one of them is missing: to a reader they appear one by one. */
function tablesOf(root: Root): Tables | undefined {
  const documents = table<Key[]>(root, 'documents');
  const index = table<Key[]>(root, 'index');
  const checkpoints = table<string>(root, 'checkpoints');
  return documents && index && checkpoints ? { documents, index, checkpoints } : undefined;
}

/** The types of the library do not say that a missing one is undefined. */
function table<K extends Key>(root: Root, name: string): Database<string, K> | undefined {
  return root.openDB<string, K>(name, { encoding: 'string' });
}
