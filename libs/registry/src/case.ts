import type { CivilDay } from '#libs/kernel';
import type { Policy } from '#libs/policy';
import type { ObligationKey, RegistrantEvent, ReliedOn } from './events.js';
import type { Registrant } from './state.js';

/** An obligation that is imposed, and what the assessment says of it: what a decision relies on. */
export interface AssessedObligation {
  readonly key: ObligationKey;
  readonly reliedOn: ReliedOn;
}

/** What a decision needs to know beside the command and the record. */
export interface DecisionFacts {
  /** The enacted policy as it is known; what is in force is looked up on the legal day of the fact. */
  readonly policy: Policy;
  /** The day that it now is at UTC+14, after which no legal day may lie. */
  readonly latestDay: CivilDay;
  /**
   * The obligations of a record under that policy, upcoming ones too, seen from a day with everything
   * that is known now. This room may not ask the assessment itself, and few decisions need it.
   */
  readonly obligationsOn: (record: Registrant, on: CivilDay) => readonly AssessedObligation[];
  /** Codes of refusals that are passed over, where a recorded fact is only decided anew. */
  readonly passing?: ReadonlySet<string>;
  /** The form was looked at already: of a fact that is recorded, or stands in a file. */
  readonly isWellFormed?: boolean;
}

/** What one decision is about: handed from check to check. */
export interface Case<Event extends RegistrantEvent = RegistrantEvent> {
  /** The event that is recorded where nothing speaks against it. */
  readonly event: Event;
  /** Its own day, and the field of the body that says it. */
  readonly day: CivilDay;
  readonly dayField: string;
  readonly state: Registrant;
  readonly facts: DecisionFacts;
}

export type ArrivalCase = Case<Extract<RegistrantEvent, { type: 'ArrivalRegistered' }>>;
export type CallInCase = Case<Extract<RegistrantEvent, { type: 'CallInRegistrationCompleted' }>>;
export type DepartureCase = Case<
  Extract<RegistrantEvent, { type: 'DepartureConfirmed' | 'UnregisteredDepartureRecorded' }>
>;
