import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { POLICY_STREAM, registrantStream } from '#libs/kernel';
import { commandForEvent, enactedTimeline, policyCommandExamples } from '#libs/policy';
import { registrantCommandExamples, registrantCommandNames } from '#libs/registry';
import {
  allOf,
  type ApiUnderTest,
  arrivalOf,
  as,
  kebab,
  keyOf,
  reading,
  startApi,
} from './api-under-test.js';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api.close());

/** Corrections and rescissions name an event, and have a spec of their own. */
const factCommandNames = registrantCommandNames.filter((name) => !name.endsWith('Record'));

let lastKey = 0;

interface Sending {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
}

function send(role: 'officer' | 'policy-maker', name: string, body: object, how: Sending = {}) {
  lastKey += 1;
  return api
    .http()
    .post(`/api/commands/${kebab(name)}${how.query ?? ''}`)
    .set(as(role))
    .set({ 'Idempotency-Key': how.key ?? keyOf(lastKey), ...how.headers })
    .send(body);
}

function register(body: object, how?: Sending) {
  return send('officer', 'RegisterArrival', body, how);
}

function enact(name: string, body: object, how?: Sending) {
  return send('policy-maker', name, body, how);
}

function expectProblem(response: Response, status: number, code: string): Record<string, unknown> {
  expect([response.status, response.body.code]).toEqual([status, code]);
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  return response.body;
}

async function eventsOf(stream: string): Promise<number> {
  return (await allOf(api.log.readStream(stream))).length;
}

describe('policy commands', () => {
  it('enact the law up to November 2003, each in its own words', async () => {
    const published = enactedTimeline.filter(({ publishedOn }) => publishedOn <= '2003-11-20');
    for (const [revision, { type, known: _known, ...body }] of published.entries()) {
      const response = await enact(commandForEvent[type], body);
      const { status, headers } = response;
      expect([body.ref, status, headers['etag']]).toEqual([body.ref, 201, `"${revision}"`]);
      expect(response.body).toMatchObject({
        ref: body.ref,
        revision,
        position: expect.stringMatching(/^\d+$/),
        events: [{ id: expect.any(String), type, revision }],
        obligations: [],
        warnings: expect.any(Array),
      });
    }
  });

  it('are refused with the reason where the record says no', async () => {
    const { ReinstateDomesticRegistration: reinstatement } = policyCommandExamples;
    const response = await enact('ReinstateDomesticRegistration', reinstatement);
    expectProblem(response, 409, 'DutyNotSuspended');
    expect(await eventsOf(POLICY_STREAM)).toBe(
      enactedTimeline.filter(({ publishedOn }) => publishedOn <= '2003-11-20').length,
    );
  });

  it.each([
    ['a ref with blanks', { ref: 'no slug' }, 'ref'],
    ['a day that is none', { publishedOn: '2003-02-30' }, 'publishedOn'],
    ['data that is missing', { data: undefined }, 'data'],
    ['a duty that is none', { data: { duties: ['x'], deadlineOnEffectiveDay: 'owed' } }, /^data/],
    ['a field too many', { colour: 'red' }, 'colour'],
    ['a field too many within', { data: { duties: [], colour: 1 } }, /^data/],
  ])('name the field at fault: %s', async (_, change, field) => {
    const body = { ...policyCommandExamples.SuspendDomesticRegistration, ...change };
    const { errors } = expectProblem(
      await enact('SuspendDomesticRegistration', body),
      400,
      'Malformed',
    );
    expect((errors as { field: string }[])[0]?.field).toEqual(
      typeof field === 'string' ? field : expect.stringMatching(field),
    );
  });
});

describe('registrant commands', () => {
  it.each(factCommandNames)('record what happened: %s', async (name) => {
    const body = registrantCommandExamples[name];
    const response = await send('officer', name, body);
    const { registrantId } = body;
    const revision = (await eventsOf(registrantStream(registrantId))) - 1;

    expect([response.status, response.body.code]).toEqual([201, undefined]);
    expect(response.headers).toMatchObject({
      location: `/api/registrants/${registrantId}`,
      etag: `"${revision}"`,
    });
    expect(response.body).toMatchObject({
      registrantId,
      revision,
      position: expect.stringMatching(/^\d+$/),
      events: [{ revision }],
      warnings: expect.any(Array),
    });
  });

  it('answer with the obligations as of the registry’s day, each with its law', async () => {
    const { body } = await register(arrivalOf(1));
    expect(body.obligations).toContainEqual(
      expect.objectContaining({
        duty: 'follow-up-interview',
        dueOn: '2003-12-02',
        status: 'upcoming',
      }),
    );
    const refs = body.law.map(({ ref }: { ref: string }) => ref);
    expect(refs).toEqual([...new Set(refs)]);
    for (const { because } of body.obligations)
      expect(refs).toEqual(expect.arrayContaining(because));
    expect(body.law).toContainEqual(expect.objectContaining({ citation: '67 FR 52584' }));
  });

  it('are remembered by their key: the same body again gives the first answer', async () => {
    const key = keyOf(9001);
    const first = await register(arrivalOf(2), { key });
    const again = await register(arrivalOf(2), { key });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect(again.headers['etag']).toBe(first.headers['etag']);
    expectProblem(
      await register({ ...arrivalOf(2), port: 'LOS' }, { key }),
      409,
      'IdempotencyKeyReused',
    );
    expect(await eventsOf(registrantStream(arrivalOf(2).registrantId))).toBe(1);
  });

  it('are each recorded once when the same ones are sent at once', async () => {
    const key = keyOf(9002);
    const sent = await Promise.all([1, 2, 3, 4].map(() => register(arrivalOf(3), { key })));
    expect(sent.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(await eventsOf(registrantStream(arrivalOf(3).registrantId))).toBe(1);
  });

  it('are only tried in a dry run, which needs no key', async () => {
    const body = arrivalOf(4);
    const response = await api
      .http()
      .post('/api/commands/register-arrival?dryRun=true')
      .set(as('officer'))
      .send(body);
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({ registrantId: body.registrantId, revision: 0 });
    expect(response.body.obligations.length).toBeGreaterThan(0);
    expect(response.body).not.toHaveProperty('position');
    expect(await eventsOf(registrantStream(body.registrantId))).toBe(0);
  });

  it('keep to the revision that they name, or are not recorded', async () => {
    const { registrantId } = arrivalOf(5);
    await register(arrivalOf(5));
    const departure = { registrantId, departedOn: '2003-11-19', port: 'NYC' };
    const leave = (ifMatch: string) =>
      send('officer', 'ConfirmDeparture', departure, { headers: { 'If-Match': ifMatch } });

    const { detail } = expectProblem(await leave('"7"'), 412, 'PreconditionFailed');
    expect(detail).toContain('revision 0');
    expect((await leave('"0"')).headers['etag']).toBe('"1"');
  });

  it('are refused by a rule with the rule and its citation', async () => {
    const { person, identity, ...rest } = arrivalOf(6);
    const french = { ...person, nationalities: ['FR'] };
    const body = { ...rest, identity, person: french };
    expect(expectProblem(await register(body), 422, 'NoBasisForRegistration')).toMatchObject({
      rule: expect.any(String),
      citation: expect.stringContaining('FR'),
    });
    const basis = {
      kind: 'officer-discretion',
      criteria: ['reason-to-believe'],
      reason: 'Invented',
    };
    const unknown = await register({ ...body, basis });
    expect(unknown.status).toBe(422);
    expect(await eventsOf(registrantStream(body.registrantId))).toBe(0);
  });

  it('are refused by the record where it contradicts them', async () => {
    const { registrantId } = arrivalOf(7);
    const departure = { registrantId, departedOn: '2003-11-19', port: 'NYC' };
    const response = await send('officer', 'ConfirmDeparture', departure);
    expect(response.status).toBe(409);
    expect(response.body.detail).not.toBe('');
  });
});

describe('a command that is malformed', () => {
  const secrets = { familyName: 'Rostamzadeh', passport: 'ZX-SECRET-1' };
  const good = arrivalOf(8);
  const personal = {
    ...good,
    fin: 'SECRETFIN77',
    identity: { ...good.identity, familyName: { was: secrets.familyName }, givenNames: 7 },
    visit: { ...good.visit, usAddress: { ...good.visit.usAddress, zip: 'SECRETZIP' } },
    admissionNumber: secrets.passport,
    biometrics: { fingerprintsRef: ['SECRETREF'], photographRef: 'x' },
  };

  it('is refused with every field named, and no personal value repeated', async () => {
    const response = await register(personal);
    const { errors } = expectProblem(response, 400, 'Malformed');
    expect((errors as { field: string }[]).map(({ field }) => field).sort()).toEqual([
      'admissionNumber',
      'biometrics.fingerprintsRef',
      'fin',
      'identity.familyName',
      'identity.givenNames',
      'visit.usAddress.zip',
    ]);
    const told = response.text + api.logged.join('\n');
    for (const secret of ['Rostam', 'SECRET']) expect(told).not.toContain(secret);
  });

  it.each([
    ['a day that is none', { arrivedOn: '2003-02-30' }, 'arrivedOn'],
    ['a field that does not exist', { colour: 'red' }, 'colour'],
    ['what the address says already', { usState: 'VA' }, 'usState'],
    ['an id that is no UUID', { registrantId: '1' }, 'registrantId'],
    ['a code that is a number', { port: 7 }, 'port'],
    ['null for what may be absent', { admittedUntil: null }, 'admittedUntil'],
  ])('names the field: %s', async (_, change, field) => {
    const { errors, detail } = expectProblem(
      await register({ ...good, ...change }),
      400,
      'Malformed',
    );
    expect(errors).toEqual([{ field, problem: expect.any(String) }]);
    expect(detail).toContain(field);
  });

  it.each([
    ['an empty key', { 'Idempotency-Key': '' }, '', 'Idempotency-Key'],
    ['a key that is no UUID', { 'Idempotency-Key': 'mine' }, '', 'Idempotency-Key'],
    ['a revision without quotes', { 'If-Match': '0' }, '', 'If-Match'],
    ['a dry run of another kind', {}, '?dryRun=maybe', 'dryRun'],
    ['a parameter that means nothing', {}, '?dryrun=true', 'dryrun'],
  ])('names the header or parameter: %s', async (_, headers, query, field) => {
    const response = await register(good, { headers, query });
    const { errors } = expectProblem(response, 400, 'Malformed');
    expect(errors).toEqual([{ field, problem: expect.any(String) }]);
  });

  it('is told of the key where it has none', async () => {
    const response = await api
      .http()
      .post('/api/commands/register-arrival')
      .set(as('officer'))
      .send(good);
    const { errors } = expectProblem(response, 400, 'Malformed');
    expect(errors).toEqual([{ field: 'Idempotency-Key', problem: 'is missing' }]);
  });

  it('may have 64 KiB, and must be a JSON object', async () => {
    expectProblem(
      await register({ ...good, itinerary: 'x'.repeat(65 * 1024) }),
      413,
      'BodyTooLarge',
    );
    expectProblem(await register([good]), 400, 'Malformed');
    const form = await register(good).type('form').send('port=NYC');
    expectProblem(form, 415, 'NotJson');
  });

  it('leaves no trace', async () => {
    expect(await eventsOf(registrantStream(good.registrantId))).toBe(0);
  });

  it('is not found under another name', async () => {
    expectProblem(await send('officer', 'ForgetEverything', good), 404, 'NotFound');
  });
});

describe('the law after November 2003', () => {
  it('is enacted likewise', async () => {
    for (const { type, known: _known, ...body } of enactedTimeline) {
      if (body.publishedOn <= '2003-11-20') continue;
      const { status } = await enact(commandForEvent[type], body);
      expect([body.ref, status]).toEqual([body.ref, 201]);
    }
    const { registrantId } = arrivalOf(1);
    const { body } = await api
      .http()
      .get(`/api/registrants/${registrantId}/obligations?on=2003-12-05`)
      .set(reading);
    expect(body.obligations).toContainEqual(
      expect.objectContaining({ duty: 'follow-up-interview', status: 'released' }),
    );
  });

  it('could be of every kind that there is a command for', async () => {
    for (const [name, body] of Object.entries(policyCommandExamples)) {
      const { status } = await enact(
        name,
        { ...body, ref: 'another-ref' },
        { query: '?dryRun=true' },
      );
      // A group cannot be announced twice, and so on: what is recorded may say no, the shape does not.
      expect([name, [200, 409].includes(status) || status]).toEqual([name, true]);
    }
    const { ReinstateDomesticRegistration: reinstatement } = policyCommandExamples;
    expect((await enact('ReinstateDomesticRegistration', reinstatement)).status).toBe(201);
  });
});
