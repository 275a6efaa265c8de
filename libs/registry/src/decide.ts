import type { Decision, Refusal } from '#libs/kernel';
import type { DecisionFacts } from './case.js';
import type { RegistrantCommand } from './commands.js';
import { correctRecord } from './correct-record.js';
import { decideFact } from './decide-fact.js';
import type { RegistrantEvent } from './events.js';
import { byRecord } from './refusals.js';
import { rescindRecord } from './rescind-record.js';
import type { Registrant } from './state.js';

/** The event of a registrant command, or why it is refused. */
export function decideRegistrant(
  command: RegistrantCommand,
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const refusal = sealed(state);
  if (refusal) return { refusal };
  if (command.type === 'CorrectRecord') return correctRecord(command.data, state, facts);
  if (command.type === 'RescindRecord') return rescindRecord(command.data, state, facts);
  return decideFact(command, state, facts);
}

/**
 * All personal content of a registrant is under one key. Another key would leave what is stored under the
 * first one unreadable for ever, also where that one comes back.
 */
function sealed({ events }: Registrant): Refusal | undefined {
  if (!events.some(({ isSealed }) => isSealed)) return undefined;
  return byRecord('PersonalContentSealed', {
    detail:
      'The personal content of this record cannot be opened: its key was destroyed, or is not here. ' +
      'Nothing can be recorded in it; a person of whom there is news is registered under a new id.',
  });
}
