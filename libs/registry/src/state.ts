import { type CivilDay, type RecordedEvent, registrantIdOf } from '#libs/kernel';
import type { RegistrantEvent } from './events.js';
import { type Fact, factsOf, type FactType, inLegalOrder } from './facts.js';
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

/** An event that states a fact. */
export type FactEvent = Extract<RegistrantEvent, { readonly type: FactType }>;

/** The record as it would stand with one fact more, last in the log. */
export function withFact(
  state: Registrant,
  { event, day }: { readonly event: FactEvent; readonly day: CivilDay },
): Registrant {
  const fact: Fact = {
    ...event,
    id: ABOUT_TO_BE_RECORDED,
    day,
    position: Number.MAX_SAFE_INTEGER,
  };
  const facts = [...state.facts, fact].sort(inLegalOrder);
  return { ...state, facts, stays: staysOf(facts, 'until-departure') };
}

/** The id of a fact that has none yet. */
export const ABOUT_TO_BE_RECORDED = 'about-to-be-recorded';

/** The day of the admission by which a stay began: of a stay begun by a call-in the one it names. */
export function admissionDayOf({ opening }: Pick<Stay, 'opening'>): CivilDay {
  return opening.type === 'ArrivalRegistered' ? opening.day : opening.data.admission.admittedOn;
}
