import { foldPolicy, type Policy } from './fold.js';
import type { PolicyRecord } from './record.js';
import { timelineOf2002 } from './timeline-2002.js';
import { timelineFrom2003 } from './timeline-2003.js';

/**
 * The policy as it was really made, in the order of publication, each event known from its
 * publication on. What could not be checked against a published source says `verified: false`.
 */
export const enactedTimeline: readonly PolicyRecord[] = [
  ...timelineOf2002,
  ...timelineFrom2003,
].map((entry) => ({ ...entry, known: `${entry.publishedOn}T00:00:00.000Z` }));

/** The enacted timeline, folded: what holds where no other policy is given. */
export const enactedPolicy: Policy = foldPolicy(enactedTimeline);
