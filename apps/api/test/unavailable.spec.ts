import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { type EventLog, EventLogUnavailable } from '#libs/event-log';
import { POLICY_STREAM } from '#libs/kernel';
import { policyCommandExamples } from '#libs/policy';
import { ViewStoreUnavailable } from '#libs/view-store';
import { policyTimeline } from '#projections/policy-timeline';
import { registrantFile } from '#projections/registrant-file';
import {
  allOf,
  type ApiUnderTest,
  arrivalOf,
  as,
  except,
  keyOf,
  reading,
  startApi,
} from './api-under-test.js';

function expectUnavailable(response: Response, code: string): void {
  expect([response.status, response.body.code]).toEqual([503, code]);
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
}

const isReady = { state: 'ready' };

/** Each view as readiness names it, with what else is said of it. */
function viewsNamed(told: object): object[] {
  return [registrantFile, policyTimeline].map(({ name, version }) => ({ name, version, ...told }));
}

/** Passes everything on, until it is cut: then nothing is there, at whatever address. */
class Cable {
  isCut = false;

  readonly through = (log: EventLog): EventLog => {
    const check = (): void => {
      if (this.isCut) throw new EventLogUnavailable('secret-address:2113');
    };
    return {
      append: async (...all) => (check(), log.append(...all)),
      check: (...all) => log.check(...all),
      readStream: (...all) => (check(), log.readStream(...all)),
      readAll: (...all) => (check(), log.readAll(...all)),
      readAllStored: (...all) => (check(), log.readAllStored(...all)),
      follow: async (...all) => (check(), log.follow(...all)),
      head: async (...all) => (check(), log.head(...all)),
      close: () => log.close(),
    };
  };
}

describe('while the event log cannot be reached', () => {
  const cable = new Cable();
  let api: ApiUnderTest;

  beforeAll(async () => {
    api = await startApi({ through: cable.through });
    cable.isCut = true;
  });

  afterAll(() => api.close());

  const register = () =>
    api
      .http()
      .post('/api/commands/register-arrival')
      .set({ ...as('officer'), 'Idempotency-Key': keyOf(1) })
      .send(arrivalOf(1));

  it('nothing is accepted, and everybody is told to come again', async () => {
    expectUnavailable(await register(), 'EventLogUnavailable');
    const reads = ['/history', '/obligations'].map(
      (rest) => `/api/registrants/${arrivalOf(1).registrantId}${rest}`,
    );
    for (const path of reads) {
      expectUnavailable(await api.http().get(path).set(reading), 'EventLogUnavailable');
    }
    expectUnavailable(
      await api.http().get('/api/policy').set(as('auditor')),
      'EventLogUnavailable',
    );
    expectUnavailable(
      await api.http().get('/api/export').set(as('operator')),
      'EventLogUnavailable',
    );
    const replay = api.http().post('/api/replays').set(as('analyst'));
    expectUnavailable(await replay.send({ scenarios: ['no-call-in'] }), 'EventLogUnavailable');
  });

  it('says which part is away, and no address', async () => {
    const ready = await api.http().get('/health/ready');
    expectUnavailable(ready, 'NotReady');
    const { eventLog, views, ...others } = ready.body.parts;
    expect(eventLog).toEqual({ state: 'not-ready', why: 'It cannot be reached.' });
    expect(others).toEqual({ seed: isReady, keys: isReady, viewStore: isReady });
    // What they hold is known, but not how far behind the log that is.
    expect(views).toEqual(viewsNamed({ ...isReady, position: null, lag: null }));
    expect(ready.body.detail).toBe('Not ready: eventLog. See parts.');
    expect(ready.text + (await register()).text).not.toContain('secret-address');
    expect((await api.http().get('/health/live')).status).toBe(200);
    const page = await api.http().get('/');
    expect([page.status, page.text.includes('not ready yet')]).toEqual([200, true]);
  });

  it('is over when the log is back: the same command is recorded', async () => {
    cable.isCut = false;
    const enacted = await api
      .http()
      .post('/api/commands/note-milestone')
      .set({ ...as('policy-maker'), 'Idempotency-Key': keyOf(2) })
      .send(policyCommandExamples.NoteMilestone);
    expect(enacted.status).toBe(201);
    expect((await api.http().get('/health/ready')).status).toBe(200);
    expect(await allOf(api.log.readStream(POLICY_STREAM))).toHaveLength(1);
  });
});

describe('while the registry is being prepared', () => {
  let api: ApiUnderTest;

  beforeAll(async () => {
    api = await startApi({ isPrepared: false });
  });

  afterAll(() => api.close());

  it('the API answers 503, and says so on its page and to whoever asks for its health', async () => {
    expectUnavailable(await api.http().get('/api/policy').set(as('auditor')), 'NotReady');
    expect((await api.http().get('/api/policy')).status).toBe(401);
    const ready = await api.http().get('/health/ready');
    expectUnavailable(ready, 'NotReady');
    expect(ready.body.parts.seed).toEqual({
      state: 'not-ready',
      why: 'It is not done yet: waiting for the event log.',
    });
    expect(ready.body.detail).toBe('Not ready: seed. See parts.');
    expect((await api.http().get('/health/live')).status).toBe(200);
    expect((await api.http().get('/')).status).toBe(200);
    expect((await api.http().get('/docs')).status).toBe(200);
  });
});

describe('while a view stands still', () => {
  let api: ApiUnderTest;

  beforeAll(async () => {
    api = await startApi();
    const parked = { position: 7, id: keyOf(1), type: 'MilestoneNoted', error: 'cannot be folded' };
    await api.views.writeCheckpoint(policyTimeline, { parked });
  });

  afterAll(() => api.close());

  it('who asks for what is not in it is told to come again, at once', async () => {
    const path = '/api/policy/timeline?atLeast=7';
    const behind = await api.http().get(path).set(as('auditor'));
    expectUnavailable(behind, 'ViewBehind');
    expect(behind.body.detail).toContain(`stands still at the event ${keyOf(1)} (MilestoneNoted)`);
    expect((await api.http().get('/api/policy/timeline').set(as('auditor'))).status).toBe(200);
  });

  it('the registry is not ready, and says at which event it stands', async () => {
    const ready = await api.http().get('/health/ready');
    expectUnavailable(ready, 'NotReady');
    expect(ready.body.detail).toBe('Not ready: policy-timeline. See parts.');
    expect(ready.body.parts.views).toContainEqual({
      ...{ name: 'policy-timeline', version: policyTimeline.version, position: null, lag: 0 },
      ...{ state: 'not-ready', why: expect.stringContaining('stands still at an event') },
      parked: { position: '7', id: keyOf(1), type: 'MilestoneNoted', error: 'cannot be folded' },
    });
    expect(ready.body.parts.views).toContainEqual(
      expect.objectContaining({ name: 'registrant-file', state: 'ready' }),
    );
  });
});

describe('while a view is behind what the log held at the start', () => {
  let api: ApiUnderTest;

  beforeAll(async () => {
    api = await startApi({
      policyUntil: '2002-08-12',
      // As of a projector that has not come far.
      viewsThrough: (views) =>
        except(views, { readCheckpoint: () => Promise.resolve({ position: 1 }) }),
    });
  });

  afterAll(() => api.close());

  it('the registry is not ready, and says how far each is behind', async () => {
    const ready = await api.http().get('/health/ready');
    expectUnavailable(ready, 'NotReady');
    const head = (await api.log.head()) ?? 0;
    expect(head).toBeGreaterThan(1);
    expect(ready.body.parts.views).toEqual(
      viewsNamed({
        ...{ state: 'not-ready', position: '1', lag: head - 1 },
        why: `It does not hold yet what the log held at the start, up to ${head}.`,
      }),
    );
  });
});

describe('while the view store cannot be read', () => {
  let api: ApiUnderTest;

  beforeAll(async () => {
    const away = () => Promise.reject(new ViewStoreUnavailable('secret-address:27017'));
    api = await startApi({
      viewsThrough: (views) =>
        except(views, { get: away, getMany: away, find: away, count: away, readCheckpoint: away }),
    });
  });

  afterAll(() => api.close());

  it('reads of views are answered 503, and the health names the store and every view', async () => {
    const read = await api.http().get('/api/policy/timeline').set(as('auditor'));
    expectUnavailable(read, 'ViewsUnavailable');
    const ready = await api.http().get('/health/ready');
    expectUnavailable(ready, 'NotReady');
    const { viewStore, views, ...others } = ready.body.parts;
    expect(viewStore).toEqual({ state: 'not-ready', why: 'It cannot be read.' });
    expect(views).toEqual(
      viewsNamed({
        ...{ state: 'not-ready', why: 'The view store cannot be read.' },
        ...{ position: null, lag: null },
      }),
    );
    expect(others).toEqual({ eventLog: isReady, seed: isReady, keys: isReady });
    expect(ready.text + read.text).not.toContain('secret-address');
    expect((await api.http().get('/health/live')).status).toBe(200);
  });
});

describe('while the keys of registrants are not where they belong', () => {
  let api: ApiUnderTest;

  beforeAll(async () => {
    api = await startApi({ keysProblem: 'registrants.mdb is not in the folder of the keys.' });
  });

  afterAll(() => api.close());

  it('the registry is not ready, and says what is the matter', async () => {
    const ready = await api.http().get('/health/ready');
    expectUnavailable(ready, 'NotReady');
    const why = 'registrants.mdb is not in the folder of the keys.';
    expect(ready.body.parts.keys).toEqual({ state: 'not-ready', why });
    expect(ready.body.detail).toBe('Not ready: keys. See parts.');
  });
});
