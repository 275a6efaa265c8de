import { addDays, type CivilDay, earlierOf, laterOf } from '#libs/kernel';
import { isExcludedClass } from '#libs/reference';
import type { Fact } from './facts.js';

/** What is assumed of a stay whose departure was never recorded. */
export const presenceAssumptions = ['until-departure', 'until-admitted-until'] as const;
export type Presence = (typeof presenceAssumptions)[number];

type Departure = Fact<'DepartureConfirmed' | 'UnregisteredDepartureRecorded'>;

/** From an admission to the departure that ends it, or to the next arrival, or open. */
export interface Stay {
  /** The registration that began it. */
  readonly opening: Fact<'ArrivalRegistered' | 'CallInRegistrationCompleted'>;
  readonly from: CivilDay;
  /** Its last day, which still belongs to it; absent while it is open. */
  readonly until?: CivilDay;
  /** The departure that ended it. */
  readonly departure?: Departure;
  /** The facts that belong to it, in legal order. */
  readonly facts: readonly Fact[];
}

interface Draft {
  opening: Stay['opening'];
  from: CivilDay;
  until?: CivilDay;
  departure?: Departure;
}

/**
 * The stays that the facts (in legal order) tell of, each with the facts that belong to it: those of
 * its days, of two stays the later one; a change by the day of the change, a notice's interview by its
 * notice, a departure to the stay that it ends. Facts that belong to none are left out.
 */
export function staysOf(facts: readonly Fact[], presence: Presence): readonly Stay[] {
  const drafts = draftStays(facts);
  const stayOf = facts.map((fact) => stayIndexOf(fact, drafts, facts));
  return drafts.map((draft, at) => {
    const stay: Stay = { ...draft, facts: facts.filter((_, of) => stayOf[of] === at) };
    return presence === 'until-departure' ? stay : cutAtAdmission(stay, drafts[at + 1]);
  });
}

/** Whether the day is one of the stay's, both ends included. */
export function stayHolds(stay: Pick<Stay, 'from' | 'until'>, day: CivilDay): boolean {
  return stay.from <= day && (stay.until === undefined || day <= stay.until);
}

/**
 * On one day a departure of a stay that is already open comes first, then arrivals, then call-in
 * registrations, then the departure of a stay begun that day; at most one departure a day ends a stay.
 */
function draftStays(facts: readonly Fact[]): Draft[] {
  const stays: Draft[] = [];
  for (const moves of movesByDay(facts)) {
    const departure = firstDeparture(moves);
    const leaving = openStay(stays);
    if (departure && leaving) end(leaving, departure);
    for (const move of moves) {
      if (move.type === 'ArrivalRegistered') {
        beginByArrival(stays, move);
      } else if (move.type === 'CallInRegistrationCompleted') {
        beginByCallIn(stays, move);
      }
    }
    const arrived = openStay(stays);
    if (departure && !leaving && arrived) end(arrived, departure);
  }
  return stays;
}

function openStay(stays: readonly Draft[]): Draft | undefined {
  const last = stays.at(-1);
  return last && last.until === undefined ? last : undefined;
}

function beginByArrival(stays: Draft[], arrival: Fact<'ArrivalRegistered'>): void {
  const before = openStay(stays);
  if (before) before.until = arrival.day;
  stays.push({ opening: arrival, from: arrival.day });
}

function end(stay: Draft, departure: Departure): void {
  stay.until = departure.day;
  stay.departure = departure;
}

function beginByCallIn(stays: Draft[], callIn: Fact<'CallInRegistrationCompleted'>): void {
  if (stays.some((stay) => stayHolds(stay, callIn.day))) return;
  const endedOn = stays.at(-1)?.until;
  const { admittedOn } = callIn.data.admission;
  const from = endedOn === undefined ? admittedOn : laterOf(admittedOn, addDays(endedOn, 1));
  stays.push({ opening: callIn, from });
}

function isDeparture(fact: Fact): fact is Departure {
  return fact.type === 'DepartureConfirmed' || fact.type === 'UnregisteredDepartureRecorded';
}

function firstDeparture(moves: readonly Fact[]): Departure | undefined {
  const departures = moves.filter(isDeparture);
  return departures.find(({ type }) => type === 'DepartureConfirmed') ?? departures[0];
}

function movesByDay(facts: readonly Fact[]): Iterable<readonly Fact[]> {
  const byDay = new Map<CivilDay, Fact[]>();
  for (const fact of facts) {
    const isMove =
      fact.type === 'ArrivalRegistered' ||
      fact.type === 'CallInRegistrationCompleted' ||
      isDeparture(fact);
    if (!isMove) continue;
    const moves = byDay.get(fact.day);
    if (moves) moves.push(fact);
    else byDay.set(fact.day, [fact]);
  }
  return byDay.values();
}

function stayIndexOf(fact: Fact, stays: readonly Draft[], facts: readonly Fact[]): number {
  if (fact.type === 'ArrivalRegistered') return stays.findIndex(({ opening }) => opening === fact);
  if (isDeparture(fact)) return stays.findIndex(({ departure }) => departure === fact);
  if (fact.type === 'NoticeInterviewCompleted') {
    const notice = facts.find(
      (other) =>
        other.type === 'IndividualNoticeServed' && other.data.noticeId === fact.data.noticeId,
    );
    return notice ? lastHolding(stays, notice.day) : -1;
  }
  const isChange = fact.type === 'ChangeReported' || fact.type === 'UnreportedChangeFound';
  return lastHolding(stays, isChange ? fact.data.changedOn : fact.day);
}

function lastHolding(stays: readonly Draft[], day: CivilDay): number {
  return stays.findLastIndex((stay) => stayHolds(stay, day));
}

/** `until-admitted-until`: nobody is held to have stayed past the admission who was not heard of after it. */
function cutAtAdmission(stay: Stay, next: Draft | undefined): Stay {
  const admittedUntil = admissionOf(stay).admittedUntil;
  if (stay.departure || admittedUntil === undefined) return stay;
  const heardOf = stay.facts.reduce((latest, { day }) => laterOf(latest, day), admittedUntil);
  return { ...stay, until: next ? earlierOf(heardOf, next.opening.day) : heardOf };
}

/** The admission by which the stay began. */
export function admissionOf({ opening }: Pick<Stay, 'opening'>): {
  readonly port: string;
  readonly classOfAdmission: string;
  readonly admittedUntil?: CivilDay;
} {
  return opening.type === 'ArrivalRegistered' ? opening.data : opening.data.admission;
}

/** Statuses that leave the programme beside the classes A and G. */
export const statusesOutside = ['permanent-resident', 'refugee', 'asylee', 'citizen'] as const;

/** The class of admission, or the status that replaced it, on a day: a change holds from the start of its day. */
export function statusOn(stay: Stay, day: CivilDay): string {
  let status = admissionOf(stay).classOfAdmission;
  for (const fact of stay.facts) {
    if (fact.type === 'StatusChanged' && fact.day <= day) status = fact.data.to;
  }
  return status;
}

/** Whether holders of the class or status are outside special registration. */
export function isOutsideProgramme(status: string): boolean {
  return isExcludedClass(status) || statusesOutside.some((outside) => outside === status);
}
