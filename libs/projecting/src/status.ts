import type { Collection, ParkedEvent, ViewStore } from '#libs/view-store';

/** How a projection stands, as any process can read it. */
export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  /** Of the last event in its documents; absent: none yet. */
  readonly position?: number;
  /** How far it is behind the end of the log, in positions; 0 where it has caught up. */
  readonly lag: number;
  readonly parked?: ParkedEvent;
}

/**
 * The status of each collection against the end of the log (undefined: an empty log). Throws
 * `ViewStoreUnavailable`.
 */
export async function projectionStatuses(
  store: ViewStore,
  collections: readonly Collection[],
  head: number | undefined,
): Promise<readonly ProjectionStatus[]> {
  return await Promise.all(
    collections.map(async (collection) => {
      const { position, parked } = (await store.readCheckpoint(collection)) ?? {};
      return {
        name: collection.name,
        version: collection.version,
        ...(position !== undefined && { position }),
        lag: Math.max(0, (head ?? -1) - (position ?? -1)),
        ...(parked && { parked }),
      };
    }),
  );
}

/** Lets a parked projection try its event again; false where it is not parked. Whoever runs it notices within a second. */
export async function resumeProjection(store: ViewStore, collection: Collection): Promise<boolean> {
  const { parked, ...checkpoint } = (await store.readCheckpoint(collection)) ?? {};
  if (!parked) return false;
  await store.writeCheckpoint(collection, checkpoint);
  return true;
}
