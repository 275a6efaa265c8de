import { knownFrom, POLICY_STREAM } from '#libs/kernel';
import { isClerical, logEntryOf, type PolicyEvent } from '#libs/policy';
import type { Projection } from '#libs/view-store';
import type { PolicyTimelineView, TimelineEntry } from './view.js';

/**
 * One document for each record of the policy, with the corrections and the rescission of it. It shows
 * what was recorded and folds nothing else: corrections are applied where the document is read.
 */
export const policyTimeline: Projection<PolicyTimelineView> = {
  name: 'policy-timeline',
  version: 2,
  fields: { revision: 'value' },
  concerns({ stream, data }) {
    return stream === POLICY_STREAM ? [(data as PolicyEvent['data']).ref] : [];
  },
  apply(view, { id, type, data, revision, position, metadata }) {
    // The codec has checked the data against the table of the policy.
    const logged = logEntryOf({ type, data } as PolicyEvent, knownFrom(metadata));
    const entry = { ...logged, eventId: id, revision, position } as TimelineEntry;
    const ofRecord = isClerical(logged) ? view?.revision : revision;
    return {
      _id: logged.ref,
      position,
      ...(ofRecord !== undefined && { revision: ofRecord }),
      entries: [...(view?.entries ?? []), entry],
    };
  },
};
