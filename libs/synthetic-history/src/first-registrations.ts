import { fromDayNumber, toDayNumber } from '#libs/kernel';
import type { CallInGroup } from '#libs/policy';
import { beganOn, discretionFrom, endedOn, firstDesignated } from './asked.js';
import * as assumed from './assumptions.js';
import { callInDays } from './call-in-days.js';
import { countedUntil, countedUntilDay, figureOn, published, scaled } from './published.js';
import { Quota } from './quota.js';
import { Random, type Weighted, weighted } from './random.js';

/** How somebody came into the registry, and how many nationalities are known with this person. */
export interface FirstRegistration {
  /** Absent where the person came in on arrival. */
  readonly group?: CallInGroup;
  /** Of how many nationalities the turn has come. */
  readonly turns: number;
  /** The person is the first of the nationality whose turn has come last. */
  readonly isFirstOfNationality: boolean;
}

/** By day, how each person first registered on it came in. */
export type FirstRegistrations = ReadonlyMap<number, readonly FirstRegistration[]>;

/**
 * Draws the days of all first registrations until the programme ends: by each day for which a figure
 * was published exactly that many, scaled; the later ones in proportion. No person is drawn here, so
 * this stays small.
 */
export function drawFirstRegistrations(seed: number, people: number): FirstRegistrations {
  const random = new Random(seed, people);
  const { arrivals, callIns } = countsByDay(people, random);
  const turns = new Turns(arrivals, random);
  const days = new Map<number, readonly FirstRegistration[]>();
  for (let day = beganOn; day < endedOn; day += 1) {
    const calledIn = (callIns.get(day) ?? []).map((group) => turns.of(group));
    const arriving = Array.from({ length: arrivals.get(day) ?? 0 }, () => turns.ofArrival(day));
    if (calledIn.length + arriving.length > 0) days.set(day, [...calledIn, ...arriving]);
  }
  return days;
}

interface Counts {
  readonly arrivals: Map<number, number>;
  readonly callIns: Map<number, CallInGroup[]>;
}

function countsByDay(people: number, random: Random): Counts {
  const counts: Counts = { arrivals: new Map(), callIns: new Map() };
  const arrive = (day: number): void => {
    counts.arrivals.set(day, (counts.arrivals.get(day) ?? 0) + 1);
  };
  let from = beganOn;
  let before = { all: 0, calledIn: 0 };
  for (const { until, all, calledIn } of stages(people)) {
    const entering = all - before.all;
    // Both are rounded on their own, so that one more may have been called in than came in at all.
    const called = Math.min(entering, Math.max(0, calledIn - before.calledIn));
    if (called > 0) {
      const days = callInDays(from, until);
      for (let count = 0; count < called; count += 1) callIn(counts, random.weighted(days));
    }
    const days = arrivalDays(from, until);
    for (let count = called; count < entering; count += 1) arrive(random.weighted(days));
    from = until + 1;
    before = { all, calledIn: before.calledIn + called };
  }
  for (const day of laterArrivalDays(people, random)) arrive(day);
  return counts;
}

function callIn({ callIns }: Counts, [day, group]: readonly [number, CallInGroup]): void {
  const onDay = callIns.get(day);
  if (onDay) onDay.push(group);
  else callIns.set(day, [group]);
}

interface Stage {
  readonly until: number;
  /** People registered by then, and of those the ones called in. */
  readonly all: number;
  readonly calledIn: number;
}

/** What was published, and what must be assumed of arrivals where only one of the two figures was. */
function stages(people: number): readonly Stage[] {
  const stageOf = (day: string, all: number, calledIn: number): Stage => ({
    until: toDayNumber(day),
    all: scaled(all, people),
    calledIn: scaled(calledIn, people),
  });
  const byArrivals = assumed.arrivalsBy.map(([day, arrivals]) => {
    const all = figureOn(day, 'registered');
    return stageOf(day, all, all - arrivals);
  });
  const callInsTold = figureOn('2003-05-11', 'callIn');
  return [
    stageOf('2002-11-07', figureOn('2002-11-07', 'registered'), 0),
    ...byArrivals,
    stageOf('2003-05-11', arrivalsByMay() + callInsTold, callInsTold),
    stageOf(countedUntil, figureOn(countedUntil, 'registered'), figureOn(countedUntil, 'callIn')),
  ];
}

/** Between the last two figures of arrivals, in proportion to the months. */
function arrivalsByMay(): number {
  const [lastDay, before] = assumed.arrivalsBy.at(-1) ?? ['', 0];
  const sum = (until: string): number =>
    arrivalDays(toDayNumber(lastDay) + 1, toDayNumber(until)).upTo.at(-1) ?? 0;
  const after = figureOn(countedUntil, 'atPortOfEntry') - before;
  return Math.round(before + (after * sum('2003-05-11')) / sum(countedUntil));
}

function arrivalDays(from: number, until: number): Weighted<number> {
  return weighted(
    daysFrom(from, until).map((day) => [
      day,
      assumed.arrivalsByMonth[fromDayNumber(day).slice(0, 7)] ?? 0,
    ]),
  );
}

function daysFrom(from: number, until: number): readonly number[] {
  return Array.from({ length: Math.max(0, until - from + 1) }, (_, at) => from + at);
}

function laterArrivalDays(people: number, random: Random): readonly number[] {
  const days: number[] = [];
  let share = 0;
  let month = monthAfter(countedUntil.slice(0, 7));
  for (; firstDayOf(month) < endedOn; month = monthAfter(month)) {
    share += assumed.laterArrivals.perPersonCounted.findLast(([from]) => from <= month)?.[1] ?? 0;
    const countByThen = Math.round(people * share);
    const lastDay = Math.min(endedOn, firstDayOf(monthAfter(month))) - 1;
    while (days.length < countByThen) days.push(random.integer(firstDayOf(month), lastDay));
  }
  return days;
}

function firstDayOf(month: string): number {
  return toDayNumber(`${month}-01`);
}

function monthAfter(month: string): string {
  return fromDayNumber(toDayNumber(`${month}-01`) + 31).slice(0, 7);
}

/** Gives each first registration its place in the order in which nationalities come up. */
class Turns {
  #turns = 0;
  readonly #quotas: readonly { readonly until: number; readonly quota: Quota }[];
  readonly #kept = new Map<string, FirstRegistration>();

  constructor(
    arrivals: ReadonlyMap<number, number>,
    private readonly random: Random,
  ) {
    let from = beganOn;
    let before = 0;
    this.#quotas = nationalityStages().map(({ until, nationalities }) => {
      const candidates = daysFrom(from, until).reduce(
        (sum, day) => sum + (arrivals.get(day) ?? 0),
        0,
      );
      const most = Math.ceil(candidates * assumed.firstOfNationalityMax);
      const wanted = Math.min(nationalities - before, most);
      // The very first to arrive is the first of a nationality in any case.
      const certain = before === 0 && candidates > 0 ? 1 : 0;
      from = until + 1;
      before += wanted;
      return { until, quota: new Quota(wanted - certain, candidates - certain) };
    });
  }

  of(group: CallInGroup): FirstRegistration {
    return this.#registration(false, group);
  }

  ofArrival(day: number): FirstRegistration {
    const quota = this.#quotas.find(({ until }) => day <= until)?.quota;
    const isFirst = this.#turns === 0 || quota?.takes(this.random) === true;
    if (isFirst) this.#turns += 1;
    return this.#registration(isFirst);
  }

  /** Hundreds of thousands of registrations differ in little, so equal ones are one object. */
  #registration(isFirstOfNationality: boolean, group?: CallInGroup): FirstRegistration {
    const turns = this.#turns;
    const key = `${String(turns)} ${String(isFirstOfNationality)} ${String(group?.group ?? '')}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const fresh = { turns, isFirstOfNationality, ...(group && { group }) };
    this.#kept.set(key, fresh);
    return fresh;
  }
}

/** How many nationalities there are by which day, as far as the law of the time lets them in. */
function nationalityStages(): readonly {
  readonly until: number;
  readonly nationalities: number;
}[] {
  const told = published.flatMap(({ asOf, nationalities }) =>
    nationalities === undefined || asOf > countedUntil
      ? []
      : [{ until: toDayNumber(asOf), nationalities }],
  );
  const last = published.at(-1)?.nationalities ?? 0;
  return [
    { until: discretionFrom - 1, nationalities: firstDesignated.length },
    ...told,
    { until: countedUntilDay, nationalities: assumed.nationalitiesByCountedEnd },
    { until: toDayNumber(assumed.lastNewNationalityBy), nationalities: last },
  ];
}

/** How many nationalities a history holds in the end, at most. */
export const nationalitiesInAll = published.at(-1)?.nationalities ?? 0;
