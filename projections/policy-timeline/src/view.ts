import type { Instant } from '#libs/kernel';
import type { PolicyEvent, PolicyEventData } from '#libs/policy';
import type { ViewDocument } from '#libs/view-store';

/** One event of the policy stream, under its `ref` as `_id`. */
export interface PolicyTimelineView extends ViewDocument, PolicyEventData {
  readonly type: PolicyEvent['type'];
  readonly eventId: string;
  /** Its place in the policy stream, from 0. */
  readonly revision: number;
  /** The instant from which the registry knew it. */
  readonly known: Instant;
}
