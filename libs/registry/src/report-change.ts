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

/** 67 FR 52584, Form AR-11SR: notice of a new address, employer or school, in time or late. */
export function reportChange(
  body: RegistrantCommandData['ReportChange'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const data = { ...body, ...(body.kind === 'address' && stateOfAddress(body.value)) };
  const of: ChangeCase = {
    event: { type: 'ChangeReported', data },
    day: body.reportedOn,
    dayField: 'reportedOn',
    state,
    facts,
  };
  return decideCase(of, [...changeChecks(of), () => reported(of), () => foundUnreported(of)], () =>
    changesNothing(of, noticeOf(of)),
  );
}

function reported({ event, state }: ChangeCase): Refusal | undefined {
  const fact = recordedOfChange(state, 'ChangeReported', event.data);
  return fact && changeRecorded('ChangeAlreadyReported', { verb: 'reported', fact });
}

/** Who was found not to have reported a change by a day had not reported it before. */
function foundUnreported({ day, event, state }: ChangeCase): Refusal | undefined {
  const fact = recordedOfChange(state, 'UnreportedChangeFound', event.data);
  if (!fact || fact.day <= day) return undefined;
  return changeRecorded('ChangeFoundUnreported', { verb: 'found unreported', fact });
}
