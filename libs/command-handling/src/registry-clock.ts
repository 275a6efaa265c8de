import { addDays, type CivilDay, type Instant } from '#libs/kernel';

/** The time by which facts are recorded, and the registry's day. */
export interface RegistryClock {
  /** For `recordedAt`: where the registry's day is fixed, that day with the present UTC time. */
  readonly now: () => Instant;
  readonly registryDay: () => CivilDay;
}

/** A clock on a fixed registry's day, or on the UTC day where none is fixed. */
export function registryClock(
  present: () => Instant,
  fixedDay: CivilDay | undefined,
): RegistryClock {
  const now = (): Instant =>
    fixedDay === undefined ? present() : `${fixedDay}${present().slice('YYYY-MM-DD'.length)}`;
  return { now, registryDay: () => now().slice(0, 'YYYY-MM-DD'.length) };
}

const FIRST_HOUR_OF_THE_NEXT_DAY = 10;

/** The day that it is at UTC+14, after which no legal day may lie: Guam is ahead of the office that reads its record. */
export function latestLegalDay(now: Instant): CivilDay {
  const day = now.slice(0, 10);
  return Number(now.slice(11, 13)) >= FIRST_HOUR_OF_THE_NEXT_DAY ? addDays(day, 1) : day;
}
