import { toDayNumber } from '#libs/kernel';
import type { CallInGroup } from '#libs/policy';
import { groups } from './asked.js';
import * as assumed from './assumptions.js';
import { countedUntilDay } from './published.js';
import { type Weighted, weighted } from './random.js';

type DayAndGroup = readonly [day: number, group: CallInGroup];

/** The days on which people of the groups come to an office, from one day to another. */
export function callInDays(from: number, until: number): Weighted<DayAndGroup> {
  return weighted(allDays().filter(([[day]]) => from <= day && day <= until));
}

function allDays(): readonly (readonly [DayAndGroup, weight: number])[] {
  return assumed.callInGroups.flatMap(([number, share]) => {
    const group = groups.find((each) => each.group === number);
    if (!group) throw new RangeError(`The timeline announces no call-in group ${String(number)}.`);
    const days = [...windowDays(group), ...lateDays(group)];
    const total = days.reduce((sum, [, weight]) => sum + weight, 0);
    return days.map(([day, weight]) => [[day, group], (weight * share) / total] as const);
  });
}

type Day = readonly [day: number, weight: number];

/** Evenly through each window, and beside that more on each of its last days, most on the closing day. */
function windowDays(group: CallInGroup): readonly Day[] {
  return windowsOf(group).flatMap(({ opensOn, closesOn, share }) => {
    const length = closesOn - opensOn + 1;
    const rush = Math.min(length, assumed.closingRush.days);
    const steps = (rush * (rush + 1)) / 2;
    return Array.from({ length }, (_, at): Day => {
      const step = Math.max(0, at - (length - rush) + 1);
      const hurried = (assumed.closingRush.share * step) / steps;
      const even = (1 - assumed.closingRush.share) / length;
      return [opensOn + at, share * (hurried + even)];
    });
  });
}

interface CallInWindow {
  readonly opensOn: number;
  readonly closesOn: number;
  readonly share: number;
}

function windowsOf(group: CallInGroup): readonly CallInWindow[] {
  const { firstWindow, extension, reopening } = assumed.callInTiming;
  const firstClosing = toDayNumber(group.announced.data.closesOn);
  const closing = toDayNumber(group.closesOn);
  return [
    { opensOn: toDayNumber(group.opensOn), closesOn: firstClosing, share: firstWindow },
    ...(closing > firstClosing
      ? [{ opensOn: firstClosing + 1, closesOn: closing, share: extension }]
      : []),
    ...group.reopenings.map(({ effectiveOn, data }) => ({
      opensOn: toDayNumber(effectiveOn),
      closesOn: toDayNumber(data.closesOn),
      share: reopening,
    })),
  ];
}

/** Outside every window, fewer and fewer, up to the end of the counted time. */
function lateDays(group: CallInGroup): readonly Day[] {
  const windows = windowsOf(group);
  const closed = toDayNumber(group.closesOn);
  const length = Math.max(0, countedUntilDay - closed);
  const days = Array.from({ length }, (_, at) => closed + 1 + at)
    .filter((day) => !windows.some(({ opensOn, closesOn }) => opensOn <= day && day <= closesOn))
    .map((day): Day => [day, 0.5 ** ((day - closed) / assumed.lateHalvesInDays)]);
  const total = days.reduce((sum, [, weight]) => sum + weight, 0);
  return days.map(([day, weight]) => [day, (assumed.callInTiming.late * weight) / total]);
}
