import type { EventMetadata } from './envelope.js';

/** Who recorded what was never recorded: the id of the actor of generated events begins with it. */
export const SYNTHETIC_ACTOR = 'synthetic-history';

/** What is said beside every figure that was computed on generated events. */
export const SYNTHETIC_NOTE =
  'The history is synthetic: its people are invented, and its weights by country, call-in group and ' +
  'month are assumed, not published.';

/** Whether the event is one of a generated history, whose people and weights are invented. */
export function isSynthetic({ actor }: Pick<EventMetadata, 'actor'>): boolean {
  return actor.id === SYNTHETIC_ACTOR || actor.id.startsWith(`${SYNTHETIC_ACTOR}/`);
}
