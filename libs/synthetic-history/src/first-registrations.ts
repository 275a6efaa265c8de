import { fromDayNumber, toDayNumber } from '#libs/kernel';
import type { CallInGroup } from '#libs/policy';
import { beganOn, endedOn, groups } from './asked.js';
import * as assumed from './assumptions.js';
import { type Random, randomOf } from './random.js';

/** How somebody came into the registry: on arrival, or at an office with a group. */
export type FirstRegistration =
  { readonly by: 'arrival' } | { readonly by: 'call-in'; readonly group: CallInGroup };

/** By day, how each person first registered on it came in. */
export type FirstRegistrations = ReadonlyMap<number, readonly FirstRegistration[]>;

const ARRIVAL: FirstRegistration = { by: 'arrival' };

/**
 * Draws the days of all first registrations until the programme ends: exactly `people` of them by
 * 2003-09-30, the later ones in proportion. No person is drawn here, so this stays small.
 */
export function drawFirstRegistrations(seed: number, people: number): FirstRegistrations {
  const random = randomOf(seed, people);
  const days = new Map<number, FirstRegistration[]>();
  const add = (day: number, registration: FirstRegistration): void => {
    const onDay = days.get(day);
    if (onDay) onDay.push(registration);
    else days.set(day, [registration]);
  };
  const calledIn = Math.round(people * assumed.callInShare);
  for (let count = 0; count < calledIn; count += 1) {
    const group = groupOf(random.weighted(assumed.callInGroupWeights));
    add(callInDay(group, random), { by: 'call-in', group });
  }
  for (let count = calledIn; count < people; count += 1) add(arrivalDay(random), ARRIVAL);
  addLaterArrivals(random, people, add);
  return days;
}

function addLaterArrivals(
  random: Random,
  people: number,
  add: (day: number, registration: FirstRegistration) => void,
): void {
  const countedMonth = assumed.countedUntil.slice(0, 7);
  let shareSoFar = 0;
  let countSoFar = 0;
  for (
    let month = monthAfter(countedMonth);
    firstDayOf(month) < endedOn;
    month = monthAfter(month)
  ) {
    shareSoFar += assumed.laterArrivals.findLast(([from]) => from <= month)?.[1] ?? 0;
    const countByThen = Math.round(people * shareSoFar);
    for (; countSoFar < countByThen; countSoFar += 1) add(dayOfMonth(month, random), ARRIVAL);
  }
}

function groupOf(number: number): CallInGroup {
  const group = groups.find((each) => each.group === number);
  if (!group) throw new RangeError(`The timeline announces no call-in group ${String(number)}.`);
  return group;
}

type Span = readonly [from: number, to: number];

function callInDay(group: CallInGroup, random: Random): number {
  const spans = spansOf(group);
  const timing = random.weighted(assumed.callInTiming.filter(([name]) => spans[name]));
  const [from, to] = spans[timing] ?? [0, 0];
  const { share, days } = assumed.closingRush;
  const rushes = timing !== 'late' && random.chance(share);
  return random.integer(rushes ? Math.max(from, to - days + 1) : from, to);
}

function spansOf(group: CallInGroup): Partial<Record<assumed.CallInTiming, Span>> {
  const firstClosing = toDayNumber(group.announced.data.closesOn);
  const closing = toDayNumber(group.closesOn);
  const reopening = group.reopenings[0];
  return {
    'first-window': [toDayNumber(group.opensOn), firstClosing],
    ...(closing > firstClosing && { extension: [firstClosing + 1, closing] }),
    ...(reopening && {
      reopening: [toDayNumber(reopening.effectiveOn), toDayNumber(reopening.data.closesOn)],
    }),
    late: [closing + 1, closing + assumed.callInLateByDays],
  };
}

function arrivalDay(random: Random): number {
  const months = assumed.arrivalsByMonth.map(
    ([month, perDay]) => [month, perDay * (lastDayOf(month) - firstDayOf(month) + 1)] as const,
  );
  return dayOfMonth(random.weighted(months), random);
}

function dayOfMonth(month: string, random: Random): number {
  return random.integer(firstDayOf(month), lastDayOf(month));
}

function firstDayOf(month: string): number {
  return Math.max(beganOn, toDayNumber(`${month}-01`));
}

function lastDayOf(month: string): number {
  return Math.min(endedOn, toDayNumber(`${monthAfter(month)}-01`)) - 1;
}

function monthAfter(month: string): string {
  return fromDayNumber(toDayNumber(`${month}-01`) + 31).slice(0, 7);
}
