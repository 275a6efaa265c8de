import { type EventLog, type EventPlace, UnreadableEvent } from '#libs/event-log';
import { isUuid, type RecordedEvent } from '#libs/kernel';
import { faultText, type Logger } from '#libs/observability';
import type { Checkpoint, Projection, ViewDocument, ViewStore } from '#libs/view-store';
import { backoffMs, pauseFor } from './backoff.js';
import { Batcher } from './batcher.js';
import { foldBatch, UnfoldableEvent } from './fold-batch.js';

export interface RunnerOptions<View extends ViewDocument> {
  readonly log: EventLog;
  readonly store: ViewStore;
  readonly projection: Projection<View>;
  readonly logger: Pick<Logger, 'warn' | 'error'>;
  /** Waits so long, or until the signal aborts; another one is for specs. */
  readonly pause?: (pauseMs: number, signal: AbortSignal) => Promise<void>;
}

/** How soon a parked projection notices that it was resumed. */
const PARKED_PAUSE_MS = 1_000;
/** An event that cannot be read is tried again so often: its key may be on its way. */
const READ_ATTEMPTS_MAX = 3;
const ERROR_LENGTH_MAX = 500;
const PARKED = 'parked: nothing after this event is shown until it can be; each start tries again';

/**
 * Keeps the documents of a projection in step with the log until the signal aborts. What is delivered
 * twice, written by two runners at once, or cut off between the documents and the checkpoint comes
 * out the same. An event that the projection chokes on stops this projection alone, until it is
 * resumed (`resumeProjection`); after any other failure it takes itself up again.
 */
export async function runProjection<View extends ViewDocument>(
  options: RunnerOptions<View>,
  signal: AbortSignal,
): Promise<void> {
  const { store, projection, logger, pause = pauseFor } = options;
  const stretch = { failures: 0, after: undefined as number | undefined };
  while (!signal.aborted) {
    try {
      const { position, parked } = (await store.readCheckpoint(projection)) ?? {};
      if (position !== stretch.after) stretch.failures = 0;
      stretch.after = position;
      if (parked) await pause(PARKED_PAUSE_MS, signal);
      else await new Stretch(options, stretch).follow(signal);
    } catch (error) {
      stretch.failures += 1;
      const { failures } = stretch;
      logger.warn(
        { projection: projection.name, failures, reason: messageOf(error) },
        'trying again',
      );
      await pause(backoffMs(failures), signal);
    }
  }
}

interface Beginning {
  /** Position of the last event handled. */
  readonly after: number | undefined;
  /** How often it was begun here in vain. */
  readonly failures: number;
}

/** Follows the log from one checkpoint to the next interruption. */
class Stretch<View extends ViewDocument> {
  /** Position of the last event that could be read. */
  #read: number | undefined;

  constructor(
    private readonly options: RunnerOptions<View>,
    private readonly from: Beginning,
  ) {
    this.#read = from.after;
  }

  async follow(signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    const batcher = new Batcher(
      (batch) => this.#write(batch),
      () => stop.abort(),
    );
    const unreadable = await this.#readInto(batcher, AbortSignal.any([signal, stop.signal]));
    if (signal.aborted) batcher.drop();
    try {
      await batcher.settled();
    } catch (error) {
      if (!(error instanceof PoisonedEvent)) throw error;
      await this.#park(placeOf(error.event), error.message);
      return;
    }
    if (unreadable) await this.#passOrPark(unreadable.cause);
  }

  /** Gives why reading ended, where it was not the signal. */
  async #readInto(
    batcher: Batcher,
    signal: AbortSignal,
  ): Promise<{ readonly cause: unknown } | undefined> {
    const { log, projection, logger } = this.options;
    const { after } = this.from;
    try {
      await log.follow({
        ...(after !== undefined && { after }),
        signal,
        onEvent: async (event) => {
          this.#read = event.position;
          await batcher.add(event);
        },
        onBreak: (error) =>
          logger.warn(
            { projection: projection.name, reason: messageOf(error) },
            'connection broken',
          ),
      });
      return undefined;
    } catch (cause) {
      return { cause };
    }
  }

  /** Documents first: a checkpoint never stands before what it stands for. */
  async #write(batch: readonly RecordedEvent[]): Promise<void> {
    const { store, projection } = this.options;
    const last = batch.at(-1);
    if (!last) return;
    try {
      await foldBatch(store, projection, batch);
    } catch (error) {
      if (!(error instanceof UnfoldableEvent)) throw error;
      if (batch.length === 1) throw new PoisonedEvent(last, error.message);
      // One by one all before it are written, and the one that fails is known.
      for (const event of batch) await this.#write([event]);
      return;
    }
    await store.writeCheckpoint(projection, { position: last.position });
  }

  /**
   * What is damaged is passed over where it concerns nothing. Whether an event of an unknown type or
   * version does, only a program that knows it can say: it stops every projection, and at once.
   */
  async #passOrPark(cause: unknown): Promise<void> {
    if (!(cause instanceof UnreadableEvent)) throw cause;
    if (cause.isUnknown) {
      await this.#park(cause.event, messageOf(cause.cause));
    } else if (await this.#concernsNothing(cause.event)) {
      await this.options.store.writeCheckpoint(this.options.projection, {
        position: cause.event.position,
      });
    } else if (this.from.failures < READ_ATTEMPTS_MAX) {
      throw cause;
    } else {
      await this.#park(cause.event, messageOf(cause.cause));
    }
  }

  /** By its stored form; what has not even that may concern everything. */
  async #concernsNothing({ position }: EventPlace): Promise<boolean> {
    const { log, projection } = this.options;
    const after = this.#read;
    try {
      for await (const stored of log.readAllStored({
        ...(after !== undefined && { after }),
        limit: 1,
      })) {
        return stored.position === position && projection.concerns(stored).length === 0;
      }
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
    }
    return false;
  }

  async #park(
    { position, id, stream, revision, type, version, correlationId }: EventPlace,
    reason: string,
  ): Promise<void> {
    const { store, projection, logger } = this.options;
    const checkpoint: Checkpoint = (await store.readCheckpoint(projection)) ?? {};
    const parked = {
      ...{ position, id, stream, revision, type },
      ...(version !== undefined && { version }),
      error: reason.slice(0, ERROR_LENGTH_MAX),
    };
    await store.writeCheckpoint(projection, { ...checkpoint, parked });
    logger.error(
      { projection: projection.name, ...parked, ...(correlationId && { correlationId }) },
      PARKED,
    );
  }
}

/** Ends the following at an event that cannot be folded; everything before it is written. */
class PoisonedEvent extends Error {
  constructor(
    readonly event: RecordedEvent,
    reason: string,
  ) {
    super(reason);
    this.name = 'PoisonedEvent';
  }
}

function placeOf({ data: _data, metadata, ...event }: RecordedEvent): EventPlace {
  const { schemaVersion: version, $correlationId: correlationId } = metadata;
  return { ...event, version, ...(isUuid(correlationId) && { correlationId }) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${faultText(error)}` : 'unknown';
}
