import { describe, expect, it } from '@jest/globals';
import { anArrival, anUnregisteredDeparture } from '#libs/spec';
import { presenceRanges } from './presence-range.js';
import { renderTable } from './render.js';
import { type Asked, historyOf, replayed } from './replayed.contract.js';

/** Admitted up to 2003-08-31 and not heard of since: the anniversary is theirs only if they stayed. */
const unheardOf = [anArrival({ arrivedOn: '2003-06-01', admittedUntil: '2003-08-31' })];
const gone = [
  anArrival({ arrivedOn: '2003-06-01' }),
  anUnregisteredDeparture({ departedOn: '2003-08-01' }),
];
const both = ['until-departure', 'until-admitted-until'] as const;
const asked: Asked = { on: '2004-07-01', scenario: 'no-suspension', presence: both };

describe('several assumptions of presence', () => {
  it('give each figure of each scenario as a range, and alone where they agree', async () => {
    const answer = await replayed(historyOf(unheardOf, gone), {
      ...asked,
      measures: ['imposed', 'people', 'missed'],
    });
    expect(answer.worlds).toHaveLength(4);
    expect(presenceRanges(answer)).toEqual([
      {
        scenario: 'enacted',
        rows: [{ imposed: 5, people: 2, missed: 3, untested: 0, unobserved: 0 }],
      },
      {
        scenario: 'no-suspension',
        rows: [{ imposed: '5..6', people: 2, missed: 3, untested: '0..1', unobserved: '0..1' }],
      },
    ]);
  });

  it('count nothing in a row that one of them does not have', async () => {
    const answer = await replayed(historyOf(unheardOf), {
      ...asked,
      by: ['duty'],
      measures: ['imposed', 'complianceRate'],
    });
    const [, without] = presenceRanges(answer);
    expect(without?.rows.map((row) => [row['duty'], row['imposed']])).toEqual([
      ['arrival-registration', 1],
      ['follow-up-interview', 1],
      ['annual-reregistration', '0..1'],
    ]);
  });

  it('say so where one of them has nothing to divide by', async () => {
    const answer = await replayed(historyOf(unheardOf), { ...asked, measures: ['complianceRate'] });
    const [first, ...others] = answer.worlds;
    const none = others.map((world) => ({
      ...world,
      rows: world.rows.map((row) => ({ ...row, complianceRate: null })),
    }));
    const [enacted, scenario] = presenceRanges({
      ...answer,
      worlds: first ? [first, ...none] : [],
    });
    expect(enacted?.rows[0]?.['complianceRate']).toBe('0.5 or -');
    expect(scenario?.rows[0]?.['complianceRate']).toBeNull();
  });

  it('stand under the worlds in the table, which one assumption alone does not', async () => {
    const history = historyOf(unheardOf);
    const text = renderTable(await replayed(history, asked));
    expect(text).toContain('no-suspension (presence until-departure)');
    expect(text).toContain('no-suspension (presence until-admitted-until)');
    expect(text).toMatch(/no-suspension, from the lowest to the highest.*\n.*imposed.*\n +2\.\.3 /);
    expect(text).toContain(
      'Assumed of stays without a recorded departure: until-departure, until-admitted-until.',
    );
    const one = renderTable(await replayed(history, { ...asked, presence: ['until-departure'] }));
    expect(one).not.toContain('lowest');
  });
});
