import type { Decision } from '#libs/kernel';
import type { DecisionFacts } from './case.js';
import type { RegistrantCommand } from './commands.js';
import { correctRecord } from './correct-record.js';
import { decideFact } from './decide-fact.js';
import type { RegistrantEvent } from './events.js';
import { rescindRecord } from './rescind-record.js';
import type { Registrant } from './state.js';

/** The event of a registrant command, or why it is refused. */
export function decideRegistrant(
  command: RegistrantCommand,
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  if (command.type === 'CorrectRecord') return correctRecord(command.data, state, facts);
  if (command.type === 'RescindRecord') return rescindRecord(command.data, state, facts);
  return decideFact(command, state, facts);
}
