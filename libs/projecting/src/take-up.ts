import { type EventLog, EventLogUnavailable } from '#libs/event-log';
import type { Logger } from '#libs/observability';
import { type Collection, type ViewStore, ViewStoreUnavailable } from '#libs/view-store';
import { backoffMs, pauseFor } from './backoff.js';
import { resumeProjection } from './status.js';

export interface TakeUpOptions {
  readonly log: Pick<EventLog, 'head'>;
  readonly store: ViewStore;
  readonly collections: readonly Collection[];
  readonly logger: Pick<Logger, 'warn'>;
  /** Waits so long, or until the signal aborts; another one is for specs. */
  readonly pause?: (pauseMs: number, signal: AbortSignal) => Promise<void>;
}

/** The views have been filled from a log that held more than this one does. */
export class ViewsOfAnotherLog extends Error {
  constructor(name: string) {
    super(
      `The views (${name}) are ahead of the event log, so they are those of another one. Give this ` +
        'registry a store of its own, or empty this one: the views are filled again from the log.',
    );
    this.name = 'ViewsOfAnotherLog';
  }
}

/**
 * What is to be done before projections run: waits until log and store can be reached, or the signal
 * aborts, and lets those that are parked try again, since a new start may be that of a version which
 * knows better. Throws `ViewsOfAnotherLog`.
 */
export async function takeUpProjections(
  { log, store, collections, logger, pause = pauseFor }: TakeUpOptions,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      await takeUp(log, store, collections);
      return;
    } catch (error) {
      if (!(error instanceof ViewStoreUnavailable || error instanceof EventLogUnavailable)) {
        throw error;
      }
      logger.warn({ failures, reason: error.message }, 'waiting for the log and the views');
      await pause(backoffMs(failures), signal);
    }
  }
}

async function takeUp(
  log: TakeUpOptions['log'],
  store: ViewStore,
  collections: readonly Collection[],
): Promise<void> {
  const head = (await log.head()) ?? -1;
  for (const collection of collections) {
    const { position = -1 } = (await store.readCheckpoint(collection)) ?? {};
    if (position > head) throw new ViewsOfAnotherLog(collection.name);
    await resumeProjection(store, collection);
  }
}
