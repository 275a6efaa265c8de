import type { RecordedEvent } from '#libs/kernel';
import type { Collection, ViewDocument } from './collection.js';

/** One read model: which documents an event concerns, and what becomes of each of them. */
export interface Projection<View extends ViewDocument> extends Collection<View> {
  /**
   * Ids of the documents that the event concerns, none twice. It must be able to tell from the
   * event's stream, type and clear data: what concerns nothing is skipped even where it cannot be opened.
   */
  concerns(event: RecordedEvent): readonly string[];
  /**
   * The document after the event; undefined: there is none (a removal forgets the position, so no
   * later event may concern that id again). Pure. Whoever runs it sets `position`.
   */
  apply(view: View | undefined, event: RecordedEvent): View | undefined;
}

/**
 * The document with the event folded in, its position included; the same one where the event is
 * already in it. Throws what the projection throws, and where it gives a document of another id.
 */
export function foldInto<View extends ViewDocument>(
  projection: Pick<Projection<View>, 'apply' | 'name'>,
  held: { readonly id: string; readonly view: View | undefined },
  event: RecordedEvent,
): View | undefined {
  const { id, view } = held;
  if (view !== undefined && view.position >= event.position) return view;
  const after = projection.apply(view, event);
  if (after === undefined) return undefined;
  if (after._id !== id) {
    throw new Error(
      `The projection ${projection.name} gave another document than it was asked for.`,
    );
  }
  return { ...after, position: event.position };
}

/** All documents after the events (in the order of the log), on top of those held; whatever was redelivered. */
export function replay<View extends ViewDocument>(
  projection: Projection<View>,
  events: readonly RecordedEvent[],
  held: ReadonlyMap<string, View> = new Map(),
): ReadonlyMap<string, View> {
  const views = new Map(held);
  for (const event of events) {
    for (const id of projection.concerns(event)) {
      const after = foldInto(projection, { id, view: views.get(id) }, event);
      if (after) views.set(id, after);
      else views.delete(id);
    }
  }
  return views;
}
