import type { Page, ViewStore } from '#libs/view-store';
import type { PolicyTimelineView } from './view.js';

export interface TimelineList {
  readonly cursor?: string;
  /** 1 to 500. */
  readonly limit: number;
}

/** The policy events in the order of the log. */
export declare function listTimeline(
  views: ViewStore,
  list: TimelineList,
): Promise<Page<PolicyTimelineView>>;
