import type { RecordedEvent } from '#libs/kernel';
import { faultText } from '#libs/observability';
import {
  foldInto,
  type GuardedWrite,
  InvalidDocument,
  type Projection,
  type ViewDocument,
  type ViewStore,
} from '#libs/view-store';

/** How often documents are read and folded again because somebody else wrote them meanwhile. */
const ATTEMPTS_MAX = 5;

/** What the projection makes of an event is no view: the same event will fail again, whoever tries. */
export class UnfoldableEvent extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? `${cause.name}: ${faultText(cause)}` : 'unknown', { cause });
    this.name = 'UnfoldableEvent';
  }
}

/**
 * Folds the events, in the order of the log, into the documents that they concern and stores these.
 * An event that a document has folded already changes nothing. Throws UnfoldableEvent, and where
 * others kept writing the same documents.
 */
export async function foldBatch<View extends ViewDocument>(
  store: ViewStore,
  projection: Projection<View>,
  events: readonly RecordedEvent[],
): Promise<void> {
  const concerned = blaming(() => concernedBy(projection, events));
  if (concerned.size === 0) return;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const held = await store.getMany(projection, [...concerned.keys()]);
    const writes = blaming(() => foldAll(projection, concerned, held));
    if (writes.length === 0) return;
    if ((await written(store, projection, writes)) === 'written') return;
  }
  throw new Error(`Others keep writing the same documents of ${projection.name}.`);
}

type Concerned = ReadonlyMap<string, readonly RecordedEvent[]>;

function concernedBy(
  projection: Pick<Projection<ViewDocument>, 'concerns'>,
  events: readonly RecordedEvent[],
): Concerned {
  const byDocument = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    for (const id of projection.concerns(event)) {
      const before = byDocument.get(id);
      if (before) before.push(event);
      else byDocument.set(id, [event]);
    }
  }
  return byDocument;
}

function foldAll<View extends ViewDocument>(
  projection: Projection<View>,
  concerned: Concerned,
  held: ReadonlyMap<string, View>,
): GuardedWrite<View>[] {
  const writes: GuardedWrite<View>[] = [];
  for (const [id, events] of concerned) {
    const before = held.get(id);
    const after = events.reduce<View | undefined>(
      (view, event) => foldInto(projection, { id, view }, event),
      before,
    );
    if (after === before) continue;
    if (after) writes.push({ document: after, ...(before && { replaces: before.position }) });
    else if (before) writes.push({ remove: id, replaces: before.position });
  }
  return writes;
}

function blaming<Answer>(fold: () => Answer): Answer {
  try {
    return fold();
  } catch (error) {
    throw new UnfoldableEvent(error);
  }
}

async function written<View extends ViewDocument>(
  store: ViewStore,
  projection: Projection<View>,
  writes: readonly GuardedWrite<View>[],
) {
  try {
    return await store.write(projection, writes);
  } catch (error) {
    throw error instanceof InvalidDocument ? new UnfoldableEvent(error) : error;
  }
}
