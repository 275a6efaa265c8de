import type { Decision, Refusal } from '#libs/kernel';
import type { DecisionFacts } from './case.js';
import {
  type ChangeCase,
  changeChecks,
  changeRecorded,
  noticeOf,
  recordedOfChange,
  stateOfAddress,
} from './change-checks.js';
import type { RegistrantCommandData } from './commands.js';
import { decideCase } from './decide-case.js';
import type { RegistrantEvent } from './events.js';
import { changesNothing } from './owed.js';
import type { Registrant } from './state.js';

/** A change that the registry learned of otherwise; of a new address at least the state may be known. */
export function recordUnreportedChange(
  body: RegistrantCommandData['RecordUnreportedChange'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const isStateSaid = body.kind !== 'address' || body.usState !== undefined;
  const data = isStateSaid ? body : { ...body, ...stateOfAddress(body.value) };
  const of: ChangeCase = {
    event: { type: 'UnreportedChangeFound', data },
    day: body.foundOn,
    dayField: 'foundOn',
    state,
    facts,
  };
  return decideCase(of, [...changeChecks(of), () => found(of), () => reportedBefore(of)], () =>
    changesNothing(of, noticeOf(of)),
  );
}

function found({ event, state }: ChangeCase): Refusal | undefined {
  const fact = recordedOfChange(state, 'UnreportedChangeFound', event.data);
  return fact && changeRecorded('ChangeAlreadyFound', { verb: 'found unreported', fact });
}

function reportedBefore({ day, event, state }: ChangeCase): Refusal | undefined {
  const fact = recordedOfChange(state, 'ChangeReported', event.data);
  if (!fact || fact.day >= day) return undefined;
  return changeRecorded('ChangeAlreadyReported', { verb: 'reported', fact });
}
