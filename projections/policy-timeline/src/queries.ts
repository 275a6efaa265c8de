import type { Page, ViewStore } from '#libs/view-store';
import { policyTimeline } from './projection.js';
import { timelineEventOf } from './timeline-event.js';
import type { PolicyTimelineView, TimelineEvent } from './view.js';

export interface TimelineList {
  readonly cursor?: string;
  /** 1 to 500. */
  readonly limit: number;
}

export interface TimelinePage extends Pick<Page<PolicyTimelineView>, 'next'> {
  readonly events: readonly TimelineEvent[];
}

/** The records of the policy in the order of the log, as they read now. Throws InvalidCursor. */
export async function listTimeline(views: ViewStore, list: TimelineList): Promise<TimelinePage> {
  // What is only corrected, and not recorded, has no revision and is left out.
  const sort = { field: 'revision' } as const;
  const { documents, ...page } = await views.find(policyTimeline, { ...list, sort });
  return { ...page, events: documents.flatMap(timelineEventOf) };
}
