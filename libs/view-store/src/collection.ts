/**
 * A view: a whole JSON document (texts, integers below 2^53, booleans, lists, objects; days and
 * instants are texts). `position` is that of the last event folded into it, and guards its writes.
 */
export interface ViewDocument {
  readonly _id: string;
  readonly position: number;
}

/** What a field must hold to be queried by. Control characters are refused, and more than 1,000 bytes. */
export type FieldValue = string | number | boolean;

/** `value`: one value or none, which one can sort by; `list`: several, a condition asks whether any one fulfils it. */
export type FieldKind = 'value' | 'list';

declare const viewOf: unique symbol;

/**
 * Where documents of one shape are kept. The version is part of the name in the store: a change of
 * the shape or of the fields is a new version, filled from the log.
 */
export interface Collection<View extends ViewDocument = ViewDocument> {
  readonly name: string;
  readonly version: number;
  /** The top-level fields that documents are queried by, beside `_id`; any other is refused. */
  readonly fields: Readonly<Partial<Record<keyof View & string, FieldKind>>>;
  /** Never there: it only lets the compiler tell which view a collection holds. */
  readonly [viewOf]?: View;
}

/** The name under which the store keeps the collection. */
export function storedName(collection: Pick<Collection, 'name' | 'version'>): string {
  return `${collection.name}-v${collection.version}`;
}
