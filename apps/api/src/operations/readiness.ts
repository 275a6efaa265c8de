import { Inject, Injectable } from '@nestjs/common';
import type { EventLog } from '#libs/event-log';
import { projectionStatuses } from '#libs/projecting';
import { type ViewStore, ViewStoreUnavailable } from '#libs/view-store';
import { policyTimeline } from '#projections/policy-timeline';
import { registrantFile } from '#projections/registrant-file';
import { Preparation } from '../preparation.js';
import { EVENT_LOG, VIEW_STORE } from '../tokens.js';

/** How each part stands: `ok`, or what is the matter. */
export type Parts = Readonly<Record<string, unknown>>;

/** Whether every part that serving needs is there. */
@Injectable()
export class Readiness {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(VIEW_STORE) private readonly views: ViewStore,
    private readonly preparation: Preparation,
  ) {}

  async look(): Promise<{ readonly isReady: boolean; readonly parts: Parts }> {
    const head = await this.log.head().catch(() => 'away' as const);
    const views = await this.#views(head === 'away' ? undefined : head);
    const { state } = this.preparation;
    return {
      isReady: head !== 'away' && state === 'done' && views.isReady,
      parts: {
        eventLog: head === 'away' ? 'cannot be reached' : 'ok',
        seed: state === 'done' ? 'ok' : state,
        views: views.told,
      },
    };
  }

  /** A view is ready when it holds what the log held at the start, and stands still at no event. */
  async #views(head: number | undefined): Promise<{ isReady: boolean; told: unknown }> {
    const from = this.preparation.position ?? -1;
    try {
      const statuses = await projectionStatuses(this.views, [registrantFile, policyTimeline], head);
      const told = statuses.map(({ name, version, position, lag, parked }) => ({
        name,
        version,
        position: position === undefined ? null : String(position),
        lag,
        ...(parked && { parked: { ...parked, position: String(parked.position ?? '') } }),
      }));
      const isReady = statuses.every(
        ({ position, parked }) => (position ?? -1) >= from && parked === undefined,
      );
      return { isReady, told };
    } catch (error) {
      if (error instanceof ViewStoreUnavailable) return { isReady: false, told: 'cannot be read' };
      throw error;
    }
  }
}
