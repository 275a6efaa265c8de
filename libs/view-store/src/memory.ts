import { type Collection, storedName, type ViewDocument } from './collection.js';
import { checkConditions, checkQuery, matches } from './conditions.js';
import { decodeDocument, encodeWrites, type EncodedWrite } from './document.js';
import { comparePlaces, decodeCursor, encodeCursor, placeOf } from './place.js';
import type { Checkpoint, Condition, GuardedWrite, Page, Query, ViewStore } from './port.js';

/** A store for specs: the same behaviour as the others, kept nowhere. */
export function openMemoryViews(): ViewStore {
  return new MemoryViews();
}

class MemoryViews implements ViewStore {
  /** Documents as the text in which another store would keep them, so that nobody shares an object. */
  readonly #collections = new Map<string, Map<string, string>>();
  readonly #checkpoints = new Map<string, string>();

  async get<View extends ViewDocument>(collection: Collection<View>, id: string) {
    const text = this.#documents(collection).get(id);
    return text === undefined ? undefined : (decodeDocument(text) as View);
  }

  async getMany<View extends ViewDocument>(collection: Collection<View>, ids: readonly string[]) {
    const found = new Map<string, View>();
    for (const id of ids) {
      const document = await this.get(collection, id);
      if (document) found.set(id, document);
    }
    return found;
  }

  async write<View extends ViewDocument>(
    collection: Collection<View>,
    writes: readonly GuardedWrite<View>[],
  ) {
    const outcomes = encodeWrites(collection, writes).map((write) =>
      this.#writeOne(collection, write),
    );
    return outcomes.every(Boolean) ? 'written' : 'conflict';
  }

  #writeOne(collection: Collection, { id, replaces, text }: EncodedWrite): boolean {
    const documents = this.#documents(collection);
    const held = documents.get(id);
    const position = held === undefined ? undefined : decodeDocument(held).position;
    if (position !== replaces) return false;
    if (text === undefined) documents.delete(id);
    else documents.set(id, text);
    return true;
  }

  async find<View extends ViewDocument>(
    collection: Collection<View>,
    query: Query,
  ): Promise<Page<View>> {
    checkQuery(collection, query);
    const { where = [], sort, limit, cursor } = query;
    const after = cursor === undefined ? undefined : decodeCursor(collection, sort, cursor);
    const rows = this.#matching(collection, where)
      .flatMap((document) => {
        const place = placeOf(document, sort);
        return place ? [{ document, place }] : [];
      })
      .filter(({ place }) => !after || comparePlaces(place, after, sort) > 0)
      .sort((a, b) => comparePlaces(a.place, b.place, sort));
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      documents: page.map(({ document }) => document),
      ...(last && { next: encodeCursor(collection, sort, last.place) }),
    };
  }

  async count(collection: Collection, where: readonly Condition[] = []): Promise<number> {
    checkConditions(collection, where);
    return this.#matching(collection, where).length;
  }

  async readCheckpoint(collection: Collection): Promise<Checkpoint | undefined> {
    const text = this.#checkpoints.get(storedName(collection));
    return text === undefined ? undefined : (JSON.parse(text) as Checkpoint);
  }

  async writeCheckpoint(collection: Collection, checkpoint: Checkpoint): Promise<void> {
    this.#checkpoints.set(storedName(collection), JSON.stringify(checkpoint));
  }

  async drop(collection: Collection): Promise<void> {
    this.#checkpoints.delete(storedName(collection));
    this.#collections.delete(storedName(collection));
  }

  async close(): Promise<void> {
    this.#collections.clear();
    this.#checkpoints.clear();
  }

  #documents(collection: Collection): Map<string, string> {
    const name = storedName(collection);
    const documents = this.#collections.get(name) ?? new Map<string, string>();
    this.#collections.set(name, documents);
    return documents;
  }

  #matching<View extends ViewDocument>(
    collection: Collection<View>,
    where: readonly Condition[],
  ): View[] {
    return [...this.#documents(collection).values()]
      .map((text) => decodeDocument(text) as View)
      .filter((document) => matches(document, where));
  }
}
