import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Role } from '#libs/access';
import { policyCommandExamples } from '#libs/policy';
import { openApiDocument } from '../src/openapi.js';
import { type ApiUnderTest, arrivalOf, as, keyOf, reading, startApi } from './api-under-test.js';
import { undescribed } from './described.js';

let api: ApiUnderTest;
let document: OpenAPIObject;
const student = arrivalOf(1);
const departed = arrivalOf(2);
const departure = { registrantId: departed.registrantId, departedOn: '2003-11-19', port: 'NYC' };

beforeAll(async () => {
  api = await startApi({ policyUntil: '2011-04-28' });
  document = openApiDocument(api.app);
  await command('register-arrival', student, 1);
  await command('register-arrival', departed, 2);
  const { position } = (await command('confirm-departure', departure, 3)).body;
  const fresh = await send('officer', 'get', `/api/registrants?atLeast=${position}`);
  expect(fresh.body.items).toHaveLength(2);
  const { CorrectPolicyRecord: correction, RescindPolicyRecord: rescission } =
    policyCommandExamples;
  await command('correct-policy-record', correction, 4);
  const mended = await command('rescind-policy-record', rescission, 5);
  const timeline = `/api/policy/timeline?atLeast=${mended.body.position}`;
  expect((await send('auditor', 'get', timeline)).status).toBe(200);
});

afterAll(() => api.close());

function send(role: Role, method: 'get' | 'post', url: string, body?: object) {
  const sent = api.http()[method](url).set(reading).set(as(role));
  return body ? sent.send(body) : sent;
}

async function command(name: string, body: object, key: number) {
  const role = name.endsWith('policy-record') ? 'policy-maker' : 'officer';
  const url = `/api/commands/${name}`;
  return await send(role, 'post', url, body).set('Idempotency-Key', keyOf(key));
}

interface DescribedAnswer {
  readonly content: Readonly<
    Record<'application/json', { readonly schema: Readonly<Record<string, unknown>> }>
  >;
}

describe('answers', () => {
  const check = {
    day: '2003-10-23',
    nationalities: ['IR'],
    sex: 'M',
    bornOn: '1980-02-29',
    classOfAdmission: 'F1',
  };
  const question = {
    scenarios: ['sixty-day-follow-up'],
    on: '2003-12-03',
    by: ['duty'],
    from: '2003-01-01',
    measures: ['imposed', 'complianceRate'],
  };
  const search = { fin: student.fin };

  it.each<[Role, 'get' | 'post', string, object | undefined]>([
    [
      'officer',
      'post',
      '/api/commands/confirm-departure?dryRun=true',
      { ...departure, registrantId: student.registrantId },
    ],
    ['officer', 'get', '/api/registrants?limit=1', undefined],
    ['officer', 'get', '/api/registrants/{id}', undefined],
    ['officer', 'get', '/api/registrants/{id}/history', undefined],
    ['officer', 'get', '/api/registrants/{id}/obligations?scenario=sixty-day-follow-up', undefined],
    ['officer', 'post', '/api/registrants/search', search],
    ['analyst', 'get', '/api/registrants/{id}/explanation?scenario=sixty-day-follow-up', undefined],
    ['auditor', 'get', '/api/policy', undefined],
    ['auditor', 'get', '/api/policy?on=2011-05-01&knownAt=position:3', undefined],
    ['auditor', 'get', '/api/policy/timeline?limit=500', undefined],
    ['auditor', 'post', '/api/policy/check', check],
    ['auditor', 'get', '/api/reference/ports', undefined],
    ['auditor', 'get', '/api/reference/offices', undefined],
    ['auditor', 'get', '/api/reference/countries', undefined],
    ['auditor', 'get', '/api/reference/classes', undefined],
    ['auditor', 'get', '/api/reference/criteria', undefined],
    ['analyst', 'post', '/api/replays', question],
  ])('are as they are described: to %s, %s %s', async (role, method, address, body) => {
    const path = address.split('?')[0] ?? '';
    for (const { registrantId } of address.includes('{id}') ? [student, departed] : [student]) {
      const url = address.replace('{id}', registrantId);
      const answer = await send(role, method, url, body);
      const described = document.paths[path]?.[method]?.responses[String(answer.status)];
      expect([answer.status, described]).toEqual([answer.status, expect.any(Object)]);
      const { schema } = (described as unknown as DescribedAnswer).content['application/json'];
      expect(undescribed(document, schema, answer.body)).toEqual([]);
    }
  });
});
