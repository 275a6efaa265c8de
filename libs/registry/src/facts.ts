import { type CivilDay, type Instant, knownFrom, type KnownEvent } from '#libs/kernel';
import type { Person, RegistrantDataByType, RegistrantEventType } from './events.js';

/** Types that state a fact of a person's life; corrections and rescissions only say which facts hold. */
export type FactType = Exclude<RegistrantEventType, 'RecordCorrected' | 'RecordRescinded'>;

type AnyFact = {
  readonly [Type in FactType]: {
    readonly id: string;
    readonly type: Type;
    readonly data: RegistrantDataByType[Type];
    /** Its own day, by which it is dated: of a reported change that of the report. */
    readonly day: CivilDay;
    readonly position: number;
  };
}[FactType];

/** A fact as it stands after corrections, under the id of the event that first recorded it. */
export type Fact<Type extends FactType = FactType> = Extract<AnyFact, { readonly type: Type }>;

/** From where one looks: facts dated by `on`, and known by `knownAt`; all of them where nothing is said. */
export interface FactView {
  readonly on?: CivilDay;
  readonly knownAt?: Instant;
}

type DayOf = {
  readonly [Type in FactType]: (data: RegistrantDataByType[Type]) => CivilDay;
};

const dayOf: DayOf = {
  ArrivalRegistered: (data) => data.arrivedOn,
  CallInRegistrationCompleted: (data) => data.registeredOn,
  FollowUpInterviewCompleted: (data) => data.interviewedOn,
  AnnualReregistrationCompleted: (data) => data.reregisteredOn,
  ChangeReported: (data) => data.reportedOn,
  UnreportedChangeFound: (data) => data.foundOn,
  DepartureConfirmed: (data) => data.departedOn,
  UnregisteredDepartureRecorded: (data) => data.departedOn,
  IndividualNoticeServed: (data) => data.servedOn,
  NoticeInterviewCompleted: (data) => data.interviewedOn,
  ExemptionGranted: (data) => data.from,
  StatusChanged: (data) => data.changedOn,
  GoodCauseAccepted: (data) => data.decidedOn,
  WilfulnessDetermined: (data) => data.decidedOn,
  RemovalProceedingsInitiated: (data) => data.initiatedOn,
  InadmissibilityPresumptionRebutted: (data) => data.decidedOn,
};

/** Whether the name is that of a fact's type. */
export function isFactType(type: string): type is FactType {
  return Object.hasOwn(dayOf, type);
}

/** The day in law of a fact. */
export function legalDay<Type extends FactType>(
  type: Type,
  data: RegistrantDataByType[Type],
): CivilDay {
  return dayOf[type](data);
}

/**
 * The facts of one registrant's events (in the order of the log), in the order of their legal days.
 * Corrections and rescissions hold from the instant at which they were recorded; of several
 * corrections the last in the log counts, and the fact keeps its id and its place.
 */
export function factsOf(events: readonly KnownEvent[], view: FactView = {}): readonly Fact[] {
  const { knownAt, on } = view;
  const known =
    knownAt === undefined
      ? events
      : events.filter(({ metadata }) => knownFrom(metadata) <= knownAt);
  const rescinded = rescindedIds(known);
  const corrected = correctedData(known, rescinded);
  const facts: Fact[] = [];
  for (const event of known) {
    if (!isFactType(event.type) || rescinded.has(event.id)) continue;
    const fact = factOf(event.type, event, corrected.get(event.id) ?? event.data);
    if (on === undefined || fact.day <= on) facts.push(fact);
  }
  return facts.sort(inLegalOrder);
}

function factOf(type: FactType, event: KnownEvent, data: unknown): Fact {
  // The codec has checked the data against the table of its type: the cast says no more than that.
  const fact = { id: event.id, type, data, position: event.position } as Omit<Fact, 'day'>;
  return { ...fact, day: legalDay(fact.type, fact.data as never) } as Fact;
}

function rescindedIds(events: readonly KnownEvent[]): ReadonlySet<string> {
  return new Set(
    events
      .filter(({ type }) => type === 'RecordRescinded')
      .map(({ data }) => (data as RegistrantDataByType['RecordRescinded']).eventId),
  );
}

function correctedData(
  events: readonly KnownEvent[],
  rescinded: ReadonlySet<string>,
): ReadonlyMap<string, unknown> {
  const byFact = new Map<string, unknown>();
  for (const { id, type, data } of events) {
    if (type !== 'RecordCorrected' || rescinded.has(id)) continue;
    const { eventId, corrected } = data as RegistrantDataByType['RecordCorrected'];
    byFact.set(eventId, corrected.data);
  }
  return byFact;
}

function rank({ type }: Fact): number {
  if (type === 'ArrivalRegistered') return 0;
  return type === 'CallInRegistrationCompleted' ? 1 : 2;
}

/** By legal day; on one day arrivals, then call-ins, then everything else; then by place in the log. */
export function inLegalOrder(a: Fact, b: Fact): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return rank(a) - rank(b) || a.position - b.position;
}

/**
 * The person's attributes at each registration, by its id: those that it carries, else the latest
 * carried before it; none where none is known.
 */
export function personAtFacts(facts: readonly Fact[]): ReadonlyMap<string, Person> {
  const persons = new Map<string, Person>();
  let latest: Person | undefined;
  for (const fact of facts) {
    if (isRegistration(fact)) latest = fact.data.person ?? latest;
    if (latest) persons.set(fact.id, latest);
  }
  return persons;
}

/** Whether the fact is one of the two that register a person. */
export function isRegistration(
  fact: Fact,
): fact is Fact<'ArrivalRegistered' | 'CallInRegistrationCompleted'> {
  return fact.type === 'ArrivalRegistered' || fact.type === 'CallInRegistrationCompleted';
}
