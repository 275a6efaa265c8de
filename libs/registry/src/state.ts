import { type CivilDay, type RecordedEvent, registrantIdOf } from '#libs/kernel';
import type { RegistrantDataByType, RegistrantEvent } from './events.js';
import { type Fact, factsOf, type FactType, inLegalOrder } from './facts.js';
import { type Stay, staysOf } from './stays.js';

/** What a registrant command is decided on: the record as it stands now, corrected and rescinded. */
export interface Registrant {
  /** Absent while nothing is recorded. */
  readonly registrantId?: string;
  /** All that is recorded, in the order of the log: what a correction or rescission may name. */
  readonly events: readonly RecordedEvent[];
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
    events,
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

/** The record as it would stand with some of its facts alone. */
export function recordOf(state: Registrant, among: (fact: Fact) => boolean): Registrant {
  const facts = state.facts.filter(among);
  return { ...state, facts, stays: staysOf(facts, 'until-departure') };
}

/** An event by which another one of the record is corrected or rescinded. */
export type ClericalEvent = {
  readonly [Type in 'RecordCorrected' | 'RecordRescinded']: {
    readonly type: Type;
    readonly data: RegistrantDataByType[Type];
  };
}['RecordCorrected' | 'RecordRescinded'];

/** The record as it would stand with one correction or rescission more, last in the log. */
export function withClericalEvent(state: Registrant, event: ClericalEvent): Registrant {
  const added = state.events
    .filter(({ id }) => id === event.data.eventId)
    .map((named) => ({
      ...named,
      ...event,
      id: ABOUT_TO_BE_RECORDED,
      position: Number.MAX_SAFE_INTEGER,
    }));
  return foldRegistrant([...state.events, ...added]);
}

/** The id of a fact that has none yet. */
export const ABOUT_TO_BE_RECORDED = 'about-to-be-recorded';

/** The day of the admission by which a stay began: of a stay begun by a call-in the one it names. */
export function admissionDayOf({ opening }: Pick<Stay, 'opening'>): CivilDay {
  return opening.type === 'ArrivalRegistered' ? opening.day : opening.data.admission.admittedOn;
}
