import { knownFrom, POLICY_STREAM } from '#libs/kernel';
import type { PolicyEvent, PolicyEventData } from '#libs/policy';
import type { Projection } from '#libs/view-store';
import type { PolicyTimelineView } from './view.js';

/** One document a policy event, whatever its type: the timeline shows what was enacted, and folds nothing. */
export const policyTimeline: Projection<PolicyTimelineView> = {
  name: 'policy-timeline',
  version: 1,
  fields: { revision: 'value' },
  concerns({ stream, data }) {
    return stream === POLICY_STREAM ? [(data as PolicyEventData).ref] : [];
  },
  apply(_view, event) {
    // The codec has checked the data against the table of the policy.
    const data = event.data as PolicyEventData;
    return {
      ...data,
      _id: data.ref,
      position: event.position,
      type: event.type as PolicyEvent['type'],
      eventId: event.id,
      revision: event.revision,
      known: knownFrom(event.metadata),
    };
  },
};
