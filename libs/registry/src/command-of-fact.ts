import type { FactCommand } from './commands.js';
import type { RegistrantDataByType } from './events.js';
import type { FactType } from './facts.js';

/** The command by which each type of fact comes about. */
const commandNameOf: Readonly<Record<FactType, FactCommand['type']>> = {
  ArrivalRegistered: 'RegisterArrival',
  CallInRegistrationCompleted: 'RegisterAtCallIn',
  FollowUpInterviewCompleted: 'CompleteFollowUpInterview',
  AnnualReregistrationCompleted: 'ReregisterAnnually',
  ChangeReported: 'ReportChange',
  UnreportedChangeFound: 'RecordUnreportedChange',
  DepartureConfirmed: 'ConfirmDeparture',
  UnregisteredDepartureRecorded: 'RecordUnregisteredDeparture',
  IndividualNoticeServed: 'ServeIndividualNotice',
  NoticeInterviewCompleted: 'CompleteNoticeInterview',
  ExemptionGranted: 'GrantExemption',
  StatusChanged: 'RecordStatusChange',
  GoodCauseAccepted: 'AcceptGoodCause',
  WilfulnessDetermined: 'DetermineWilfulness',
  RemovalProceedingsInitiated: 'InitiateRemovalProceedings',
  InadmissibilityPresumptionRebutted: 'RebutPresumption',
};

/**
 * The command whose event the fact would be: its data without what is not for the caller to say, that
 * is without what a decision relied on, and without the state where an address says it. Where a fact
 * has no address, of an unreported change or because it has not been opened, its state is kept.
 */
export function commandOfFact(type: FactType, data: RegistrantDataByType[FactType]): FactCommand {
  const isAddressSaid = 'value' in data || 'visit' in data;
  const body = Object.entries(data).filter(
    ([field]) => field !== 'reliedOn' && (field !== 'usState' || !isAddressSaid),
  );
  // Body and name belong together by the map above: the cast says no more than that.
  return {
    type: commandNameOf[type],
    data: Object.fromEntries(body),
  } as unknown as FactCommand;
}
