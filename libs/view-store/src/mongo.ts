import type { Collection as MongoCollection, Db, MongoClient } from 'mongodb';
import { type Collection, storedName, type ViewDocument } from './collection.js';
import { checkConditions, checkQuery } from './conditions.js';
import { isId } from './document.js';
import { databaseIn, mongoClient } from './mongo-client.js';
import { answered, isDuplicate, isMissing } from './mongo-errors.js';
import { filterOf, pageFilter } from './mongo-filter.js';
import { encodeOperations, makeIndexes, writeGuarded } from './mongo-writes.js';
import { decodeCursor, encodeCursor, placeOf } from './place.js';
import type {
  Checkpoint,
  Condition,
  GuardedWrite,
  Page,
  Query,
  ViewStore,
  WriteOutcome,
} from './port.js';

/** How many documents one command writes, unless told. */
const WRITES_PER_COMMAND = 500;
/** After the signal calls have so long to end by themselves. */
const FINISH_MS = 1_000;
/** A query that no index helps must not go on when nobody waits for it any more. */
const READ_MS = 10_000;

export interface MongoViewsOptions {
  /** `mongodb://…` or `mongodb+srv://…`; the database is the one that it names, else `portbook`. */
  readonly uri: string;
  readonly writesPerCommand?: number;
  /** When it aborts, what is still under way a second later fails: no server can hold up the end. */
  readonly signal?: AbortSignal;
}

/**
 * The store in a MongoDB. It connects with the first call, and again by itself; while it cannot, calls
 * throw ViewStoreUnavailable. Throws where the URI is none.
 */
export function openMongoViews(options: MongoViewsOptions): ViewStore {
  return new MongoViews(options);
}

class MongoViews implements ViewStore {
  readonly #client: MongoClient;
  readonly #db: Db;
  readonly #checkpoints: MongoCollection<Checkpoint & { readonly _id: string }>;
  readonly #writesPerCommand: number;
  /** By the name in the store: collections whose indexes this process has seen to. */
  readonly #indexed = new Map<string, Promise<void>>();

  constructor({ uri, writesPerCommand = WRITES_PER_COMMAND, signal }: MongoViewsOptions) {
    this.#client = mongoClient(uri);
    this.#db = this.#client.db(databaseIn(uri));
    this.#checkpoints = this.#db.collection('checkpoints');
    this.#writesPerCommand = writesPerCommand;
    const end = (): void => {
      setTimeout(() => void this.close(), FINISH_MS).unref();
    };
    signal?.addEventListener('abort', end, { once: true });
  }

  async get<View extends ViewDocument>(collection: Collection<View>, id: string) {
    return (await this.getMany(collection, [id])).get(id);
  }

  async getMany<View extends ViewDocument>(
    collection: Collection<View>,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, View>> {
    const asked = ids.filter((id) => isId(id));
    if (asked.length === 0) return new Map();
    const found = await answered(
      this.#documents(collection)
        .find({ _id: { $in: asked } }, { batchSize: asked.length, maxTimeMS: READ_MS })
        .toArray(),
    );
    return new Map(found.map((document) => [document._id, document as View]));
  }

  async write<View extends ViewDocument>(
    collection: Collection<View>,
    writes: readonly GuardedWrite<View>[],
  ): Promise<WriteOutcome> {
    const operations = encodeOperations(collection, writes);
    await this.#index(collection);
    const documents = this.#documents(collection);
    return await answered(writeGuarded(documents, operations, this.#writesPerCommand));
  }

  async find<View extends ViewDocument>(
    collection: Collection<View>,
    query: Query,
  ): Promise<Page<View>> {
    checkQuery(collection, query);
    const { sort, limit, cursor } = query;
    const after = cursor === undefined ? undefined : decodeCursor(collection, sort, cursor);
    const direction = sort?.descending ? -1 : 1;
    const rows = await answered(
      this.#documents(collection)
        .find(pageFilter(collection, query, after), { maxTimeMS: READ_MS })
        .sort({ ...(sort && { [sort.field]: direction }), _id: direction })
        .limit(limit + 1)
        .batchSize(limit + 1)
        .toArray(),
    );
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const place = last && placeOf(last, sort);
    return {
      documents: page as View[],
      ...(place && { next: encodeCursor(collection, sort, place) }),
    };
  }

  async count(collection: Collection, where: readonly Condition[] = []): Promise<number> {
    checkConditions(collection, where);
    const filter = filterOf(collection, where);
    return await answered(
      this.#documents(collection).countDocuments(filter, { maxTimeMS: READ_MS }),
    );
  }

  async readCheckpoint(collection: Collection): Promise<Checkpoint | undefined> {
    const found = await answered(
      this.#checkpoints.findOne({ _id: storedName(collection) }, { maxTimeMS: READ_MS }),
    );
    if (!found) return undefined;
    const { _id: _name, ...checkpoint } = found;
    return checkpoint;
  }

  /** Unlike a document it has no guard: an older one only has events delivered again. */
  async writeCheckpoint(collection: Collection, checkpoint: Checkpoint): Promise<void> {
    const of = { _id: storedName(collection) };
    const put = () => this.#checkpoints.replaceOne(of, checkpoint, { upsert: true });
    // Two that make the first one at the same time: the second time it is there.
    await answered(
      put().catch((error: unknown) => {
        if (!isDuplicate(error)) throw error;
        return put();
      }),
    );
  }

  /** The checkpoint goes first: after a crash on the way the rest is filled again from the beginning. */
  async drop(collection: Collection): Promise<void> {
    const name = storedName(collection);
    this.#indexed.delete(name);
    await answered(this.#checkpoints.deleteOne({ _id: name }));
    const dropped = this.#db.dropCollection(name).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
    await answered(dropped);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #documents(collection: Collection): MongoCollection<ViewDocument> {
    return this.#db.collection(storedName(collection));
  }

  /** Before the first document of this process: nothing is ever found that an index could not serve. */
  async #index(collection: Collection): Promise<void> {
    const name = storedName(collection);
    const made =
      this.#indexed.get(name) ?? answered(makeIndexes(this.#documents(collection), collection));
    this.#indexed.set(name, made);
    try {
      await made;
    } catch (error) {
      this.#indexed.delete(name);
      throw error;
    }
  }
}
