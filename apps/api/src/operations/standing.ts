import { Inject, Injectable } from '@nestjs/common';
import type { EventLog } from '#libs/event-log';
import { type ProjectionStatus, projectionStatuses } from '#libs/projecting';
import { type ViewStore, ViewStoreUnavailable } from '#libs/view-store';
import { servedViews } from '../projections.js';
import { EVENT_LOG, VIEW_STORE } from '../tokens.js';

/** How the log and the views stand at one moment, by their positions. */
export interface Standing {
  /** `head` is the position of the last event; absent where the log is empty. */
  readonly log: { readonly head?: number } | 'away';
  /** The lag of each is right only where the log is there. */
  readonly views: readonly ProjectionStatus[] | 'away';
}

/** Looks at the log's end and at the checkpoints that the projector writes. */
@Injectable()
export class StandingOf {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(VIEW_STORE) private readonly store: ViewStore,
  ) {}

  async look(): Promise<Standing> {
    const log = await this.#log();
    return { log, views: await this.#views(log === 'away' ? undefined : log.head) };
  }

  async #log(): Promise<Standing['log']> {
    try {
      const head = await this.log.head();
      return head === undefined ? {} : { head };
    } catch {
      return 'away';
    }
  }

  async #views(head: number | undefined): Promise<Standing['views']> {
    try {
      return await projectionStatuses(this.store, servedViews, head);
    } catch (error) {
      if (error instanceof ViewStoreUnavailable) return 'away';
      throw error;
    }
  }
}
