import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Role, roles } from '#libs/access';
import { policyCommandNames } from '#libs/policy';
import { registrantCommandNames } from '#libs/registry';
import { openApiDocument } from '../src/openapi.js';
import { undescribed } from './described.js';
import { type ApiUnderTest, as, kebab, reading, startApi } from './api-under-test.js';

let api: ApiUnderTest;
let document: OpenAPIObject;

beforeAll(async () => {
  api = await startApi();
  document = openApiDocument(api.app);
});

afterAll(() => api.close());

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
type Method = (typeof methods)[number];
type Admission = 'public' | 'any' | Role;

/** Who may do what, apart from the code: a route that is not here is a route that nobody thought of. */
const admission: Readonly<Record<string, Admission>> = {
  ...Object.fromEntries(commandPaths(registrantCommandNames).map((path) => [path, 'officer'])),
  ...Object.fromEntries(commandPaths(policyCommandNames).map((path) => [path, 'policy-maker'])),
  'get /api/registrants': 'officer',
  'get /api/registrants/{id}': 'officer',
  'get /api/registrants/{id}/history': 'officer',
  'get /api/registrants/{id}/obligations': 'officer',
  'get /api/registrants/{id}/explanation': 'analyst',
  'post /api/registrants/search': 'officer',
  'get /api/policy': 'any',
  'get /api/policy/timeline': 'any',
  'post /api/policy/check': 'any',
  'get /api/reference/ports': 'any',
  'get /api/reference/offices': 'any',
  'get /api/reference/countries': 'any',
  'get /api/reference/classes': 'any',
  'get /api/reference/criteria': 'any',
  'post /api/replays': 'analyst',
  'get /api/replays/{id}': 'analyst',
  'get /api/export': 'operator',
  'post /api/import': 'operator',
  'get /metrics': 'operator',
  'get /health/live': 'public',
  'get /health/ready': 'public',
};
const guarded = Object.entries(admission).filter(([, who]) => who !== 'public');
const ofOneRole = guarded.filter(([, who]) => who !== 'any') as [string, Role][];

function commandPaths(names: readonly string[]): string[] {
  return names.map((name) => `post /api/commands/${kebab(name)}`);
}

function routesDescribed(): string[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.filter((method) => method in item).map((method) => `${method} ${path}`),
  );
}

/** With what nobody could make sense of, which is not to be looked at. */
function knock(route: string, headers: Readonly<Record<string, string>>) {
  const [method = '', path = ''] = route.split(' ');
  const sent = api.http()[method as Method](path.replace('{id}', 'Rostam')).set(headers);
  return method === 'get' ? sent : sent.type('json').send(`{"Rostam${'x'.repeat(70_000)}`);
}

describe('every route', () => {
  it('has somebody for whom it is', () => {
    expect(routesDescribed().sort()).toEqual(Object.keys(admission).sort());
  });

  it.each(guarded)('asks a stranger for a token, before all else: %s', async (route) => {
    const none = await knock(route, {});
    expect([none.status, none.body.code]).toEqual([401, 'Unauthenticated']);
    const forged = await knock(route, { Authorization: 'Bearer forged' });
    expect([forged.status, forged.body.code]).toEqual([401, 'Unauthenticated']);
    expect(forged.text).not.toContain('Rostam');
  });

  it.each(ofOneRole)('lets nobody in with the wrong role: %s is for %s', async (route, role) => {
    for (const other of [...roles, 'nobody' as const].filter((candidate) => candidate !== role)) {
      const { status, body } = await knock(route, as(other));
      expect([other, status, body.code]).toEqual([other, 403, 'RoleMissing']);
      expect(body.detail).toContain(role);
    }
  });

  it.each(ofOneRole)('comes to the body for whom it is for: %s is for %s', async (route, role) => {
    const { status, text } = await knock(route, { ...reading, ...as(role) });
    expect([401, 403]).not.toContain(status);
    expect(status).toBeLessThan(500);
    expect(text).not.toContain('Rostam');
  });
});

describe('docs/openapi.json', () => {
  const file = new URL('../../../docs/openapi.json', import.meta.url);

  it('is the description that is served (UPDATE_DOCS=1 writes it)', async () => {
    const { status, body } = await api.http().get('/api/openapi.json');
    expect(status).toBe(200);
    const text = `${JSON.stringify(body, undefined, 2)}\n`;
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, text);
    expect(existsSync(file) && JSON.parse(readFileSync(file, 'utf8'))).toEqual(body);
  });

  it('is OpenAPI 3.1 throughout', () => {
    expect(document.openapi).toBe('3.1.0');
    // In 3.1 these would be ignored, and what they say with them.
    const text = JSON.stringify(document);
    for (const gone of ['"nullable":', '"exclusiveMinimum":true']) expect(text).not.toContain(gone);
  });

  it('describes what refers to something', () => {
    const text = JSON.stringify(document);
    const referred = [...text.matchAll(/"#\/components\/schemas\/([^"]*)"/g)].map(
      ([, name]) => name,
    );
    expect(referred.length).toBeGreaterThan(0);
    expect(Object.keys(document.components?.schemas ?? {})).toEqual(
      expect.arrayContaining([...new Set(referred)]),
    );
  });

  it('has every command, with its body, its key and its refusals', () => {
    for (const route of [
      ...commandPaths(registrantCommandNames),
      ...commandPaths(policyCommandNames),
    ]) {
      const operation = document.paths[route.split(' ')[1] ?? '']?.post;
      const parameters = operation?.parameters?.map((each) => 'name' in each && each.name);
      expect([route, operation?.requestBody]).toEqual([route, expect.any(Object)]);
      expect(parameters).toEqual(expect.arrayContaining(['Idempotency-Key', 'If-Match', 'dryRun']));
      expect(Object.keys(operation?.responses ?? {})).toEqual(
        expect.arrayContaining([
          '200',
          '201',
          '400',
          '401',
          '403',
          '409',
          '412',
          '413',
          '422',
          '503',
        ]),
      );
      expect(operation?.security).toEqual([{ bearer: [] }]);
    }
  });
});

describe('pages', () => {
  it('at / says what this is and where to go', async () => {
    const { status, headers, text } = await api.http().get('/');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(text).toContain('2003-11-20');
    for (const [, address] of text.matchAll(/(?:href|src)="([^"]+)"/g)) {
      const there = await api
        .http()
        .get(address ?? '')
        .redirects(1);
      expect([address, there.status]).toEqual([address, 200]);
    }
  });

  it('at /docs needs nothing from elsewhere', async () => {
    const { status, text } = await api.http().get('/docs');
    expect(status).toBe(200);
    const addresses = [...text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) {
      expect(address).toMatch(/^\.?\/?docs\//);
      const asset = await api.http().get(new URL(address ?? '', 'http://x/docs').pathname);
      expect([address, asset.status]).toEqual([address, 200]);
    }
    const { text: start } = await api.http().get('/docs/swagger-ui-init.js');
    expect(start).toContain('"validatorUrl": "none"');
  });

  it('are nowhere else', async () => {
    const { status, body } = await api.http().get('/Rostam');
    expect([status, body.code]).toEqual([404, 'NotFound']);
    expect(JSON.stringify(body)).not.toContain('Rostam');
  });
});

describe('health', () => {
  it('is told to everybody: the process lives, and each part is ready', async () => {
    expect((await api.http().get('/health/live')).body).toEqual({ status: 'live' });
    const { status, body } = await api.http().get('/health/ready');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'ready', registryDay: '2003-11-20' });
    const parts = ['eventLog', 'seed', 'keys', 'viewStore'];
    expect(body.parts).toEqual({
      ...Object.fromEntries(parts.map((part) => [part, { state: 'ready' }])),
      views: ['registrant-file', 'policy-timeline'].map((name) => ({
        ...{ name, version: expect.any(Number), state: 'ready' },
        ...{ position: null, lag: 0 },
      })),
    });
    const schema = { $ref: '#/components/schemas/ReadyBody' };
    expect(undescribed(document, schema, body)).toEqual([]);
  });
});
