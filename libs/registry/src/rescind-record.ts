import type { Decision } from '#libs/kernel';
import type { DecisionFacts } from './case.js';
import { clericalChecks, namedEvent } from './clerical-checks.js';
import type { RegistrantCommandData } from './commands.js';
import {
  contradicts,
  firstContradiction,
  type Revision,
  withoutIdentity,
} from './contradictions.js';
import { acceptedWith } from './decide-case.js';
import type { RegistrantEvent } from './events.js';
import { firstRefusal } from './refusals.js';
import { type ClericalEvent, type Registrant, withClericalEvent } from './state.js';

/**
 * Takes a recorded fact away, or a correction, from the moment at which this is recorded. What a
 * correction replaced holds again, as it was recorded then, whether or not it would be accepted today;
 * only what the rest of the record needs stands against it.
 */
export function rescindRecord(
  data: RegistrantCommandData['RescindRecord'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const named = namedEvent(state, data.eventId);
  if ('refusal' in named) return named;
  const event: ClericalEvent = { type: 'RecordRescinded', data };
  const refusal = firstRefusal(clericalChecks(event, state));
  if (refusal) return { refusal };
  const revision = { before: state, after: withClericalEvent(state, event) };
  const contradiction = firstContradiction(revision, facts) ?? withoutIdentity(revision);
  if (contradiction) return { refusal: contradicts(contradiction, 'eventId') };
  return acceptedWith(event, withoutEffect(revision));
}

/** A correction may have been replaced since, or its fact be gone: taking it away is a record all the same. */
function withoutEffect({ before, after }: Revision): readonly string[] {
  const stood = new Map(before.facts.map(({ id, data }) => [id, data]));
  const isSame =
    after.facts.length === stood.size &&
    after.facts.every(({ id, data }) => stood.get(id) === data);
  return isSame
    ? [
        'What this corrected was corrected again, or rescinded: for the present this changes nothing.',
      ]
    : [];
}
