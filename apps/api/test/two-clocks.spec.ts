import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Obligation } from '#libs/assessment';
import { type ApiUnderTest, arrivalOf, as, keyOf, reading, startApi } from './api-under-test.js';

/** An Iranian student of whom the registry learns bit by bit, a day of the registry at a time. */
const student = arrivalOf(1);
const { registrantId } = student;
const before = '2003-12-01T00:00:00.000Z';
const analyst = { ...reading, ...as('analyst') };
let api: ApiUnderTest;
let positions: {
  readonly arrival: string;
  readonly interview: string;
  readonly correction: string;
};

beforeAll(async () => {
  api = await startApi({ policyUntil: '2011-04-28', today: '2003-11-20' });
  await api.beginDay('2003-11-20');
  const arrival = await command('register-arrival', student, 1);
  // He came on 25 November; the office told the registry a fortnight later.
  await api.beginDay('2003-12-10');
  const interview = await command(
    'complete-follow-up-interview',
    { registrantId, interviewedOn: '2003-11-25', office: 'WAS' },
    2,
  );
  await api.beginDay('2003-12-15');
  const correction = await command(
    'correct-record',
    {
      registrantId,
      eventId: arrival.events[0].id,
      corrected: { type: 'ArrivalRegistered', data: { ...student, arrivedOn: '2003-10-20' } },
      reason: 'Invented reason: the stamp was misread',
    },
    3,
  );
  positions = {
    arrival: arrival.position,
    interview: interview.position,
    correction: correction.position,
  };
});

afterAll(() => api.close());

async function command(name: string, body: object, key: number) {
  const response = await api
    .http()
    .post(`/api/commands/${name}`)
    .set({ ...as('officer'), 'Idempotency-Key': keyOf(key) })
    .send(body);
  expect([response.status, response.body.code]).toEqual([201, undefined]);
  return response.body;
}

async function read(path: string, headers: Record<string, string> = reading) {
  const response = await api.http().get(path).set(headers);
  expect([path, response.status]).toEqual([path, 200]);
  return response.body;
}

/** What the officer's question about the student is answered, and the interview in it. */
async function obligations(query: string) {
  const answer = await read(`/api/registrants/${registrantId}/obligations?${query}`);
  const interview = (answer.obligations as Obligation[]).find(
    ({ duty }) => duty === 'follow-up-interview',
  );
  return { answer, interview };
}

describe('what was believed of a person on a day, and what is known now', () => {
  it('are one request each, for an officer', async () => {
    const believed = await obligations(`on=2003-12-01&knownAt=${before}`);
    const known = await obligations('on=2003-12-01');

    expect(believed.interview).toMatchObject({ dueOn: '2003-12-02', status: 'open' });
    expect(believed.answer).toMatchObject({ knownAt: before, observedUntil: '2003-11-20' });
    expect(known.interview).toMatchObject({
      dueOn: '2003-11-29',
      status: 'met',
      satisfiedOn: '2003-11-25',
    });
    expect(known.answer).toMatchObject({ knownAt: null, observedUntil: '2003-12-15' });
  });

  it('differ by a fact that was recorded late', async () => {
    const { interview, answer } = await obligations(
      'on=2003-12-01&knownAt=2003-12-12T00:00:00.000Z',
    );
    expect(interview).toMatchObject({ dueOn: '2003-12-02', status: 'met' });
    expect(answer.observedUntil).toBe('2003-12-10');
  });

  it('are told by positions of the log as by instants', async () => {
    const at = async (position: string) =>
      obligations(`on=2003-12-01&knownAt=position:${position}`);
    const [first, second, third] = [
      await at(positions.arrival),
      await at(positions.interview),
      await at(positions.correction),
    ];
    expect(first.interview).toMatchObject({ dueOn: '2003-12-02', status: 'open' });
    expect(second.interview).toMatchObject({ dueOn: '2003-12-02', status: 'met' });
    expect(third.interview).toMatchObject({ dueOn: '2003-11-29', status: 'met' });
    const observed = [first, second, third].map(({ answer }) => answer.observedUntil);
    expect(observed).toEqual(['2003-11-20', '2003-12-10', '2003-12-15']);
  });

  it('differ by the law likewise: nobody knew of the suspension', async () => {
    const believed = await obligations(`on=2003-12-05&knownAt=${before}`);
    expect(believed.interview).toMatchObject({ status: 'missed' });
    const policy = await read(`/api/policy?on=2003-12-05&knownAt=${before}`, as('analyst'));
    expect(policy.suspended).toEqual([]);
    expect((await read('/api/policy?on=2003-12-05', as('analyst'))).suspended).not.toEqual([]);
    expect(believed.answer.policyHash).toBe(policy.policyHash);
  });

  it('are one request each, for an analyst, with the facts behind them', async () => {
    const explain = (query: string) =>
      read(`/api/registrants/${registrantId}/explanation?on=2003-12-01&${query}`, analyst);
    const believed = await explain(`knownAt=${before}`);
    const known = await explain('');

    expect(believed.facts).toMatchObject([{ type: 'ArrivalRegistered', day: '2003-10-23' }]);
    expect(believed).toMatchObject({ knownAt: before, observedUntil: '2003-11-20' });
    expect(known.facts).toMatchObject([
      { type: 'ArrivalRegistered', day: '2003-10-20' },
      { type: 'FollowUpInterviewCompleted', day: '2003-11-25' },
    ]);
    expect(believed.worlds[0].policyHash).not.toBe(known.worlds[0].policyHash);
  });

  it('stand in the history, where a correction is seen as what it is', async () => {
    const { events } = await read(`/api/registrants/${registrantId}/history`);
    const [arrival, , correction] = events;
    expect(events).toMatchObject([
      { type: 'ArrivalRegistered', correctedBy: [correction.id], counts: false },
      { type: 'FollowUpInterviewCompleted', correctedBy: [], counts: true },
      { type: 'RecordCorrected', touches: arrival.id, counts: true },
    ]);
    expect(arrival.data.arrivedOn).toBe('2003-10-23');
    expect(correction.data.corrected.data.arrivedOn).toBe('2003-10-20');
  });

  it('are counted by replays, where scenarios may name what came later', async () => {
    const replay = async (knownAt?: string) => {
      const question = {
        ...{ scenarios: ['no-suspension'], on: '2003-12-05', by: ['duty'] },
        ...{ measures: ['met', 'missed', 'untested'], ...(knownAt !== undefined && { knownAt }) },
      };
      const { status, body } = await api.http().post('/api/replays').set(analyst).send(question);
      expect([status, body.code]).toEqual([201, expect.stringContaining('portbook')]);
      const rows = body.worlds[0].rows as { duty: string }[];
      return { body, row: rows.find(({ duty }) => duty === 'follow-up-interview') };
    };
    const byInstant = await replay(before);
    const byPosition = await replay(`position:${positions.arrival}`);
    const now = await replay();

    expect(byInstant.row).toMatchObject({ met: 0, missed: 1 });
    expect(byInstant.body).toMatchObject({ knownAt: before, observedUntil: '2003-11-20' });
    expect(byInstant.body.worlds[1].warnings.join()).toContain('nothing was known at that moment');
    expect(now.row).toMatchObject({ met: 1, missed: 0 });
    // The whole policy stands before the arrival in this log.
    expect(byPosition.row).toMatchObject({ met: 0, missed: 0 });
    expect(byPosition.body).toMatchObject({
      knownAt: `position:${positions.arrival}`,
      observedUntil: '2003-11-20',
      position: positions.arrival,
    });
  });
});
