/**
 * A civil date `YYYY-MM-DD` (proleptic Gregorian, years 0001 to 9999) at the place where a thing
 * happened: a legal date, never an instant. Strings of this form sort as the days do, so `<` compares.
 */
export type CivilDay = string;

const FORM = /^\d{4}-\d{2}-\d{2}$/;
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether the value is a string that names a day that exists: `2003-02-30` is none. */
export function isCivilDay(value: unknown): value is CivilDay {
  if (typeof value !== 'string' || !FORM.test(value)) return false;
  const year = yearOf(value);
  const month = Number(value.slice(5, 7));
  const day = Number(value.slice(8, 10));
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

export function yearOf(day: CivilDay): number {
  return Number(day.slice(0, 4));
}

function daysBeforeYear(year: number): number {
  const y = year - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
}

const EPOCH = daysBeforeYear(1970);

/** Whole days since 1970-01-01. */
export function toDayNumber(day: CivilDay): number {
  const year = yearOf(day);
  const month = Number(day.slice(5, 7));
  const before = DAYS_BEFORE_MONTH[month - 1] ?? 0;
  const leap = month > 2 && isLeapYear(year) ? 1 : 0;
  return daysBeforeYear(year) - EPOCH + before + leap + Number(day.slice(8, 10)) - 1;
}

/** The day that lies the given number of whole days after 1970-01-01; a year outside 0001 to 9999 throws a RangeError. */
export function fromDayNumber(dayNumber: number): CivilDay {
  const days = dayNumber + EPOCH;
  let year = Math.floor(days / 365.2425) + 1;
  while (daysBeforeYear(year) > days) year -= 1;
  while (daysBeforeYear(year + 1) <= days) year += 1;
  let rest = days - daysBeforeYear(year);
  let month = 1;
  while (rest >= daysInMonth(year, month)) {
    rest -= daysInMonth(year, month);
    month += 1;
  }
  return formDay(year, month, rest + 1);
}

function formDay(year: number, month: number, day: number): CivilDay {
  return `${formYear(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** A year of any other length would break the order of the strings, silently. */
function formYear(year: number): string {
  if (year >= 1 && year <= 9999) return String(year).padStart(4, '0');
  throw new RangeError(`The year ${year} is outside 0001 to 9999.`);
}

/** Days may be negative; leaving the years 0001 to 9999 throws a RangeError. */
export function addDays(day: CivilDay, days: number): CivilDay {
  return fromDayNumber(toDayNumber(day) + days);
}

/** Days from the first to the second; negative when the second is earlier. */
export function daysBetween(from: CivilDay, to: CivilDay): number {
  return toDayNumber(to) - toDayNumber(from);
}

/**
 * The anniversary of a day, counted from the day itself and never from an earlier anniversary.
 * `leapDayAnniversary` (`MM-DD`) is where 29 February falls in a common year.
 */
export function anniversary(day: CivilDay, years: number, leapDayAnniversary: string): CivilDay {
  const year = yearOf(day) + years;
  const monthDay = day.slice(5);
  const landed = monthDay === '02-29' && !isLeapYear(year) ? leapDayAnniversary : monthDay;
  return `${formYear(year)}-${landed}`;
}

/** Completed calendar years on a day; a birthday of 29 February is 28 February in common years. */
export function ageOn(bornOn: CivilDay, on: CivilDay): number {
  const years = yearOf(on) - yearOf(bornOn);
  return anniversary(bornOn, years, '02-28') <= on ? years : years - 1;
}

export function laterOf(a: CivilDay, b: CivilDay): CivilDay {
  return a >= b ? a : b;
}

export function earlierOf(a: CivilDay, b: CivilDay): CivilDay {
  return a <= b ? a : b;
}
