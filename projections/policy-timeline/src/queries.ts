import type { Page, ViewStore } from '#libs/view-store';
import { policyTimeline } from './projection.js';
import type { PolicyTimelineView } from './view.js';

export interface TimelineList {
  readonly cursor?: string;
  /** 1 to 500. */
  readonly limit: number;
}

/** The policy events in the order of the log. Throws InvalidCursor. */
export async function listTimeline(
  views: ViewStore,
  list: TimelineList,
): Promise<Page<PolicyTimelineView>> {
  return await views.find(policyTimeline, { ...list, sort: { field: 'revision' } });
}
