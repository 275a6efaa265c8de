import type { Decision } from '#libs/kernel';
import type { Case, DecisionFacts } from './case.js';
import type { RegistrantCommandData } from './commands.js';
import { decideCase } from './decide-case.js';
import type { RegistrantEvent } from './events.js';
import { noStayHolding, notRegistered, sameDayRecorded } from './presence-checks.js';
import type { Registrant } from './state.js';
import { stayHolds, statusOn } from './stays.js';

type StatusCase = Case<Extract<RegistrantEvent, { type: 'StatusChanged' }>>;

/** Another class of admission, or a status outside the programme; it holds from the start of its day. */
export function recordStatusChange(
  data: RegistrantCommandData['RecordStatusChange'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const of: StatusCase = {
    event: { type: 'StatusChanged', data },
    day: data.changedOn,
    dayField: 'changedOn',
    state,
    facts,
  };
  return decideCase(
    of,
    [
      () => notRegistered(of),
      () => sameDayRecorded(of, 'StatusChangeAlreadyRecorded'),
      () => noStayHolding(of, { day: of.day, field: of.dayField }),
    ],
    () => alreadyHeld(of),
  );
}

function alreadyHeld({ event, day, state }: StatusCase): readonly string[] {
  const { to } = event.data;
  return state.stays
    .filter((stay) => stayHolds(stay, day))
    .slice(-1)
    .filter((stay) => statusOn(stay, day) === to)
    .map(() => `The person has the status ${to} on ${day} already: this changes nothing.`);
}
