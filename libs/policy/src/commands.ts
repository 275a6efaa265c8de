import type { PolicyEvent, PolicyEventType } from './events.js';

/** Each command of the policy stream, and the event that it gives when it is accepted. */
export const eventForCommand = {
  EnactDuty: 'DutyEnacted',
  DesignateArrivals: 'ArrivalDesignationMade',
  AuthoriseDiscretion: 'ArrivalDiscretionAuthorised',
  AnnounceCallIn: 'CallInAnnounced',
  ExtendCallIn: 'CallInExtended',
  ReopenCallIn: 'CallInReopened',
  RescindCallInCountries: 'CallInCountriesRescinded',
  DesignateDeparturePorts: 'DeparturePortsDesignated',
  MakeDutyExemption: 'DutyExemptionMade',
  SuspendDomesticRegistration: 'DomesticRegistrationSuspended',
  ReinstateDomesticRegistration: 'DomesticRegistrationReinstated',
  LaunchUsVisit: 'UsVisitLaunched',
  MoveDutyToUsVisit: 'DutyMovedToUsVisit',
  DelistProgramme: 'ProgrammeDelisted',
  RemoveRegulation: 'RegulationRemoved',
  NoteMilestone: 'MilestoneNoted',
  CorrectPolicyRecord: 'PolicyRecordCorrected',
  RescindPolicyRecord: 'PolicyRecordRescinded',
} as const satisfies Readonly<Record<string, PolicyEventType>>;

export type PolicyCommandName = keyof typeof eventForCommand;

/** A command of the policy stream; its `data` is that of the event. */
export type PolicyCommand = {
  readonly [Name in PolicyCommandName]: {
    readonly type: Name;
    readonly data: Extract<PolicyEvent, { readonly type: (typeof eventForCommand)[Name] }>['data'];
  };
}[PolicyCommandName];

export const policyCommandNames = Object.keys(eventForCommand) as readonly PolicyCommandName[];

/** The command by which each event of the policy stream comes about. */
export const commandForEvent = Object.fromEntries(
  policyCommandNames.map((name) => [eventForCommand[name], name]),
) as Readonly<Record<PolicyEventType, PolicyCommandName>>;

/** The command by which the event would come about. */
export function policyCommandOf(event: PolicyEvent): PolicyCommand {
  // The unions of commands and of events run parallel, type by type.
  return { type: commandForEvent[event.type], data: event.data } as PolicyCommand;
}

/** The event that the command gives. */
export function policyEventOf(command: PolicyCommand): PolicyEvent {
  return { type: eventForCommand[command.type], data: command.data } as PolicyEvent;
}
