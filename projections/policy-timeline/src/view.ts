import type { Instant } from '#libs/kernel';
import type { PolicyLogEntry, PolicyRecord } from '#libs/policy';
import type { ViewDocument } from '#libs/view-store';

/** One event of the policy stream as the log holds it, and where. */
export type TimelineEntry = PolicyLogEntry & PlaceInLog;

interface PlaceInLog {
  readonly eventId: string;
  /** Its place in the policy stream, from 0. */
  readonly revision: number;
  readonly position: number;
  /** The instant from which the registry knew it. */
  readonly known: Instant;
}

/** All that the policy stream holds of one `ref`, which is the `_id`. */
export interface PolicyTimelineView extends ViewDocument {
  /** Of the record; absent as long as there are only corrections of it. */
  readonly revision?: number;
  /** In the order of the log. */
  readonly entries: readonly TimelineEntry[];
}

/** A correction with what it replaced, so that nothing is lost to the reader either. */
export interface CorrectionMade extends PlaceInLog {
  readonly reason: string;
  readonly replaced: Omit<PolicyRecord, 'ref' | 'type' | 'known'>;
}

export interface RescissionMade extends PlaceInLog {
  readonly reason: string;
}

/** A record of the policy as it reads now, and what became of it. */
export type TimelineEvent = PolicyRecord &
  PlaceInLog & {
    /** The oldest first; the last of them counts. */
    readonly corrections: readonly CorrectionMade[];
    /** Present where the record no longer holds: what it says is what it last said. */
    readonly rescinded?: RescissionMade;
  };
