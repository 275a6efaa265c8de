import { registrantStream } from '#libs/kernel';
import { enactedPolicy } from '#libs/policy';
import { decideRegistrant, type DecisionFacts, foldRegistrant } from '#libs/registry';
import type { RegistrantCommand, RegistrantCommandName, RegistrantEvent } from '#libs/registry';
import { specify } from './given-when-then.js';
import { recorded, type SpecEvent } from './recorded.js';
import { SPEC_REGISTRANT } from './registrations.js';

/** The enacted policy, seen from a day long after its end. */
export const longAfter: DecisionFacts = { policy: enactedPolicy, latestDay: '2012-01-01' };

/** `given(...events).when(command)` of the registrant of the specs. */
export const givenRegistrant = specify({
  fold: (events: readonly SpecEvent[]) =>
    foldRegistrant(recorded(registrantStream(SPEC_REGISTRANT), events)),
  decide: decideRegistrant,
  facts: longAfter,
});

const commandByEvent: Readonly<
  Partial<Record<RegistrantEvent['type'], RegistrantCommandName | undefined>>
> = {
  ArrivalRegistered: 'RegisterArrival',
  CallInRegistrationCompleted: 'RegisterAtCallIn',
  FollowUpInterviewCompleted: 'CompleteFollowUpInterview',
  AnnualReregistrationCompleted: 'ReregisterAnnually',
  DepartureConfirmed: 'ConfirmDeparture',
  UnregisteredDepartureRecorded: 'RecordUnregisteredDeparture',
};

/** The command by which the event comes about; a body does not carry the state of its address apart. */
export function toRecord({ type, data }: RegistrantEvent): RegistrantCommand {
  const name = commandByEvent[type];
  if (name === undefined) throw new Error(`No command records ${type} yet.`);
  const body = Object.fromEntries(Object.entries(data).filter(([field]) => field !== 'usState'));
  return { type: name, data: body } as unknown as RegistrantCommand;
}
