import type { Obligation } from '#libs/assessment';
import type { Duty } from '#libs/policy';
import type { Fact } from '#libs/registry';
import { type Traits, TRANSITION, UNNEEDED } from './dimension-values.js';
import { type Known, registrationBehind } from './known.js';

/** An obligation with its status here and in the base. */
export interface Crossed {
  readonly obligation: Obligation;
  readonly status: string;
  readonly inBase: string;
}

/** What an obligation is told apart by, with the groups of the world that imposes it. */
export function traitsOf(
  { obligation, status, inBase }: Crossed,
  groups: ReadonlyMap<string, number>,
  known: Known,
): Traits {
  const registration = registrationBehind(obligation, known);
  return {
    duty: obligation.duty,
    day: obligation.dueOn,
    status,
    transition: `${inBase}${TRANSITION}${status}`,
    port: obligation.port,
    office: obligation.office,
    registration,
    person: registration && known.persons.get(registration.id),
    agedOn: obligation.opensOn,
    callInGroup: registration && groups.get(registration.id),
  };
}

const dutyOfFact: Partial<Record<Fact['type'], Duty>> = {
  ArrivalRegistered: 'arrival-registration',
  CallInRegistrationCompleted: 'call-in-registration',
  FollowUpInterviewCompleted: 'follow-up-interview',
  AnnualReregistrationCompleted: 'annual-reregistration',
  ChangeReported: 'change-notice',
  DepartureConfirmed: 'departure-registration',
  NoticeInterviewCompleted: 'notice-interview',
};

/** A fact that satisfied nothing counts to the duty that it would have satisfied. */
export function traitsOfUnneeded(fact: Fact, known: Known): Traits {
  return {
    duty: dutyOfFact[fact.type] ?? UNNEEDED,
    day: fact.day,
    status: UNNEEDED,
    transition: UNNEEDED,
    port: 'port' in fact.data ? fact.data.port : undefined,
    office: 'office' in fact.data ? fact.data.office : undefined,
    registration: known.registrations.get(fact.id),
    person: known.persons.get(fact.id),
    agedOn: fact.day,
    callInGroup: undefined,
  };
}
