import { describe, expect, it } from '@jest/globals';
import { type ComposedScenario, enactedTimeline, foldPolicy } from '#libs/policy';
import {
  aCallIn,
  aDeparture,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  type SpecEvent,
} from '#libs/spec';
import type { Row } from './answer.js';
import { daysBegan, historyOf, lastRows, replayed } from './replayed.contract.js';
import { measures } from './request.js';

const arrival = anArrival({ arrivedOn: '2003-06-01', admittedUntil: '2003-08-31' });
/** Follow-up from 2003-11-22 to 2003-12-02, the day of the suspension. */
const lastSpared = anArrival({ arrivedOn: '2003-10-23' });
const empty: ComposedScenario = { name: 'as it was', base: 'enacted', changes: [] };

function cell(rows: readonly Row[], transition: string, measure = 'obligations'): unknown {
  return rows.find((row) => row['transition'] === transition)?.[measure];
}

describe('the transition from the base to a scenario', () => {
  it('crosses what the suspension released with what nobody was asked for without it', async () => {
    const rows = await lastRows(historyOf([lastSpared]), {
      on: '2003-12-05',
      scenario: 'no-suspension',
      by: ['duty', 'transition'],
      measures: ['missed', 'untested', 'people'],
    });
    expect(rows).toEqual([
      {
        duty: 'arrival-registration',
        transition: 'met -> met',
        obligations: 1,
        missed: 0,
        untested: 0,
        people: 1,
        unobserved: 0,
      },
      {
        duty: 'follow-up-interview',
        transition: 'released -> untested',
        obligations: 1,
        missed: 0,
        untested: 1,
        people: 1,
        unobserved: 1,
      },
    ]);
  });

  it('finds what only the scenario imposes', async () => {
    // The window would open on the very day of the suspension.
    const events = historyOf([anArrival({ arrivedOn: '2003-11-02' })]);
    const asked = { on: '2003-12-20', scenario: 'no-suspension', by: ['transition'] as const };
    const rows = await lastRows(events, asked);
    expect(cell(rows, 'not-imposed -> untested')).toBe(1);
    expect(cell(rows, 'not-imposed -> untested', 'imposed')).toBe(1);
  });

  it('finds who is spared, with all that hung on their registration', async () => {
    const calledIn = [
      aCallIn({ registeredOn: '2002-12-20' }),
      anUnregisteredDeparture({ departedOn: '2003-02-01' }),
    ];
    const rows = await lastRows(historyOf(calledIn, [arrival]), {
      on: '2003-11-01',
      scenario: 'no-call-in',
      by: ['transition'],
      measures: ['imposed', 'missed', 'people'],
    });
    expect(rows.map((row) => row['transition'])).toEqual([
      'met -> met',
      'met-late -> not-imposed',
      'missed -> not-imposed',
      'missed -> missed',
    ]);
    for (const transition of ['met-late -> not-imposed', 'missed -> not-imposed']) {
      expect(rows).toContainEqual({
        transition,
        obligations: 1,
        imposed: 0,
        missed: 0,
        people: 1,
        untested: 0,
        unobserved: 0,
      });
    }
  });

  it('keeps the group of the base for those whom the scenario spares', async () => {
    const rows = await lastRows(historyOf([aCallIn({ registeredOn: '2002-12-16' })]), {
      on: '2003-11-01',
      scenario: 'no-call-in',
      by: ['callInGroup', 'transition'],
    });
    expect(rows.map((row) => row['callInGroup'])).toEqual(['1']);
  });

  it('says of what lies ahead in one world that it does, and lists it apart when asked for', async () => {
    const sooner: ComposedScenario = {
      name: 'interview after twenty days',
      base: 'enacted',
      changes: [{ amend: 'follow-up-interview-enacted', set: { 'terms.opensAfterDays': 20 } }],
    };
    const later: ComposedScenario = {
      name: 'interview after thirty-five days',
      base: 'enacted',
      changes: [{ amend: 'follow-up-interview-enacted', set: { 'terms.opensAfterDays': 35 } }],
    };
    const events = historyOf([arrival]);
    const asked = { by: ['transition'] as const, measures: ['imposed'] as const };
    const opened = await lastRows(events, { ...asked, on: '2003-06-25', scenario: sooner });
    expect(cell(opened, 'upcoming -> open')).toBe(1);
    expect(cell(opened, 'upcoming -> upcoming')).toBeUndefined();
    const closed = await lastRows(events, { ...asked, on: '2003-07-02', scenario: later });
    expect(cell(closed, 'open -> upcoming')).toBe(1);
    expect(cell(closed, 'open -> upcoming', 'imposed')).toBe(0);
    const all = await lastRows(events, {
      ...asked,
      on: '2003-07-02',
      scenario: later,
      measures: ['upcoming'],
    });
    expect(cell(all, 'upcoming -> upcoming', 'upcoming')).toBe(1);
  });

  it('adds up to the obligations of either world', async () => {
    const events = historyOf([lastSpared], [arrival], [aCallIn({ registeredOn: '2002-12-20' })]);
    const asked = { on: '2003-12-05', scenario: 'no-call-in', measures: ['imposed'] as const };
    const crossed = await lastRows(events, { ...asked, by: ['transition'] });
    const { worlds } = await replayed(events, asked);
    const sumOf = (measure: string): number =>
      crossed.reduce((sum, row) => sum + Number(row[measure]), 0);
    expect(sumOf('imposed')).toBe(worlds[1]?.rows[0]?.['imposed']);
    expect(sumOf('obligations')).toBe(worlds[0]?.rows[0]?.['imposed']);
  });
});

describe('what nobody was asked for', () => {
  it('adds to no violation, no rate and no lateness', async () => {
    const events = historyOf(
      [lastSpared],
      [lastSpared, anInterview({ interviewedOn: '2003-12-10' })],
    );
    const [row] = await lastRows(events, {
      on: '2004-03-01',
      scenario: 'no-suspension',
      measures,
    });
    expect(row).toMatchObject({
      untested: 2,
      missed: 0,
      metLate: 0,
      complianceRate: 1,
      medianDaysLate: null,
      peopleWithMissed: 0,
      peakAppointments: 1,
      officerMinutes: 96,
    });
  });

  it('stands in a column of its own in every row and world, whatever is asked for', async () => {
    const { worlds } = await replayed(historyOf([lastSpared], [arrival]), {
      on: '2004-03-01',
      scenario: 'no-suspension',
      by: ['duty'],
      measures: ['people', 'imposed', 'missed', 'peopleWithMissed'],
    });
    expect(worlds.flatMap(({ rows }) => rows.map((row) => row['untested']))).toEqual([0, 0, 0, 1]);
    const [, without] = worlds;
    expect(without?.rows[1]).toEqual({
      duty: 'follow-up-interview',
      people: 2,
      imposed: 2,
      missed: 1,
      peopleWithMissed: 1,
      untested: 1,
      unobserved: 1,
    });
  });

  it('leaves a departure that nobody had to register out of the departures registered', async () => {
    const duty: ComposedScenario = {
      name: 'departures from September on',
      base: 'enacted',
      changes: [{ move: 'departure-registration-enacted', effectiveOn: '2002-09-11' }],
    };
    const left = (departure: SpecEvent): readonly SpecEvent[] => [
      anArrival({ arrivedOn: '2002-09-12' }),
      departure,
    ];
    const events = historyOf(
      left(anUnregisteredDeparture({ departedOn: '2002-09-20' })),
      left(anUnregisteredDeparture({ departedOn: '2002-10-05' })),
      left(aDeparture({ departedOn: '2002-10-05' })),
    );
    const [row] = await lastRows(events, {
      on: '2003-01-01',
      scenario: duty,
      measures: ['untested', 'missed', 'departuresRegistered', 'presumptions'],
    });
    expect(row).toEqual({
      untested: 1,
      missed: 1,
      departuresRegistered: 0.5,
      presumptions: 1,
      unobserved: 0,
    });
  });
});

describe('looking past the end of the record', () => {
  it('says how many unmet obligations fell due after it', async () => {
    const events = historyOf([arrival], [arrival, anInterview({ interviewedOn: '2003-07-05' })]);
    const [row] = await lastRows(events, { on: '2003-08-01', measures: ['missed', 'met'] });
    expect(row).toEqual({ missed: 1, met: 3, untested: 0, unobserved: 1 });
    const observed = [...events, ...daysBegan('2003-07-11')];
    const [known] = await lastRows(observed, { on: '2003-08-01', measures: ['missed'] });
    expect(known).toEqual({ missed: 1, untested: 0, unobserved: 0 });
  });

  it('counts what is still open among it, and nothing that lies ahead', async () => {
    const measured = ['open', 'upcoming'] as const;
    const [open] = await lastRows(historyOf([arrival]), { on: '2003-07-10', measures: measured });
    expect(open).toEqual({ open: 1, upcoming: 1, untested: 0, unobserved: 1 });
  });

  it('is not done unless asked for: the last day observed is the day looked from', async () => {
    const events = historyOf([arrival], [lastSpared]);
    expect(await replayed(events, {})).toMatchObject({
      on: '2003-10-23',
      observedUntil: '2003-10-23',
    });
    const later = await replayed([...events, ...daysBegan('2003-11-20', '2003-11-21')], {});
    expect(later).toMatchObject({ on: '2003-11-21', observedUntil: '2003-11-21' });
  });

  it('ends where the record ended at the instant from which one looks back', async () => {
    const events = historyOf([arrival], [lastSpared]);
    const back = { knownAt: '2003-08-01T00:00:00.000Z' };
    expect(await replayed(events, back)).toMatchObject({ on: '2003-06-01', ...back });
    const days = daysBegan('2003-07-31', '2003-08-02');
    expect(await replayed([...events, ...days], back)).toMatchObject({
      on: '2003-07-31',
      observedUntil: '2003-07-31',
    });
  });

  it('looks from the eve of the programme where nothing was observed', async () => {
    const answer = await replayed([], {});
    expect(answer).toMatchObject({ on: '2002-09-10', position: '0', law: [] });
    expect(answer.worlds[0]?.rows).toEqual([{ imposed: 0, people: 0, untested: 0, unobserved: 0 }]);
  });
});

describe('the worlds of an answer', () => {
  it('begin with the enacted one, once for each assumption of presence', async () => {
    // Admitted up to 2003-08-31 and not heard of since: the anniversary is theirs only if they stayed.
    const answer = await replayed(historyOf([arrival]), {
      on: '2004-05-25',
      scenario: 'no-suspension',
      presence: ['until-departure', 'until-admitted-until'],
      by: ['duty'],
    });
    expect(answer.assumptions.presence).toEqual(['until-departure', 'until-admitted-until']);
    expect(answer.worlds.map(({ scenario, presence }) => [scenario, presence])).toEqual([
      ['enacted', 'until-departure'],
      ['no-suspension', 'until-departure'],
      ['enacted', 'until-admitted-until'],
      ['no-suspension', 'until-admitted-until'],
    ]);
    const duties = answer.worlds.map(({ rows }) => rows.map((row) => row['duty']));
    expect(duties[1]).toContain('annual-reregistration');
    expect(duties[3]).not.toContain('annual-reregistration');
  });

  it('name their policies and the version that computed them', async () => {
    const { worlds, code } = await replayed([], { scenario: 'no-suspension' });
    expect(worlds[0]?.policyHash).toBe(foldPolicy(enactedTimeline).hash);
    expect(worlds[1]?.policyHash).not.toBe(worlds[0]?.policyHash);
    expect(worlds.map(({ method }) => method)).toEqual(['reference', 'reference']);
    expect(code).toBe('spec 1');
  });

  it('are compared with another scenario where one is named, and untested stays what was not asked', async () => {
    const answer = await replayed(historyOf([lastSpared]), {
      on: '2003-12-05',
      against: 'no-suspension',
      scenario: 'sixty-day-follow-up',
      by: ['duty', 'transition'],
      measures: ['imposed'],
    });
    const followUps = answer.worlds.map(({ scenario, rows }) => [
      scenario,
      ...rows
        .filter((row) => row['duty'] === 'follow-up-interview')
        .map((row) => row['transition']),
    ]);
    expect(followUps).toEqual([
      ['enacted', 'untested -> released'],
      ['no-suspension', 'untested -> untested'],
      ['sixty-day-follow-up', 'untested -> released'],
    ]);
    expect(answer.worlds.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  it('warn where they differ from their base in nothing, which the base itself does not', async () => {
    const warning = 'This world differs from its base in nothing.';
    const asked = { on: '2003-11-01', scenario: 'no-suspension' };
    const before = await replayed(historyOf([arrival]), asked);
    expect(before.worlds.map(({ warnings }) => warnings)).toEqual([[], [warning]]);
    const after = await replayed(historyOf([lastSpared]), { ...asked, on: '2003-12-05' });
    expect(after.worlds.map(({ warnings }) => warnings)).toEqual([[], []]);
    const same = await replayed(historyOf([lastSpared]), {
      on: '2003-12-05',
      against: 'no-suspension',
      scenario: 'no-suspension',
    });
    expect(same.worlds.map(({ warnings }) => warnings)).toEqual([[], [], [warning]]);
    const nothing = await replayed(historyOf([arrival]), { scenario: empty });
    expect(nothing.worlds[1]?.warnings).toEqual([
      'The scenario changes nothing of the policy.',
      warning,
    ]);
  });
});

describe('from and to', () => {
  const events = historyOf([arrival, anInterview({ interviewedOn: '2003-06-20' })]);
  const on = '2003-11-01';

  it.each([
    ['2003-06-01', '2003-06-01', 1, 0],
    ['2003-06-02', '2003-07-10', 0, 1],
    ['2003-07-11', undefined, 1, 0],
    [undefined, '2003-07-11', 2, 1],
    ['2003-06-20', '2003-06-20', 0, 1],
  ])(
    '%s to %s hold what was due, and facts dated, in them',
    async (from, to, imposed, unneeded) => {
      const span = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
      const [row] = await lastRows(events, { on, ...span, measures: ['imposed', 'unneeded'] });
      expect(row).toMatchObject({ imposed, unneeded });
    },
  );

  it('narrow the law to what was counted', async () => {
    const { law, from, to } = await replayed(events, { on, to: '2003-06-30' });
    expect([from, to]).toEqual([null, '2003-06-30']);
    const refs = law.map(({ ref }) => ref);
    expect(refs).toContain('arrival-registration-enacted');
    expect(refs).not.toContain('follow-up-interview-enacted');
  });
});
