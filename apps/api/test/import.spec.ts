import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'supertest';
import type { Role } from '#libs/access';
import { type EventLog, EventLogUnavailable, historyLine } from '#libs/event-log';
import { eventId, registrantStream } from '#libs/kernel';
import { anArrival } from '#libs/spec';
import { allOf, type ApiUnderTest, as, startApi } from './api-under-test.js';

function lineOf(person: number): string {
  const registrantId = `5c0ffee5-0000-4000-8000-${String(person).padStart(12, '0')}`;
  const stream = registrantStream(registrantId);
  const { type, data } = anArrival({ arrivedOn: '2003-10-01' });
  const metadata = {
    actor: { id: 'officer-1', role: 'officer' },
    recordedAt: '2003-10-01T10:00:00.000Z',
    schemaVersion: 1,
  };
  return historyLine({
    id: eventId(stream, 0),
    stream,
    type,
    data: { ...data, registrantId },
    metadata,
  });
}

const linesOf = (count: number): string =>
  Array.from({ length: count }, (_, person) => lineOf(person)).join('');

let api: ApiUnderTest;
/** Where it is set, an append waits for it; and what it throws, the log does. */
let beforeAppend: (() => Promise<void>) | undefined;

const through = (log: EventLog): EventLog => {
  const append: EventLog['append'] = async (...all) => {
    await beforeAppend?.();
    return log.append(...all);
  };
  return new Proxy(log, {
    get: (target, name: keyof EventLog) => {
      const member = target[name] as (() => unknown) | undefined;
      return name === 'append' ? append : member?.bind(target);
    },
  });
};

beforeAll(async () => {
  api = await startApi({ through });
});
afterAll(() => api.close());

const operator: Role = 'operator';

function send(body: string, { query = '', role = operator, type = 'application/x-ndjson' } = {}) {
  return api
    .http()
    .post(`/api/import${query}`)
    .set(as(role))
    .set('Content-Type', type)
    .buffer(true)
    .parse((response, done) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        done(null, text);
      });
    })
    .send(body);
}

function aPromise() {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}

interface Line {
  readonly phase?: string;
  readonly done?: number;
  readonly result?: { readonly appended: number; readonly alreadyThere: number };
  readonly problem?: object;
}

/** The lines of an answer; the last one is what it came to. */
function linesIn({ body }: Response) {
  const lines = String(body).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Line);
}

describe('POST /api/import', () => {
  it('says how far it is, and at last the result', async () => {
    const answer = await send(linesOf(3));
    expect([answer.status, answer.type]).toEqual([200, 'application/x-ndjson']);
    const lines = linesIn(answer);
    expect(lines.at(-1)?.result).toMatchObject({
      ...{ adopted: true, appended: 3, alreadyThere: 0, skipped: 0, unopened: 0 },
      position: expect.stringMatching(/^\d+$/),
    });
    for (const { phase, done } of lines.slice(0, -1)) {
      expect([phase, done]).toEqual([
        expect.stringMatching(/^(check|compare|append)$/),
        expect.any(Number),
      ]);
    }
    const again = linesIn(await send(linesOf(3))).at(-1)?.result;
    expect(again).toMatchObject({ appended: 0, alreadyThere: 3 });
    expect(again).not.toHaveProperty('position');
  });

  it('appends nothing of a file whose line 17 is broken, and says so', async () => {
    const before = await allOf(api.log.readAll());
    const broken = linesOf(20).split('\n').with(16, '{"id":').join('\n');
    const [problem] = linesIn(await send(broken)).slice(-1);
    expect(problem?.problem).toMatchObject({
      status: 422,
      code: 'HistoryInvalid',
      detail: expect.stringContaining('line 17: is not JSON.'),
      errors: [{ field: 'line 17', problem: 'is not JSON.' }],
      correlationId: expect.any(String),
    });
    expect(await allOf(api.log.readAll())).toEqual(before);
    const skipping = await send(broken, { query: '?skipInvalid=true' });
    expect(linesIn(skipping).at(-1)?.result).toMatchObject({
      ...{ appended: 16, skipped: 1, adopted: false },
      skippedLines: [{ line: 17, problem: 'is not JSON.' }],
    });
  });

  it('is the operator’s, takes NDJSON as it is, and one file at a time', async () => {
    expect((await send('', { role: 'officer' })).status).toBe(403);
    expect((await send('{}', { type: 'application/json' })).status).toBe(415);
    expect((await send('', { query: '?skipInvalid=perhaps' })).status).toBe(400);
    expect((await send('', { query: '?skip=true' })).status).toBe(400);
    const appending = aPromise();
    const reached = aPromise();
    beforeAppend = () => (reached.resolve(), appending.promise);
    const first = send(linesOf(30)).then((answer) => answer);
    await reached.promise;
    const second = await send(linesOf(1));
    expect([second.status, second.type]).toEqual([409, 'application/problem+json']);
    expect(JSON.parse(String(second.body))).toMatchObject({ code: 'ImportRunning' });
    beforeAppend = undefined;
    appending.resolve();
    expect(linesIn(await first).at(-1)).toHaveProperty('result');
  });

  it('ends with the problem where the log is gone, and goes on when it is back', async () => {
    beforeAppend = () => Promise.reject(new EventLogUnavailable('secret-address:2113'));
    const broken = await send(linesOf(40));
    beforeAppend = undefined;
    expect(linesIn(broken).at(-1)?.problem).toMatchObject({ status: 503 });
    expect(String(broken.body)).not.toContain('secret-address');
    expect(linesIn(await send(linesOf(40))).at(-1)?.result).toMatchObject({ appended: 10 });
  });

  it('stops when the caller hangs up, and is taken up by the same file', async () => {
    const appending = aPromise();
    const reached = aPromise();
    beforeAppend = () => (reached.resolve(), appending.promise);
    const { port } = api.app.getHttpServer().address() as AddressInfo;
    const caller = httpRequest({
      ...{ host: '127.0.0.1', port, path: '/api/import', method: 'POST' },
      headers: { ...as('operator'), 'Content-Type': 'application/x-ndjson' },
    });
    caller.on('error', () => {});
    caller.end(linesOf(300));
    await reached.promise;
    caller.destroy();
    await once(caller, 'close');
    beforeAppend = undefined;
    appending.resolve();
    let result: Line['result'];
    // The one before may still be coming to its end.
    while (result === undefined) {
      const answer = await send(linesOf(300));
      if (answer.status === 200) result = linesIn(answer).at(-1)?.result;
    }
    expect(result.appended + result.alreadyThere).toBe(300);
    expect(
      (await allOf(api.log.readAll())).filter(({ type }) => type === 'ArrivalRegistered'),
    ).toHaveLength(300);
  });

  it('leaves nothing in the data folder, and nothing personal in what is logged', () => {
    expect(readdirSync(api.spoolFolder)).toEqual([]);
    expect(api.logged.join('')).not.toContain('Testperson');
  });
});
