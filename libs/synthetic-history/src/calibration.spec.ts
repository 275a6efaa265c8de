import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromDayNumber } from '#libs/kernel';
import { drawFirstRegistrations } from './first-registrations.js';
import { generateHistory } from './generate-history.js';
import { PublishedComparison } from './published-comparison.js';
import { published } from './published.js';
import { Quota } from './quota.js';
import { Random } from './random.js';

/** What a history of so many people comes to, beside what was published. */
function comparison(people: number, seed: number) {
  const compared = new PublishedComparison(people);
  for (const line of generateHistory({ people, seed })) compared.take(line);
  return compared.rows();
}

describe('the plan of a history of full size', () => {
  const registrations = drawFirstRegistrations(1, 177_260);
  const days = [...registrations].map(([day, entered]) => ({ on: fromDayNumber(day), entered }));

  it.each(published.filter(({ registered }) => registered !== undefined))(
    'registers exactly the people published for $asOf',
    ({ asOf, registered, callIn }) => {
      const entered = days.filter(({ on }) => on <= asOf).flatMap((day) => day.entered);
      expect(entered).toHaveLength(registered ?? 0);
      if (callIn !== undefined) {
        expect(entered.filter(({ group }) => group)).toHaveLength(callIn);
      }
    },
  );

  it.each(published.filter(({ nationalities }) => nationalities !== undefined))(
    'knows exactly the nationalities published for $asOf',
    ({ asOf, nationalities }) => {
      const turns = days
        .filter(({ on }) => on <= asOf)
        .flatMap(({ entered }) => entered.map((each) => each.turns));
      expect(turns.reduce((most, each) => Math.max(most, each), 0)).toBe(nationalities);
    },
  );

  it('has peaks on the closing days of the groups', () => {
    const calledInOn = (day: string): number =>
      days.find(({ on }) => on === day)?.entered.filter(({ group }) => group).length ?? 0;
    for (const [closing, after] of [
      ['2002-12-16', '2002-12-17'],
      ['2003-01-10', '2003-01-11'],
      ['2003-02-07', '2003-02-08'],
      ['2003-02-21', '2003-02-22'],
      ['2003-03-21', '2003-03-22'],
      ['2003-03-28', '2003-03-29'],
      ['2003-04-25', '2003-04-26'],
    ] as const) {
      expect(calledInOn(closing)).toBeGreaterThan(1.3 * calledInOn(after));
    }
  });

  it('goes on to the end of the programme, with fewer and fewer people', () => {
    const inYear = (year: string): number =>
      days
        .filter(({ on }) => on.startsWith(year))
        .reduce((sum, day) => sum + day.entered.length, 0);
    const years = ['2004', '2005', '2007', '2010'].map(inYear);
    expect(years).toEqual(years.toSorted((a, b) => b - a));
    expect(days.at(-1)?.on.startsWith('2011-04')).toBe(true);
  });
});

describe('a history of a fiftieth of the size', () => {
  const people = 3545;
  const rows = comparison(people, 2);

  it('comes as near to every published figure as whole numbers allow', () => {
    expect(rows).toHaveLength(15);
    const off = rows.filter(({ counted, expected }) => Math.abs(counted - expected) > 1);
    expect(off).toEqual([]);
  });
});

describe('a small history', () => {
  it('keeps the published proportions, as near as whole numbers allow', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(1000), (people, seed) => {
        const off = comparison(people, seed).filter(
          ({ name, counted, expected }) =>
            name !== 'nationalities' &&
            name !== 'registrationEvents' &&
            Math.abs(counted - expected) > 1,
        );
        expect(off).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });

  it('has no more nationalities than it has people with one or two', () => {
    const [row] = comparison(30, 1).filter(({ asOf }) => asOf === '2011-04-27');
    expect(row?.counted).toBeGreaterThan(8);
    expect(row?.counted).toBeLessThan(60);
  });
});

describe('a quota', () => {
  it('takes exactly as many as are wanted, or all where fewer come', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.nat(), (wanted, candidates, seed) => {
        const quota = new Quota(wanted, candidates);
        const random = new Random(seed);
        const taken = Array.from({ length: candidates + 3 }, () => quota.takes(random));
        expect(taken.filter(Boolean)).toHaveLength(Math.min(wanted, candidates));
      }),
    );
  });
});
