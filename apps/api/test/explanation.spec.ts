import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiUnderTest, arrivalOf, as, keyOf, reading, startApi } from './api-under-test.js';

const student = arrivalOf(1);
const path = `/api/registrants/${student.registrantId}/explanation`;
const analyst = { ...reading, ...as('analyst') };
let api: ApiUnderTest;

beforeAll(async () => {
  api = await startApi({ policyUntil: '2011-04-28', today: '2003-12-05' });
  const { status } = await api
    .http()
    .post('/api/commands/register-arrival')
    .set({ ...as('officer'), 'Idempotency-Key': keyOf(1) })
    .send(student);
  expect(status).toBe(201);
});

afterAll(() => api.close());

function get(query: string, headers: Record<string, string> = {}) {
  return api
    .http()
    .get(`${path}${query}`)
    .set({ ...analyst, ...headers });
}

interface Pair {
  readonly obligation: { readonly duty: string };
}

describe('the explanation of one person', () => {
  it('shows both worlds, and what makes each difference', async () => {
    const { status, body, headers } = await get('?scenario=no-suspension');
    expect(status).toBe(200);
    expect(headers['vary']).toContain('Accept');
    expect(body).toMatchObject({
      registrantId: student.registrantId,
      on: '2003-12-05',
      knownAt: null,
      assumptions: { presence: 'until-departure', notes: [] },
      worlds: [{ scenario: 'enacted' }, { scenario: 'no-suspension' }],
      changes: [{ ref: 'domestic-registration-suspended', change: 'withdrawn' }],
    });
    const interview = (body.obligations as Pair[]).find(
      ({ obligation }) => obligation.duty === 'follow-up-interview',
    );
    expect(interview).toMatchObject({
      enacted: { status: 'released', dueOn: '2003-12-02', office: 'WAS', port: 'NYC' },
      scenario: { status: 'untested' },
      differsBy: ['domestic-registration-suspended'],
    });
    expect(body.law).toContainEqual({
      ref: 'domestic-registration-suspended',
      title: expect.any(String),
      citation: '68 FR 67578',
      verified: true,
      effectiveOn: '2003-12-02',
    });
  });

  it('is text for people where Accept asks for it', async () => {
    const { status, headers, text } = await get('?scenario=no-suspension', {
      Accept: 'text/plain',
    });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    for (const line of [
      `Registrant ${student.registrantId}`,
      '  enacted         released on 2003-12-02',
      '  no-suspension   untested: nobody was asked for it',
      '  difference by   domestic-registration-suspended, withdrawn (it took effect on 2003-12-02)',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect((await get('', { Accept: '*/*' })).body.worlds).toHaveLength(1);
    const neither = await get('', { Accept: 'image/png' });
    expect([neither.status, neither.body.code]).toEqual([406, 'NotAcceptable']);
  });

  it('holds no personal content', async () => {
    const { identity, fin, admissionNumber, visit } = student;
    const told = (await get('')).text + (await get('', { Accept: 'text/plain' })).text;
    for (const secret of [
      ...[identity?.familyName, identity?.passport.number, fin, admissionNumber],
      ...[visit.usAddress.line1, visit.purpose],
    ]) {
      expect(secret !== undefined && told.includes(secret)).toBe(false);
    }
  });

  it('is seen from a day, under an assumption of presence', async () => {
    const { body } = await get('?on=2003-11-01&presence=until-admitted-until');
    expect(body.assumptions.presence).toBe('until-admitted-until');
    const statuses = (body.obligations as { enacted: { status: string } }[]).map(
      ({ enacted }) => enacted.status,
    );
    expect(statuses).toEqual(expect.arrayContaining(['met', 'upcoming']));
  });

  it('is read for a purpose', async () => {
    const response = await api.http().get(path).set(as('analyst'));
    expect([response.status, response.body.code]).toEqual([400, 'PurposeMissing']);
  });

  it.each([
    ['?on=2003-02-30', 'on'],
    ['?knownAt=yesterday', 'knownAt'],
    ['?presence=for-ever', 'presence'],
    ['?scenario=none-of-those', 'scenario'],
    ['?upcoming=true', 'upcoming'],
  ])('names the parameter at fault: %s', async (query, field) => {
    const { status, body } = await get(query);
    expect([status, body.errors[0].field]).toEqual([400, field]);
  });

  it('is nobody’s under an unknown id', async () => {
    const unknown = path.replace(student.registrantId, arrivalOf(999).registrantId);
    expect((await api.http().get(unknown).set(analyst)).status).toBe(404);
  });
});
