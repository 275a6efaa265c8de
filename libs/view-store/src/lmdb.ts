import { type Collection, storedName, type ViewDocument } from './collection.js';
import { checkConditions, checkQuery } from './conditions.js';
import { decodeDocument, encodeWrites, type EncodedWrite, valuesOf } from './document.js';
import { countMatching, documentOf, findPage } from './lmdb-find.js';
import { under } from './lmdb-keys.js';
import { openForReading, openForWriting, type OpenTables, type Tables } from './lmdb-tables.js';
import type {
  Checkpoint,
  Condition,
  GuardedWrite,
  Page,
  Query,
  ViewStore,
  WriteOutcome,
} from './port.js';

/** Keys that one transaction of a drop removes, so that no other write waits long. */
const REMOVED_AT_ONCE = 1_000;

/** The store in a folder, for the one process that writes it; the folder is made where there is none. */
export function openLmdbViews(folder: string): ViewStore {
  return new LmdbViews(openForWriting(folder));
}

/**
 * The same for processes that only read: it need not exist yet, and every call tries again until it
 * does (ViewStoreUnavailable meanwhile). Writes throw.
 */
export function readLmdbViews(folder: string): ViewStore {
  return new LmdbViews(openForReading(folder));
}

class LmdbViews implements ViewStore {
  readonly #open: OpenTables;

  constructor(open: OpenTables) {
    this.#open = open;
  }

  get<View extends ViewDocument>(collection: Collection<View>, id: string) {
    return this.#read((tables) => documentOf(tables, collection, id));
  }

  getMany<View extends ViewDocument>(collection: Collection<View>, ids: readonly string[]) {
    return this.#read((tables) => {
      const found = new Map<string, View>();
      for (const id of ids) {
        const document = documentOf(tables, collection, id);
        if (document) found.set(id, document);
      }
      return found;
    });
  }

  find<View extends ViewDocument>(collection: Collection<View>, query: Query): Promise<Page<View>> {
    return this.#read((tables) => {
      checkQuery(collection, query);
      return findPage(tables, collection, query);
    });
  }

  async count(collection: Collection, where: readonly Condition[] = []): Promise<number> {
    checkConditions(collection, where);
    return await countMatching(this.#open.tables(), collection, where);
  }

  async write<View extends ViewDocument>(
    collection: Collection<View>,
    writes: readonly GuardedWrite<View>[],
  ): Promise<WriteOutcome> {
    const encoded = encodeWrites(collection, writes);
    return await this.#transaction((tables) => {
      const outcomes = encoded.map((write) => writeOne(tables, collection, write));
      return outcomes.every(Boolean) ? 'written' : 'conflict';
    });
  }

  readCheckpoint(collection: Collection): Promise<Checkpoint | undefined> {
    return this.#read(({ checkpoints }) => {
      const text = checkpoints.get(storedName(collection));
      return text === undefined ? undefined : (JSON.parse(text) as Checkpoint);
    });
  }

  async writeCheckpoint(collection: Collection, checkpoint: Checkpoint): Promise<void> {
    const text = JSON.stringify(checkpoint);
    await this.#transaction(({ checkpoints }) => {
      checkpoints.putSync(storedName(collection), text);
    });
  }

  /** The checkpoint goes first: after a crash on the way the rest is filled again from the beginning. */
  async drop(collection: Collection): Promise<void> {
    const name = storedName(collection);
    await this.#transaction(({ checkpoints }) => checkpoints.removeSync(name));
    const range = { ...under(name), limit: REMOVED_AT_ONCE };
    for (const table of ['documents', 'index'] as const) {
      let removed: number;
      do {
        removed = await this.#transaction(({ [table]: rows }) => {
          const keys = Array.from(rows.getKeys(range));
          for (const key of keys) rows.removeSync(key);
          return keys.length;
        });
      } while (removed > 0);
    }
  }

  close(): Promise<void> {
    return this.#open.close();
  }

  /** Reads are answered at once, from one snapshot; a fault among them is still a rejected promise. */
  #read<Answer>(read: (tables: Tables) => Answer): Promise<Answer> {
    return new Promise((resolve) => {
      resolve(read(this.#open.tables()));
    });
  }

  /** Resolves when the transaction is on disk. */
  async #transaction<Answer>(change: (tables: Tables) => Answer): Promise<Answer> {
    const tables = this.#open.tables();
    if (!this.#open.writable)
      throw new Error('This process has opened the views for reading only.');
    return await tables.documents.transaction(() => change(tables));
  }
}

function writeOne(tables: Tables, collection: Collection, write: EncodedWrite): boolean {
  const name = storedName(collection);
  const key = [name, write.id];
  const text = tables.documents.get(key);
  const before = text === undefined ? undefined : decodeDocument(text);
  if (before?.position !== write.replaces) return false;
  const after = write.text === undefined ? undefined : decodeDocument(write.text);
  reindex(tables, collection, { id: write.id, before, after });
  if (write.text === undefined) tables.documents.removeSync(key);
  else tables.documents.putSync(key, write.text);
  return true;
}

interface Change {
  readonly id: string;
  readonly before: ViewDocument | undefined;
  readonly after: ViewDocument | undefined;
}

function reindex({ index }: Tables, collection: Collection, { id, before, after }: Change): void {
  for (const field of Object.keys(collection.fields)) {
    const old = new Set(before ? valuesOf(before, field) : []);
    const values = after ? valuesOf(after, field) : [];
    for (const value of values) {
      if (!old.delete(value)) index.putSync([storedName(collection), field, value, id], '');
    }
    for (const value of old) index.removeSync([storedName(collection), field, value, id]);
  }
}
