import type { Decision } from '#libs/kernel';
import type { DecisionFacts } from './case.js';
import type { RegistrantCommand } from './commands.js';
import { completeFollowUpInterview } from './complete-follow-up-interview.js';
import { confirmDeparture } from './confirm-departure.js';
import type { RegistrantEvent } from './events.js';
import { recordUnregisteredDeparture } from './record-unregistered-departure.js';
import { registerArrival } from './register-arrival.js';
import { registerAtCallIn } from './register-at-call-in.js';
import { reregisterAnnually } from './reregister-annually.js';
import type { Registrant } from './state.js';

/**
 * The event of a registrant command, or why it is refused: what cannot have happened, what the policy
 * of its legal day has no basis for, what contradicts the record. That it is late, or was not required,
 * is no reason: that is for the assessment to say.
 */
export function decideRegistrant(
  command: RegistrantCommand,
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  switch (command.type) {
    case 'RegisterArrival':
      return registerArrival(command.data, state, facts);
    case 'RegisterAtCallIn':
      return registerAtCallIn(command.data, state, facts);
    case 'CompleteFollowUpInterview':
      return completeFollowUpInterview(command.data, state, facts);
    case 'ReregisterAnnually':
      return reregisterAnnually(command.data, state, facts);
    case 'ConfirmDeparture':
      return confirmDeparture(command.data, state, facts);
    case 'RecordUnregisteredDeparture':
      return recordUnregisteredDeparture(command.data, state, facts);
  }
}
