import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '#libs/kernel';
import {
  aCallIn,
  aDeparture,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  aPerson,
  type SpecEvent,
} from '#libs/spec';
import type { Row } from './answer.js';
import { type Asked, daysBegan, historyOf, replayed, sourceOf } from './replayed.contract.js';
import { dimensions, type Measure, measures } from './request.js';

const nationalities = fc.constantFrom(['IR'], ['IR', 'CA'], ['PK'], ['FR']);
const daysAfter = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });

/** An arrival before or after the suspension, perhaps an interview, perhaps a way of leaving. */
const byArrival: fc.Arbitrary<readonly SpecEvent[]> = fc
  .record({
    arrivedOn: daysAfter(500).map((days) => addDays('2002-09-11', days)),
    nationalities,
    interview: fc.option(daysAfter(60)),
    leaves: fc.option(fc.record({ after: daysAfter(400), confirmed: fc.boolean() })),
  })
  .map(({ arrivedOn, nationalities: held, interview, leaves }) => {
    const on = leaves && addDays(arrivedOn, leaves.after);
    return [
      anArrival({ arrivedOn, person: { ...aPerson, nationalities: held } }),
      ...(interview === null
        ? []
        : [anInterview({ interviewedOn: addDays(arrivedOn, interview) })]),
      ...(leaves && on
        ? [
            leaves.confirmed
              ? aDeparture({ departedOn: on })
              : anUnregisteredDeparture({ departedOn: on }),
          ]
        : []),
    ];
  });

const byCallIn: fc.Arbitrary<readonly SpecEvent[]> = fc
  .record({ after: daysAfter(150), nationalities })
  .map(({ after, nationalities: held }) => [
    aCallIn({
      registeredOn: addDays('2002-11-15', after),
      person: { ...aPerson, nationalities: held },
    }),
  ]);

const people = fc.array(fc.oneof(byArrival, byCallIn), { maxLength: 6 });
const scenarios = fc.constantFrom(
  'no-suspension',
  'no-call-in',
  'no-extension',
  'sixty-day-follow-up',
  'delisted-with-us-visit',
);
const days = daysAfter(900).map((after) => addDays('2002-12-01', after));

const additive: readonly Measure[] = [
  ...(['imposed', 'met', 'metLate', 'missed', 'released', 'excused', 'untested'] as const),
  ...(['upcoming', 'open', 'unneeded', 'officerMinutes', 'registrantHours'] as const),
  ...(['presumptions', 'rebutted'] as const),
];

function totals(rows: readonly Row[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...additive, 'unobserved'].map((measure) => [
      measure,
      rows.reduce((sum, row) => sum + Number(row[measure]), 0),
    ]),
  );
}

function sumOf(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(a).map(([measure, n]) => [measure, n + (b[measure] ?? 0)]),
  );
}

async function rowsOf(lives: readonly (readonly SpecEvent[])[], asked: Asked) {
  const { worlds } = await replayed(historyOf(...lives), asked);
  return worlds.map(({ rows }) => rows);
}

/** Of these a thing has one value each, so that cells add up to the whole. */
const single = dimensions.filter((by) => !['nationality', 'criterion', 'transition'].includes(by));

describe('whoever lived, and whatever is asked', () => {
  it('cells of additive measures add up to the whole, by whatever one-valued dimension', async () => {
    const by = fc.subarray([...single], { minLength: 1, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(people, scenarios, days, by, async (lives, scenario, on, dimension) => {
        const asked = { on, scenario, measures: additive };
        const whole = (await rowsOf(lives, asked)).map(totals);
        const divided = (await rowsOf(lives, { ...asked, by: dimension })).map(totals);
        expect(divided).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('what one owes does not depend on others: the whole is the sum of each alone', async () => {
    await fc.assert(
      fc.asyncProperty(people, scenarios, days, async (lives, scenario, on) => {
        const asked = { on, scenario, measures: additive };
        // How far a history was observed is a matter of all of it: each ends on one day here.
        const totalsOf = async (some: typeof lives) => {
          const { worlds } = await replayed([...historyOf(...some), ...daysBegan(on)], asked);
          return worlds.map(({ rows }) => totals(rows));
        };
        const together = await totalsOf(lives);
        const alone = await Promise.all(lives.map((life) => totalsOf([life])));
        const sums = together.map((_, world) =>
          alone.map((worlds) => worlds[world] ?? {}).reduce(sumOf, totals([])),
        );
        expect(together).toEqual(sums);
      }),
      { numRuns: 15 },
    );
  });

  it('the order of people in the log makes no difference but to the position', async () => {
    await fc.assert(
      fc.asyncProperty(people, scenarios, days, async (lives, scenario, on) => {
        const asked: Asked = { on, scenario, measures, by: ['transition', 'nationality'] };
        const events = historyOf(...lives);
        const byStream = new Map(events.map(({ stream }) => [stream, [] as typeof events]));
        for (const event of events) {
          byStream.set(event.stream, [...(byStream.get(event.stream) ?? []), event]);
        }
        const turned = [...byStream.values()].reverse().flat();
        const { position: _position, id: _id, ...answer } = await replayed(events, asked);
        expect(await replayed(turned, asked)).toMatchObject(answer);
      }),
      { numRuns: 20 },
    );
  });

  it('a scenario without changes comes to what was enacted', async () => {
    const empty = { name: 'as it was', base: 'enacted', changes: [] } as const;
    await fc.assert(
      fc.asyncProperty(people, days, async (lives, on) => {
        const asked: Asked = { on, scenario: empty, measures, by: ['duty', 'transition'] };
        const [enacted, scenario] = await rowsOf(lives, asked);
        expect(scenario).toEqual(enacted);
      }),
      { numRuns: 20 },
    );
  });

  it('what is untested is neither missed nor late, and the world that was has none', async () => {
    await fc.assert(
      fc.asyncProperty(people, scenarios, days, async (lives, scenario, on) => {
        const [enacted = [], there = []] = await rowsOf(lives, {
          on,
          scenario,
          measures: ['missed', 'metLate', 'untested'],
        });
        const violations = (rows: readonly Row[]): number =>
          totals(rows)['missed']! + totals(rows)['metLate']!;
        expect(totals(enacted)['untested']).toBe(0);
        // No world adds violations to those that the law of the time really found.
        expect(violations(there)).toBeLessThanOrEqual(violations(enacted));
      }),
      { numRuns: 30 },
    );
  });

  it('personal content changes neither the history’s hash, nor the answer, nor its id', async () => {
    await fc.assert(
      fc.asyncProperty(people, fc.string({ maxLength: 10 }), async (lives, text) => {
        const other = lives.map((events) =>
          events.map((event) =>
            'fin' in event.data
              ? ({ ...event, data: { ...event.data, fin: text } } as SpecEvent)
              : event,
          ),
        );
        const asked: Asked = { scenario: 'no-suspension', by: ['nationality'] };
        expect(sourceOf(historyOf(...other)).historyHash).toBe(
          sourceOf(historyOf(...lives)).historyHash,
        );
        expect(await replayed(historyOf(...other), asked)).toEqual(
          await replayed(historyOf(...lives), asked),
        );
      }),
      { numRuns: 15 },
    );
  });
});
