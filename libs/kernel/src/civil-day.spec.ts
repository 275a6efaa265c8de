import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  ageOn,
  anniversary,
  daysBetween,
  earlierOf,
  fromDayNumber,
  isCivilDay,
  isLeapYear,
  laterOf,
  toDayNumber,
  yearOf,
} from './civil-day.js';

const MS_PER_DAY = 86_400_000;
const FIRST = -719_162;
const LAST = 2_932_896;
const dayNumbers = fc.integer({ min: FIRST, max: LAST });
const days = dayNumbers.map(fromDayNumber);

/** What the platform's own calendar says of a day number: an oracle apart from our arithmetic. */
function dayByPlatform(dayNumber: number): string {
  return new Date(dayNumber * MS_PER_DAY).toISOString().slice(0, 10);
}

describe('a civil day', () => {
  it.each(['2002-09-11', '2004-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])(
    '%s exists',
    (day) => {
      expect(isCivilDay(day)).toBe(true);
    },
  );

  it.each([
    ...['2003-02-30', '2003-02-29', '1900-02-29', '2003-04-31', '2003-00-10', '2003-13-01'],
    ...['2003-01-00', '2003-01-32', '0000-01-01', '2003-1-1', '20030101', '10000-01-01'],
    ...['2003-01-01 ', '2003-01-01\n', ' 2003-01-01', '2003-01-01T00:00:00.000Z', '-001-01-01', ''],
    ...['２００３-01-01', '2003-01-0x'],
  ])('%j does not exist', (day) => {
    expect(isCivilDay(day)).toBe(false);
  });

  it.each([undefined, null, 20030101, {}, ['2003-01-01']])('is a string, and not %j', (value) => {
    expect(isCivilDay(value)).toBe(false);
  });

  it('is counted as the platform counts it', () => {
    fc.assert(
      fc.property(dayNumbers, (dayNumber) => {
        const day = dayByPlatform(dayNumber);
        expect(fromDayNumber(dayNumber)).toBe(day);
        expect(toDayNumber(day)).toBe(dayNumber);
        expect(isCivilDay(day)).toBe(true);
      }),
    );
  });

  it('exists where the platform gives back the month and day that were asked for', () => {
    const parts = [fc.integer({ min: 1, max: 9999 }), fc.nat(14), fc.nat(33)] as const;
    fc.assert(
      fc.property(...parts, (year, month, day) => {
        const date = new Date(0);
        date.setUTCFullYear(year, month - 1, day);
        const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        const text = [String(year).padStart(4, '0'), pad(month), pad(day)].join('-');
        expect(isCivilDay(text)).toBe(exists && date.getUTCFullYear() === year);
      }),
    );
  });

  it('has every fourth year a leap day, but for the centuries that 400 does not divide', () => {
    expect([1996, 2000, 2003, 2004, 1900, 2100, 2400].map(isLeapYear)).toEqual([
      ...[true, true, false, true],
      ...[false, false, true],
    ]);
  });

  it('sorts as a string does', () => {
    fc.assert(
      fc.property(days, days, (a, b) => {
        expect(a < b).toBe(toDayNumber(a) < toDayNumber(b));
        expect([laterOf(a, b), earlierOf(a, b)].sort()).toEqual([a, b].sort());
        expect(laterOf(a, b) >= earlierOf(a, b)).toBe(true);
      }),
    );
  });
});

describe('days added', () => {
  it('are the days between', () => {
    fc.assert(
      fc.property(days, days, (a, b) => {
        expect(addDays(a, daysBetween(a, b))).toBe(b);
        expect(daysBetween(b, a) + daysBetween(a, b)).toBe(0);
      }),
    );
  });

  it('carry a follow-up interview from 23 October 2003 over 40 days to 2 December', () => {
    expect(addDays('2003-10-23', 40)).toBe('2003-12-02');
  });

  it('pass over the leap day of 2004, and over none in 2003', () => {
    expect(addDays('2004-02-28', 1)).toBe('2004-02-29');
    expect(addDays('2003-02-28', 1)).toBe('2003-03-01');
    expect(daysBetween('2003-03-01', '2004-03-01')).toBe(366);
  });

  it('never leave the years that sort as strings', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('0001-01-01', -1)).toThrow(RangeError);
    expect(() => anniversary('9990-01-01', 10, '02-28')).toThrow(RangeError);
  });
});

describe('an anniversary', () => {
  it('keeps the month and the day', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 20 }), (day, years) => {
        fc.pre(yearOf(day) + years <= 9999);
        const then = anniversary(day, years, '03-01');
        expect(isCivilDay(then)).toBe(true);
        expect(yearOf(then)).toBe(yearOf(day) + years);
        if (!day.endsWith('02-29')) expect(then.slice(5)).toBe(day.slice(5));
      }),
    );
  });

  it('of a leap day falls in a common year where the policy puts it', () => {
    expect(anniversary('2004-02-29', 1, '02-28')).toBe('2005-02-28');
    expect(anniversary('2004-02-29', 1, '03-01')).toBe('2005-03-01');
  });

  it('of a leap day is a leap day again, since it is not counted from the last anniversary', () => {
    expect(anniversary('2004-02-29', 4, '02-28')).toBe('2008-02-29');
    expect(anniversary('2004-02-29', 4, '03-01')).toBe('2008-02-29');
  });
});

describe('an age', () => {
  it('is reached on the birthday and not the day before', () => {
    expect(ageOn('1987-03-15', '2003-03-14')).toBe(15);
    expect(ageOn('1987-03-15', '2003-03-15')).toBe(16);
  });

  it('of one born on 29 February is reached on 28 February in common years', () => {
    expect(ageOn('1988-02-29', '2003-02-27')).toBe(14);
    expect(ageOn('1988-02-29', '2003-02-28')).toBe(15);
    expect(ageOn('1988-02-29', '2004-02-28')).toBe(15);
    expect(ageOn('1988-02-29', '2004-02-29')).toBe(16);
  });

  it('grows by one a year, and only on a birthday', () => {
    fc.assert(
      fc.property(days, fc.nat(40_000), (born, later) => {
        fc.pre(toDayNumber(born) + later < LAST);
        const on = addDays(born, later);
        const grown = ageOn(born, addDays(on, 1)) - ageOn(born, on);
        const birthday = anniversary(born, yearOf(addDays(on, 1)) - yearOf(born), '02-28');
        expect(grown).toBe(birthday === addDays(on, 1) ? 1 : 0);
      }),
    );
    expect(ageOn('2003-05-05', '2003-05-05')).toBe(0);
  });
});

function pad(part: number): string {
  return String(part).padStart(2, '0');
}
