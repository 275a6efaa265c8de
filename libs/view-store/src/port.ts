import type { Collection, FieldValue, ViewDocument } from './collection.js';

/** Bounds of a range, all of which hold; `from` and `to` are included, `above` and `below` are not. */
export interface Bounds {
  readonly from?: FieldValue;
  readonly above?: FieldValue;
  readonly to?: FieldValue;
  readonly below?: FieldValue;
}

/**
 * A condition on one declared field. Of a list one element must fulfil the whole of it; a document
 * without the field fulfils none. Texts are compared by their UTF-8 bytes.
 */
export type Condition<Field extends string = string> = { readonly field: Field } & (
  | { readonly equals: FieldValue }
  | { readonly in: readonly FieldValue[] }
  | { readonly prefix: string }
  | { readonly range: Bounds }
);

export interface Query<Field extends string = string> {
  /** All of them hold; none: every document. */
  readonly where?: readonly Condition<Field>[];
  /** By `_id` unless said; equal values in the order of `_id`. Documents without the field are left out. */
  readonly sort?: { readonly field: Field; readonly descending?: boolean };
  /** 1 to 500. */
  readonly limit: number;
  /** The `next` of the page before. It holds the last row's sort value in a readable form. */
  readonly cursor?: string;
}

export interface Page<View> {
  readonly documents: readonly View[];
  /**
   * Present where there may be more. A page can be shorter than asked, even empty, and have a next
   * one: an adapter examines a bounded number of documents a page.
   */
  readonly next?: string;
}

/**
 * `replaces`: the position of the document as it was read; absent: there was none. A removal forgets
 * the position, so only what no event concerns any more may be removed.
 */
export type GuardedWrite<View extends ViewDocument = ViewDocument> =
  | { readonly document: View; readonly replaces?: number }
  | { readonly remove: string; readonly replaces: number };

/**
 * `conflict`: the guard of at least one write did not hold, since somebody else wrote meanwhile. All
 * others may or may not be written: read the documents of the whole batch again.
 */
export type WriteOutcome = 'written' | 'conflict';

/** The event that a projection choked on. Whatever could not be found out of it is absent. */
export interface ParkedEvent {
  readonly position?: number;
  readonly id?: string;
  readonly stream?: string;
  readonly revision?: number;
  readonly type?: string;
  /** Of its schema. */
  readonly version?: number;
  /** What went wrong, without personal content. */
  readonly error: string;
}

/** How far a projection has come: all documents are written up to this position of the log. */
export interface Checkpoint {
  /** Absent: nothing has been handled yet. */
  readonly position?: number;
  /** Where it stands still until somebody resumes it. */
  readonly parked?: ParkedEvent;
}

/**
 * Where projections keep their documents: only what every MongoDB can do. Every call throws
 * `ViewStoreUnavailable` while the store cannot be reached or has not been made yet, and a TypeError
 * where it asks by a field that the collection does not declare.
 */
export interface ViewStore {
  get<View extends ViewDocument>(
    collection: Collection<View>,
    id: string,
  ): Promise<View | undefined>;
  /** Those that exist, by id. */
  getMany<View extends ViewDocument>(
    collection: Collection<View>,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, View>>;
  /** Writes each document on its own, none twice in one call. Throws `InvalidDocument` before any is written. */
  write<View extends ViewDocument>(
    collection: Collection<View>,
    writes: readonly GuardedWrite<View>[],
  ): Promise<WriteOutcome>;
  /** Throws `InvalidCursor` where the cursor is not one of this query. */
  find<View extends ViewDocument>(
    collection: Collection<View>,
    query: Query<keyof View & string>,
  ): Promise<Page<View>>;
  count<View extends ViewDocument>(
    collection: Collection<View>,
    where?: readonly Condition<keyof View & string>[],
  ): Promise<number>;
  /** Undefined where the collection was never filled. */
  readCheckpoint(collection: Collection): Promise<Checkpoint | undefined>;
  writeCheckpoint(collection: Collection, checkpoint: Checkpoint): Promise<void>;
  /** Removes all documents of the collection and its checkpoint. */
  drop(collection: Collection): Promise<void>;
  close(): Promise<void>;
}
