import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { EventLogUnavailable, KeysUnavailable } from '#libs/event-log';
import { shape } from '#libs/kernel';
import { createLogger, Registry } from '#libs/observability';
import { AnyRole, Public, Roles } from './access-guard.js';
import {
  Field,
  NestedField,
  OptionalNestedListField,
  OptionalTextField,
  TextField,
} from './fields.js';
import { readIdempotencyKey, readIfMatch } from './headers.js';
import { openCursor, PageQuery, pageOf, pageSizeOf, sealCursor } from './paging.js';
import { ReadsPerson } from './purpose-guard.js';
import { refused } from './problem.js';
import { actorOf } from './request.js';
import { unauthenticated } from './token-verifier.js';
import { createWebApp } from './web.js';

class Passport {
  @TextField(20) readonly number!: string;
}

class Registration {
  @Field(shape.day, {}) readonly arrivedOn!: string;
  @NestedField(() => Passport) readonly passport!: Passport;
  @OptionalNestedListField(() => Passport, 2) readonly others?: Passport[];
  @OptionalTextField(10) readonly note?: string;
}

@Controller()
class SampleController {
  @Post('register')
  @Roles('officer', 'operator')
  register(@Body() body: Registration, @Req() req: Request) {
    return { body, actor: actorOf(req) };
  }

  @Post('headers')
  @AnyRole()
  headers(@Req() req: Request) {
    const key = readIdempotencyKey(req.get('idempotency-key'));
    return { key, revision: readIfMatch(req.get('if-match')) };
  }

  @Get('people/:id')
  @Roles('officer')
  @ReadsPerson()
  person(@Param('id') id: string) {
    return { id };
  }

  @Get('list')
  @Public()
  list(@Query() query: PageQuery, @Req() req: Request, @Res({ passthrough: true }) res: Response) {
    const at = Number(openCursor(query, 'list') ?? 0);
    const until = at + pageSizeOf(query);
    const items = Array.from({ length: 120 }, (_, index) => index).slice(at, until);
    const next = until < 120 ? sealCursor(String(until), 'list') : undefined;
    return pageOf(items, next, { request: req, response: res });
  }

  @Get('refused')
  @Public()
  refused(): never {
    throw refused({ code: 'NoBasis', because: 'rule', detail: 'No.', rule: 'x', citation: 'y' });
  }

  @Get('contradicted')
  @Public()
  contradicted(): never {
    throw refused({ code: 'Departed', because: 'state', detail: 'No.' });
  }

  @Get('away')
  @Public()
  away(): never {
    throw new EventLogUnavailable('the address of the log');
  }

  @Get('keyless')
  @Public()
  keyless(): never {
    throw new KeysUnavailable('/a/path/of/the/keys');
  }

  @Get('broken')
  @Public()
  broken(): never {
    throw new Error('Rostam');
  }

  @Get('forgotten')
  forgotten() {
    return 'open to all';
  }
}

@Module({ controllers: [SampleController] })
class SampleModule {}

let app: NestExpressApplication;
const logged: string[] = [];

beforeAll(async () => {
  const logger = createLogger({
    level: 'debug',
    process: 'spec',
    destination: { write: (line) => logged.push(line) },
  });
  const verify = async (token: string) => {
    if (token === 'officer') return { id: 'o-1', roles: ['officer' as const] };
    if (token === 'nobody') return { id: 'n-1', roles: [] };
    throw unauthenticated('This is no token.');
  };
  app = await createWebApp(SampleModule, { verify, logger, metrics: new Registry() });
  await app.listen(0, '127.0.0.1');
});

afterAll(() => app.close());

const http = () => request(app.getHttpServer());
const officer = { Authorization: 'Bearer officer' };
const valid = { arrivedOn: '2003-10-23', passport: { number: 'T1' } };

function expectProblem(response: request.Response, status: number, code: string) {
  expect(response.status).toBe(status);
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  const body = JSON.parse(response.text);
  expect(body).toMatchObject({ status, code, type: 'about:blank' });
  expect(body.correlationId).toBe(response.headers['x-correlation-id']);
  return body;
}

describe('who may come in', () => {
  it('is asked for a token, in the way that HTTP asks', async () => {
    const response = await http().post('/register').send(valid);

    expectProblem(response, 401, 'Unauthenticated');
    expect(response.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it.each(['Bearer false', 'Basic b2ZmaWNlcg==', 'Bearer', 'officer'])(
    'is not told by "%s"',
    async (authorization) => {
      const response = await http().post('/register').set('Authorization', authorization);
      expectProblem(response, 401, 'Unauthenticated');
    },
  );

  it('is refused without the role, and told which one is needed', async () => {
    const response = await http().post('/register').set('Authorization', 'Bearer nobody');

    const { detail } = expectProblem(response, 403, 'RoleMissing');
    expect(detail).toBe('This needs the role officer or operator; the token has none.');
  });

  it('acts in the role that let them in', async () => {
    const response = await http().post('/register').set(officer).send(valid);

    expect(response.body.actor).toEqual({ id: 'o-1', role: 'officer' });
  });

  it('is nobody at a route that does not say', async () => {
    expectProblem(await http().get('/forgotten').set(officer), 500, 'Fault');
  });

  it('is decided before anything of the body is read', async () => {
    // The body that is announced never comes: who waited for it would never answer.
    const answer = await new Promise<string>((resolve, reject) => {
      const { port } = app.getHttpServer().address() as AddressInfo;
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST /register HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n');
      });
      socket.once('data', (data) => {
        resolve(data.toString());
        socket.destroy();
      });
      socket.once('error', reject);
    });

    expect(answer).toMatch(/^HTTP\/1.1 401 /);
  });
});

describe('a body', () => {
  const send = (body: unknown) =>
    http()
      .post('/register')
      .set(officer)
      .send(body as object);

  it('is tidied: trimmed, in NFC, and taken over otherwise as it is', async () => {
    const note = ' e\u0301 ';
    const response = await send({ ...valid, note });

    expect(response.status).toBe(201);
    expect(response.body.body).toEqual({ ...valid, note: '\u00e9' });
  });

  it.each([
    ['a day that is none', { ...valid, arrivedOn: '2003-02-30' }, 'arrivedOn'],
    ['a missing field', { passport: valid.passport }, 'arrivedOn'],
    ['an unknown field', { ...valid, colour: 'red' }, 'colour'],
    ['an unknown field within', { ...valid, passport: { number: 'T', x: 1 } }, 'passport.x'],
    ['a list for an object', { ...valid, passport: [{ number: 'T' }] }, 'passport'],
    ['null for an object', { ...valid, passport: null }, 'passport'],
    ['text for an object', { ...valid, passport: 'T1' }, 'passport'],
    ['null for what may be absent', { ...valid, note: null }, 'note'],
    ['text that is too long', { ...valid, note: 'x'.repeat(11) }, 'note'],
    ['text that UTF-8 cannot hold', { ...valid, note: '\ud800' }, 'note'],
    ['an entry of a list that is none', { ...valid, others: [{ number: 1 }] }, 'others[0].number'],
    ['too many entries', { ...valid, others: [1, 2, 3].map(() => ({ number: 'a' })) }, 'others'],
    ['a list of lists', { ...valid, others: [[{ number: 'a' }]] }, 'others'],
  ])('is refused with the field named: %s', async (_, body, field) => {
    const { errors, detail } = expectProblem(await send(body), 400, 'Malformed');

    expect(errors).toEqual([{ field, problem: expect.any(String) }]);
    expect(detail).toContain(field);
  });

  it('is never repeated in what is said of it', async () => {
    const response = await send({ ...valid, passport: { number: { secret: 'Rostam' } } });

    expect(response.text).not.toContain('Rostam');
  });

  it.each([
    ['{"arrivedOn":"Rostam', 'application/json', 400],
    ['[]', 'application/json', 400],
    ['', 'application/json', 400],
    ['{"__proto__":{"arrivedOn":"2003-10-23"}}', 'application/json', 400],
    ['arrivedOn=2003-10-23', 'application/x-www-form-urlencoded', 415],
    ['{}', 'application/json; charset=latin1', 415],
  ])('must be a JSON object: %s as %s', async (body, type, status) => {
    const response = await http().post('/register').set(officer).type(type).send(body);

    expectProblem(response, status, status === 415 ? 'NotJson' : 'Malformed');
    expect(response.text).not.toContain('Rostam');
  });

  it('may have 64 KiB and no more', async () => {
    const { detail } = expectProblem(
      await send({ ...valid, note: 'x'.repeat(65 * 1024) }),
      413,
      'BodyTooLarge',
    );
    expect(detail).toContain('64 KiB');
  });
});

describe("reading a person's record", () => {
  it.each([
    [undefined, 'PurposeMissing'],
    [' ', 'PurposeMissing'],
    ['curiosity', 'PurposeUnknown'],
    ['interview; case=', 'PurposeUnknown'],
  ])('needs a stated purpose: %s is none', async (purpose, code) => {
    const sent = http().get('/people/1').set(officer);
    const response = await (purpose === undefined ? sent : sent.set('X-Purpose', purpose));

    const { detail } = expectProblem(response, 400, code);
    expect(detail).toContain('interview');
    expect(detail).not.toContain('curiosity');
  });

  it('is done for a purpose of the list', async () => {
    const response = await http()
      .get('/people/1')
      .set(officer)
      .set('X-Purpose', 'interview; case=NYC-1');
    expect(response.status).toBe(200);
  });
});

describe('a command', () => {
  const send = (headers: Record<string, string>) =>
    http().post('/headers').set(officer).set(headers).send({});
  const key = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6';

  it('is named by its key and may name the revision that it rests on', async () => {
    const { body } = await send({ 'Idempotency-Key': key.toUpperCase(), 'If-Match': '"3"' });
    expect(body).toEqual({ key, revision: 3 });
  });

  it.each([
    ['Idempotency-Key', '1'],
    ['If-Match', '3'],
    ['If-Match', '*'],
    ['If-Match', 'W/"3"'],
    ['If-Match', '"1", "2"'],
  ])('is refused with %s: %s', async (name, value) => {
    const { errors } = expectProblem(await send({ [name]: value }), 400, 'Malformed');
    expect(errors).toEqual([{ field: name, problem: expect.any(String) }]);
  });
});

describe('a list', () => {
  it('says how to get the next page, until there is none', async () => {
    const seen: number[] = [];
    let address: string | undefined = '/list?limit=50';
    while (address !== undefined) {
      const { body }: { body: { items: number[]; next?: string } } = await http().get(address);
      seen.push(...body.items);
      address = body.next;
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => index));
  });

  it.each(['limit=0', 'limit=501', 'limit=ten', 'cursor=abc', 'colour=red', 'limit=1&limit=2'])(
    'refuses ?%s and names the parameter',
    async (query) => {
      const { errors } = expectProblem(await http().get(`/list?${query}`), 400, 'Malformed');
      expect(errors[0].field).toBe(query.split('=')[0]);
    },
  );

  it('is not the only place where a parameter that means nothing is refused', async () => {
    const { errors } = expectProblem(
      await http().get('/people/1?colour=red').set(officer).set('X-Purpose', 'audit'),
      400,
      'Malformed',
    );
    expect(errors[0].field).toBe('colour');
  });

  it('refuses the cursor of another question', async () => {
    const cursor = sealCursor('50', 'another list');
    expectProblem(await http().get('/list').query({ cursor }), 400, 'Malformed');
  });
});

describe('what is not a success', () => {
  it('is 422 with rule and citation where a rule says no', async () => {
    const body = expectProblem(await http().get('/refused'), 422, 'NoBasis');
    expect(body).toMatchObject({ rule: 'x', citation: 'y', title: 'Unprocessable Entity' });
  });

  it('is 409 where the record says no', async () => {
    expectProblem(await http().get('/contradicted'), 409, 'Departed');
  });

  it('is 503 with a time to try again where the log is away', async () => {
    const response = await http().get('/away');
    expectProblem(response, 503, 'EventLogUnavailable');
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('is 503 where no key can be made, without the path of the keys', async () => {
    const response = await http().get('/keyless');
    expectProblem(response, 503, 'KeysUnavailable');
    expect(response.text).not.toContain('/a/path');
  });

  it('is 404 where there is nothing, without repeating the address', async () => {
    const response = await http().get('/Rostam');
    expectProblem(response, 404, 'NotFound');
    expect(response.text).not.toContain('Rostam');
  });

  it('is 400 for an address that cannot be decoded', async () => {
    expectProblem(await http().get('/people/%E0%A4%A').set(officer), 400, 'Malformed');
  });

  it('is 500 for a fault, of which the log has the rest under the same id', async () => {
    const id = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6';
    const response = await http().get('/broken').set('X-Correlation-Id', id);

    expectProblem(response, 500, 'Fault');
    expect(response.text).not.toContain('Rostam');
    expect(logged.find((text) => text.includes('Rostam'))).toContain(id);
  });
});

describe('a correlation id', () => {
  it("is the caller's where it is a UUID, else a new one", async () => {
    const id = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6';
    const taken = await http().get('/list').set('X-Correlation-Id', id);
    const replaced = await http().get('/list').set('X-Correlation-Id', 'Rostam');

    expect(taken.headers['x-correlation-id']).toBe(id);
    expect(replaced.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});
