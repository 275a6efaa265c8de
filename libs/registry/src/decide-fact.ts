import type { Decision } from '#libs/kernel';
import { acceptGoodCause } from './accept-good-cause.js';
import type { DecisionFacts } from './case.js';
import type { FactCommand } from './commands.js';
import { completeFollowUpInterview } from './complete-follow-up-interview.js';
import { completeNoticeInterview } from './complete-notice-interview.js';
import { confirmDeparture } from './confirm-departure.js';
import { determineWilfulness } from './determine-wilfulness.js';
import type { RegistrantEvent } from './events.js';
import { grantExemption } from './grant-exemption.js';
import { initiateRemovalProceedings } from './initiate-removal-proceedings.js';
import { rebutPresumption } from './rebut-presumption.js';
import { recordStatusChange } from './record-status-change.js';
import { recordUnregisteredDeparture } from './record-unregistered-departure.js';
import { recordUnreportedChange } from './record-unreported-change.js';
import { registerArrival } from './register-arrival.js';
import { registerAtCallIn } from './register-at-call-in.js';
import { reportChange } from './report-change.js';
import { reregisterAnnually } from './reregister-annually.js';
import { serveIndividualNotice } from './serve-individual-notice.js';
import type { Registrant } from './state.js';

/**
 * The event of a command that states a fact, or why it is refused: what cannot have happened, what the
 * policy of its legal day has no basis for, what contradicts the record. That it is late, or was not
 * required, is no reason: that is for the assessment to say.
 */
export function decideFact(
  command: FactCommand,
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
    case 'ReportChange':
      return reportChange(command.data, state, facts);
    case 'RecordUnreportedChange':
      return recordUnreportedChange(command.data, state, facts);
    case 'ConfirmDeparture':
      return confirmDeparture(command.data, state, facts);
    case 'RecordUnregisteredDeparture':
      return recordUnregisteredDeparture(command.data, state, facts);
    case 'ServeIndividualNotice':
      return serveIndividualNotice(command.data, state, facts);
    case 'CompleteNoticeInterview':
      return completeNoticeInterview(command.data, state, facts);
    case 'GrantExemption':
      return grantExemption(command.data, state, facts);
    case 'RecordStatusChange':
      return recordStatusChange(command.data, state, facts);
    case 'AcceptGoodCause':
      return acceptGoodCause(command.data, state, facts);
    case 'DetermineWilfulness':
      return determineWilfulness(command.data, state, facts);
    case 'InitiateRemovalProceedings':
      return initiateRemovalProceedings(command.data, state, facts);
    case 'RebutPresumption':
      return rebutPresumption(command.data, state, facts);
  }
}
