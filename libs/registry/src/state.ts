import { type CivilDay, type RecordedEvent, registrantIdOf } from '#libs/kernel';
import { type Fact, factsOf } from './facts.js';
import { type Stay, staysOf } from './stays.js';

/** What a registrant command is decided on: the record as it stands now, corrected and rescinded. */
export interface Registrant {
  /** Absent while nothing is recorded. */
  readonly registrantId?: string;
  /** In legal order. */
  readonly facts: readonly Fact[];
  readonly stays: readonly Stay[];
}

/** Folds the events of one registrant stream, in the order of the log. */
export function foldRegistrant(events: readonly RecordedEvent[]): Registrant {
  const first = events[0];
  const registrantId = first && registrantIdOf(first.stream);
  const facts = factsOf(events);
  return {
    ...(registrantId !== undefined && { registrantId }),
    facts,
    stays: staysOf(facts, 'until-departure'),
  };
}

/** The day of the admission by which a stay began: of a stay begun by a call-in the one it names. */
export function admissionDayOf({ opening }: Pick<Stay, 'opening'>): CivilDay {
  return opening.type === 'ArrivalRegistered' ? opening.day : opening.data.admission.admittedOn;
}
