import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { registrantStream } from '#libs/kernel';
import {
  allOf,
  type ApiUnderTest,
  arrivalOf,
  as,
  keyOf,
  reading,
  startApi,
} from './api-under-test.js';

const PEOPLE = 5;
let api: ApiUnderTest;
let position = '';

beforeAll(async () => {
  api = await startApi({ policyUntil: '2003-11-20' });
  for (let nth = 1; nth <= PEOPLE; nth += 1) await command('register-arrival', arrivalOf(nth), nth);
  const { registrantId } = arrivalOf(PEOPLE);
  const departure = { registrantId, departedOn: '2003-11-19', port: 'NYC' };
  ({ position } = await command('confirm-departure', departure, PEOPLE + 1));
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

function get(path: string, headers: Record<string, string> = reading) {
  return api.http().get(path).set(headers);
}

function post(path: string, body: object, headers: Record<string, string> = reading) {
  return api.http().post(path).set(headers).send(body);
}

function expectProblem(response: Response, status: number, code: string) {
  expect([response.status, response.body.code]).toEqual([status, code]);
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  return response.body;
}

/** The field at fault of a malformed request. */
function faultOf(response: Response) {
  return expectProblem(response, 400, 'Malformed').errors[0].field;
}

const student = arrivalOf(1);
const path = `/api/registrants/${student.registrantId}`;

describe("a registrant's file", () => {
  it('is there at once for who names the position', async () => {
    const { status, headers, body } = await get(`${path}?atLeast=${position}`);
    expect(status).toBe(200);
    expect(headers['etag']).toBe('"0"');
    expect(body).toMatchObject({
      registrantId: student.registrantId,
      revision: 0,
      fin: student.fin,
      identity: student.identity,
      whereabouts: 'present',
      position: expect.stringMatching(/^\d+$/),
    });
    for (const inner of ['_id', 'events', 'passportKeys']) expect(body).not.toHaveProperty(inner);
  });

  it.each(['', '/history', '/obligations'])('is nobody’s under an unknown id: %s', async (rest) => {
    const unknown = arrivalOf(999).registrantId;
    expectProblem(await get(`/api/registrants/${unknown}${rest}`), 404, 'NotFound');
    expect(faultOf(await get(`/api/registrants/Rostam${rest}`))).toBe('id');
  });

  it.each(['', '/history', '/obligations'])('is read for a purpose only: %s', async (rest) => {
    expectProblem(await get(`${path}${rest}`, as('officer')), 400, 'PurposeMissing');
    const curious = { ...as('officer'), 'X-Purpose': 'curiosity' };
    expectProblem(await get(`${path}${rest}`, curious), 400, 'PurposeUnknown');
  });

  it('has a history: its events in the order of the log', async () => {
    const { body } = await get(`/api/registrants/${arrivalOf(PEOPLE).registrantId}/history`);
    expect(body.events).toMatchObject([
      { type: 'ArrivalRegistered', revision: 0, position: expect.any(String) },
      { type: 'DepartureConfirmed', revision: 1, position },
    ]);
  });
});

describe('obligations', () => {
  const followUp = async (query: string) => {
    const { body } = await get(`${path}/obligations?${query}`);
    return body.obligations.find(({ duty }: { duty: string }) => duty === 'follow-up-interview');
  };

  it('are seen from the registry’s day unless another is named', async () => {
    const { body } = await get(`${path}/obligations`);
    expect(body).toMatchObject({
      on: '2003-11-20',
      knownAt: null,
      assumptions: { presence: 'until-departure', notes: [] },
      policyHash: expect.any(String),
      unneeded: 0,
    });
    expect(await followUp('on=2003-12-03')).toMatchObject({
      dueOn: '2003-12-02',
      status: 'missed',
    });
    expect(await followUp('upcoming=false')).toBeUndefined();
  });

  it('are those of what was known at a moment', async () => {
    expect(await followUp('knownAt=2003-11-19T00:00:00.000Z')).toBeUndefined();
    expect(await followUp('knownAt=position:1')).toBeUndefined();
    expect(await followUp(`knownAt=position:${position}`)).toBeDefined();
  });

  it('are judged under a scenario whose law is enacted here', async () => {
    expect(await followUp('on=2003-12-03&scenario=sixty-day-follow-up')).toMatchObject({
      status: 'open',
    });
    const response = await get(`${path}/obligations?scenario=no-suspension`);
    const { errors } = expectProblem(response, 422, 'ScenarioNotApplicable');
    expect(errors[0]).toMatchObject({ field: expect.stringMatching(/^scenario\.changes/) });
    expect(errors[0].problem).toContain('domestic-registration-suspended');
  });

  it.each([
    ['on=2003-02-30', 'on'],
    ['knownAt=yesterday', 'knownAt'],
    ['scenario=none-of-those', 'scenario'],
    ['upcoming=perhaps', 'upcoming'],
    ['presence=for-ever', 'presence'],
    ['atLeast=-1', 'atLeast'],
    ['colour=red', 'colour'],
  ])('are refused where the question makes no sense: %s', async (query, field) => {
    expect(faultOf(await get(`${path}/obligations?${query}`))).toBe(field);
  });
});

describe('registrants', () => {
  it('are listed page by page, each once', async () => {
    const seen: string[] = [];
    let next: string | undefined = `/api/registrants?nationality=IR&limit=2&atLeast=${position}`;
    let pages = 0;
    while (next !== undefined) {
      const { body, headers }: Response = await get(next);
      pages += 1;
      seen.push(...body.items.map(({ registrantId }: { registrantId: string }) => registrantId));
      next = body.next;
      expect(headers['link']).toBe(next && `<${next}>; rel="next"`);
    }
    const all = Array.from({ length: PEOPLE }, (_, at) => arrivalOf(at + 1).registrantId);
    expect([pages, seen]).toEqual([3, all.sort()]);
  });

  it.each([
    ['whereabouts=present', PEOPLE - 1],
    ['whereabouts=departed', 1],
    ['whereabouts=past-admission', 0],
    ['port=NYC&office=WAS', PEOPLE],
    ['nationality=FR', 0],
  ])('are listed by %s', async (query, count) => {
    const { body } = await get(`/api/registrants?${query}&atLeast=${position}`);
    expect(body.items).toHaveLength(count);
  });

  it.each([
    ['whereabouts=lost', 'whereabouts'],
    ['limit=501', 'limit'],
    ['cursor=abc', 'cursor'],
    ['name=Rostam', 'name'],
    ['on=2003-11-01', 'on'],
    ['knownAt=position:3', 'knownAt'],
  ])('are not listed by %s', async (query, field) => {
    expect(faultOf(await get(`/api/registrants?${query}`))).toBe(field);
  });

  it('are listed as they are now, and the way to another moment is told', async () => {
    expect((await get('/api/registrants?on=2003-11-20')).status).toBe(200);
    for (const list of ['/api/registrants', '/api/policy/timeline']) {
      const { detail } = (await get(`${list}?on=2003-11-01`)).body;
      expect(detail).toMatch(/2003-11-20.*GET \/api\//);
    }
    const search = await post('/api/registrants/search?knownAt=position:3', { fin: student.fin });
    expect(faultOf(search)).toBe('knownAt');
    expect(search.body.detail).toContain('/obligations');
  });

  it('are not listed with the cursor of another question', async () => {
    const { body } = await get('/api/registrants?limit=1');
    const response = await get(`/api/registrants?nationality=IR&cursor=${body.nextCursor}`);
    expect(faultOf(response)).toBe('cursor');
  });

  const { identity, person } = student;
  it.each([
    ['fin', { fin: student.fin }],
    ['admission number', { admissionNumber: student.admissionNumber }],
    ['passport', { passport: { number: ' qx000001 ', country: 'IR' } }],
    ['passport of any country', { passport: { number: 'QX000001' } }],
    ['name', { name: { familyName: 'ZZYZXOV000001', bornOn: person?.bornOn } }],
    [
      'whole name',
      { name: { familyName: identity?.familyName, givenNames: 'quillon', bornOn: person?.bornOn } },
    ],
  ])('are found by %s', async (_, by) => {
    const { status, body } = await post('/api/registrants/search', by);
    expect(status).toBe(200);
    expect(body.items).toMatchObject([{ registrantId: student.registrantId }]);
  });

  it('are found by one thing at a time, for a purpose, and not in the address', async () => {
    const search = '/api/registrants/search';
    expect(faultOf(await post(search, {}))).toBe('body');
    expect(faultOf(await post(search, { fin: '1234567', admissionNumber: '1' }))).toBe('body');
    expect(faultOf(await post(search, { name: { familyName: 'Rostam' } }))).toBe('name.bornOn');
    expect(faultOf(await post(`${search}?fin=9000001`, {}))).toBe('fin');
    expectProblem(await post(search, { fin: student.fin }, as('officer')), 400, 'PurposeMissing');
    expect(api.logged.join('\n')).not.toMatch(/Zzyzxov|Rostam|9000001/);
  });
});

describe('the policy', () => {
  const analyst = as('analyst');

  it('is that of the registry’s day, of another, or as it was known', async () => {
    const today = await get('/api/policy', analyst);
    expect(today.body.designatedCountries).toHaveLength(25);
    expect(today.body.knownAt).toBeNull();
    const before = await get('/api/policy?on=2002-09-10', analyst);
    expect(before.body.designatedCountries).toEqual([]);
    const known = await get('/api/policy?knownAt=2002-09-12T00:00:00.000Z', analyst);
    expect(known.body.designatedCountries.length).toBeLessThan(25);
    expect(faultOf(await get('/api/policy?on=2003-02-30', analyst))).toBe('on');
  });

  it('has a timeline in the order of the log', async () => {
    const { body } = await get(`/api/policy/timeline?limit=500&atLeast=${position}`, analyst);
    const revisions = body.items.map(({ revision }: { revision: number }) => revision);
    expect(revisions).toEqual([...revisions.keys()]);
    expect(body.items[0]).toMatchObject({ ref: expect.any(String), position: expect.any(String) });
    expect(body.items[0]).not.toHaveProperty('_id');
  });

  it('is asked who must be registered, and nothing is stored', async () => {
    const arrival = {
      day: '2003-10-23',
      nationalities: ['IR'],
      sex: 'M',
      bornOn: '1980-02-29',
      classOfAdmission: 'F1',
    };
    const check = (change: object) => post('/api/policy/check', { ...arrival, ...change }, analyst);
    const head = await api.log.head();
    const iranian = await check({});
    expect(iranian.status).toBe(200);
    const french = await check({ nationalities: ['FR'] });
    expect([iranian.body.outcome, french.body.outcome]).toEqual([
      'must-register',
      'may-be-registered',
    ]);
    expect(faultOf(await check({ day: '2003-02-30' }))).toBe('day');
    expect(faultOf(await check({ bornOn: '2003-10-24' }))).toBe('bornOn');
    expect(faultOf(await check({ classOfAdmission: 'ZZ9' }))).toBe('classOfAdmission');
    expect(faultOf(await check({ nationalities: ['XX'] }))).toBe('nationalities');
    expect(faultOf(await check({ familyName: 'Rostam' }))).toBe('familyName');
    expect(await api.log.head()).toBe(head);
  });

  it.each(['ports', 'offices', 'countries', 'classes', 'criteria'])(
    'speaks in codes of the reference: %s',
    async (list) => {
      const { status, body } = await get(`/api/reference/${list}`, analyst);
      expect(status).toBe(200);
      expect(body.items.length).toBeGreaterThan(0);
      expect(faultOf(await get(`/api/reference/${list}?colour=red`, analyst))).toBe('colour');
    },
  );
});

describe('a replay', () => {
  const analyst = as('analyst');
  const ask = (body: object) => post('/api/replays', body, analyst);

  it('answers with the worlds, and keeps the answer at its address', async () => {
    const question = {
      scenarios: ['sixty-day-follow-up'],
      on: '2003-12-03',
      measures: ['imposed', 'missed'],
      by: ['duty'],
    };
    const { status, body, headers } = await ask(question);
    expect(status).toBe(201);
    expect(headers['location']).toBe(`/api/replays/${body.id}`);
    expect(body).toMatchObject({
      on: '2003-12-03',
      knownAt: null,
      from: null,
      to: null,
      position,
      historyHash: expect.any(String),
      code: expect.stringContaining('portbook'),
      assumptions: expect.any(Object),
      law: expect.arrayContaining([expect.objectContaining({ citation: '67 FR 52584' })]),
      worlds: [{ scenario: 'enacted' }, { scenario: 'sixty-day-follow-up' }],
    });
    const missed = body.worlds.map(
      ({ rows }: { rows: { duty: string; missed: number }[] }) =>
        rows.find(({ duty }) => duty === 'follow-up-interview')?.missed,
    );
    expect(missed).toEqual([PEOPLE - 1, 0]);
    expect((await get(headers['location'] ?? '', analyst)).body).toEqual(body);
    expect((await ask(question)).body.id).toBe(body.id);
    expectProblem(await get('/api/replays/none', analyst), 404, 'NotFound');
    expect(JSON.stringify(body)).not.toContain(student.registrantId);
  });

  it('takes a scenario given whole', async () => {
    const scenario = {
      name: 'mine',
      base: 'enacted',
      changes: [{ withdraw: 'follow-up-interview-enacted' }],
    };
    const { status, body } = await ask({ scenarios: [scenario], presence: ['until-departure'] });
    expect(status).toBe(201);
    expect(body.worlds[1].scenario).toBe('mine');
  });

  it('is refused at the place where a scenario names what is not enacted here', async () => {
    const scenario = { name: 'mine', base: 'enacted', changes: [{ withdraw: 'no-such-ref' }] };
    const unknown = expectProblem(
      await ask({ scenarios: ['sixty-day-follow-up', scenario] }),
      422,
      'ScenarioNotApplicable',
    );
    expect(unknown.errors[0].field).toBe('scenarios[1].changes[0].withdraw');
    const shipped = await ask({ scenarios: ['no-suspension'] });
    const { errors } = expectProblem(shipped, 422, 'ScenarioNotApplicable');
    expect(errors[0].problem).toMatch(/enacted here/);
  });

  it.each([
    [{}, 'scenarios'],
    [{ scenarios: [] }, 'scenarios'],
    [{ scenarios: ['none-of-those'] }, 'scenarios[0]'],
    [{ scenarios: [{ name: 'mine' }] }, 'scenarios[0].base'],
    [{ scenarios: ['no-call-in'], on: '2003-02-30' }, 'on'],
    [{ scenarios: ['no-call-in'], measures: ['luck'] }, 'measures'],
    [{ scenarios: ['no-call-in'], by: ['duty', 'duty'] }, 'by'],
    [{ scenarios: ['no-call-in'], from: '2003-02-02', to: '2003-02-01' }, 'to'],
    [{ scenarios: ['no-call-in'], colour: 'red' }, 'colour'],
  ])('names the field at fault: %j', async (question, field) => {
    expect(faultOf(await ask(question))).toBe(field);
  });

  it('may be larger than a command, and not without bounds', async () => {
    const scenario = { name: 'x'.repeat(100 * 1024), base: 'enacted', changes: [] };
    expect((await ask({ scenarios: [scenario] })).status).toBe(400);
    const huge = { ...scenario, name: 'x'.repeat(1100 * 1024) };
    expectProblem(await ask({ scenarios: [huge] }), 413, 'BodyTooLarge');
  });
});

describe('an export', () => {
  const operator = as('operator');

  it('is the log as a history file, personal content encrypted', async () => {
    const { status, headers, text } = await get('/api/export', operator).buffer(true);
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^application\/x-ndjson/);
    const lines = text.trimEnd().split('\n');
    const events = (await allOf(api.log.readAll())).length;
    expect(lines).toHaveLength(events);
    const stream = registrantStream(student.registrantId);
    const arrival = lines.map((line) => JSON.parse(line)).find((line) => line.stream === stream);
    expect(arrival.data).toHaveProperty('encrypted');
    for (const secret of ['Zzyzxov', 'QX000001', '90000000001']) expect(text).not.toContain(secret);
  });

  it('begins after a position', async () => {
    const before = String(Number(position) - 1);
    const { text } = await get(`/api/export?from=${before}`, operator).buffer(true);
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(faultOf(await get('/api/export?from=first', operator))).toBe('from');
  });
});
