import { describe, expect, it } from '@jest/globals';
import type { ComposedScenario } from '#libs/policy';
import { aDeparture, anArrival, aPerson, aReregistration } from '#libs/spec';
import { historyOf, lastRows, questionOf, replayed, sourceOf } from './replayed.contract.js';
import { runReplay } from './replay.js';

const arrival = anArrival({ arrivedOn: '2003-06-01', admittedUntil: '2003-08-31' });
/** Follow-up from 2003-11-22 to 2003-12-02, the day of the suspension. */
const lastSpared = anArrival({ arrivedOn: '2003-10-23' });

describe('an answer', () => {
  it('names the law behind its figures, in both worlds', async () => {
    const { law } = await replayed(historyOf([lastSpared]), {
      on: '2003-12-05',
      scenario: 'no-suspension',
    });
    const suspension = law.find(({ ref }) => ref === 'domestic-registration-suspended');
    expect(suspension?.citation).toContain('68 FR 67578');
    expect(suspension?.verified).toBe(true);
  });

  it('says what it rests on: assumed effort, rates, rows that do not add up, adopted times', async () => {
    const notes = async (asked: Parameters<typeof replayed>[1]): Promise<string> =>
      (await replayed(historyOf([arrival]), asked)).assumptions.notes.join('\n');
    expect(await notes({})).toMatch(/untested.*\n.*lower bounds/);
    expect(await notes({ measures: ['officerMinutes'] })).toContain('48 a visit');
    expect(await notes({ measures: ['registrantHours'] })).toContain('10 a visit');
    expect(await notes({ measures: ['complianceRate'] })).toContain('leave out what is untested');
    expect(await notes({ by: ['nationality'] })).toContain('do not add up');
    expect(await notes({})).not.toContain('adopted');
    const adopted = historyOf([arrival]).map((event) => ({
      ...event,
      metadata: {
        ...event.metadata,
        imported: {
          at: '2003-11-20T00:00:00.000Z',
          by: 'seed',
          file: 'a'.repeat(64),
          adopted: true,
        },
      },
    }));
    const answer = await replayed(adopted, {});
    expect(answer.assumptions.notes.join('\n')).toContain('adopted');
  });

  it('says that a history is synthetic where one event of it is', async () => {
    const [real, next] = historyOf([arrival], [arrival]);
    const actor = { id: 'synthetic-history/officer-nyc-1', role: 'officer' };
    const generated = { ...next!, metadata: { ...next!.metadata, actor } };
    const { assumptions } = await replayed([real!, generated], {});
    expect(assumptions.notes.join('\n')).toContain('month are assumed, not published');
    const { assumptions: others } = await replayed([real!], {});
    expect(others.notes.join('\n')).not.toContain('synthetic');
  });

  it('tells the position of the last event, and lets others have their turn every hundred people', async () => {
    const people = Array.from({ length: 250 }, () => [anArrival({ arrivedOn: '2011-05-01' })]);
    const turns: unknown[] = [];
    const answer = await runReplay(questionOf({}), sourceOf(historyOf(...people)), (progress) => {
      turns.push(progress);
    });
    expect(turns).toEqual([
      { people: 100, of: 250 },
      { people: 200, of: 250 },
    ]);
    expect(answer.position).toBe('249');
  });
});

describe('the id of an answer', () => {
  const events = historyOf(
    [arrival, aReregistration({ reregisteredOn: '2004-06-01' })],
    [aDeparture({ departedOn: '2003-08-01' })],
  );
  const asked = { on: '2003-11-01', scenario: 'no-suspension' } as const;
  const idOf = async (question: Parameters<typeof replayed>[1], of = events): Promise<string> =>
    (await replayed(of, question)).id;

  it('is the same for the same question', async () => {
    expect(await idOf({ ...asked })).toBe(await idOf({ ...asked }));
    expect(await idOf({ ...asked })).toMatch(/^[0-9a-f]{32}$/);
    // The day looked from is the last one observed, whether it is named or not.
    expect(await idOf({})).toBe(await idOf({ on: '2004-06-01' }));
  });

  it('is another for another question, history or code', async () => {
    const ids = [
      await idOf(asked),
      await idOf({ ...asked, on: '2003-11-02' }),
      await idOf({ ...asked, scenario: 'no-call-in' }),
      await idOf({ ...asked, against: 'no-call-in' }),
      await idOf({ ...asked, from: '2003-01-01' }),
      await idOf({ ...asked, to: '2003-01-01' }),
      await idOf({ ...asked, by: ['duty'] }),
      await idOf({ ...asked, measures: ['met'] }),
      await idOf({ ...asked, presence: ['until-admitted-until'] }),
      await idOf({ ...asked, knownAt: '2003-11-01T00:00:00.000Z' }),
      await idOf(asked, historyOf([arrival])),
      await idOf(asked, historyOf([anArrival({ arrivedOn: '2003-06-02' })])),
      (await runReplay({ ...questionOf(asked), code: 'spec 2' }, sourceOf(events))).id,
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('depends on when things were recorded where one looks back, and only there', async () => {
    const later = historyOf([{ ...arrival, recordedAt: '2003-09-01T00:00:00.000Z' }]);
    const sooner = historyOf([arrival]);
    const back = { ...asked, knownAt: '2003-08-01T00:00:00.000Z' };
    expect(await idOf(asked, later)).toBe(await idOf(asked, sooner));
    expect(await idOf(back, later)).not.toBe(await idOf(back, sooner));
    const [row] = await lastRows(later, back);
    expect(row).toMatchObject({ people: 0 });
  });

  it('does not hang on the order of people, also where one looks back', async () => {
    const question = questionOf({ ...asked, knownAt: '2003-12-01T00:00:00.000Z' });
    const inOrderOf = async (log: typeof events): Promise<string> =>
      (await runReplay(question, { ...sourceOf(log), position: 1 })).id;
    const byStream = (stream: string) => events.filter((event) => event.stream === stream);
    const turned = [...new Set(events.map(({ stream }) => stream))].reverse().flatMap(byStream);
    expect(turned).not.toEqual(events);
    expect(await inOrderOf(turned)).toBe(await inOrderOf(events));
  });
});

describe('a scenario, looked at from before its law was known', () => {
  it('counts what it moved as always known, even to the day on which it stood', async () => {
    const sameDay: ComposedScenario = {
      name: 'suspended on the same day',
      base: 'enacted',
      changes: [{ move: 'domestic-registration-suspended', effectiveOn: '2003-12-02' }],
    };
    const answer = await replayed(historyOf([lastSpared]), {
      on: '2003-12-05',
      knownAt: '2003-12-01T00:00:00.000Z',
      scenario: sameDay,
      measures: ['released', 'missed'],
    });
    expect(answer.worlds.map(({ rows }) => rows[0])).toMatchObject([
      { released: 0, missed: 1 },
      { released: 1, missed: 0 },
    ]);
    expect(answer.worlds[1]?.warnings).toEqual(['The scenario changes nothing of the policy.']);
  });
});

it('a person with no obligation in any world counts nowhere', async () => {
  const outside = anArrival({
    arrivedOn: '2003-06-01',
    person: { ...aPerson, nationalities: ['FR'] },
  });
  const { worlds } = await replayed(historyOf([outside]), { measures: ['people', 'unneeded'] });
  expect(worlds[0]?.rows).toEqual([{ people: 0, unneeded: 1, untested: 0, unobserved: 0 }]);
});
