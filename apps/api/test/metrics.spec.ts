import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Counter, metricsOf, Registry } from '#libs/observability';
import { ViewStoreUnavailable } from '#libs/view-store';
import { policyTimeline } from '#projections/policy-timeline';
import { type ApiUnderTest, arrivalOf, as, except, keyOf, startApi } from './api-under-test.js';
import { readExposition, type Series } from '../../../spec/exposition.js';

async function figuresOf(api: ApiUnderTest): Promise<readonly Series[]> {
  const { status, text } = await api.http().get('/metrics').set(as('operator'));
  expect(status).toBe(200);
  return readExposition(text);
}

/** The value of the one series with these labels and no others. */
function valueOf(figures: readonly Series[], name: string, labels: Series['labels'] = {}) {
  const found = figures.filter(
    (series) => series.name === `portbook_${name}` && sameLabels(series.labels, labels),
  );
  expect(found.length).toBeLessThan(2);
  return found[0]?.value;
}

function sameLabels(one: Series['labels'], other: Series['labels']): boolean {
  const text = (labels: Series['labels']): string => JSON.stringify(Object.entries(labels).sort());
  return text(one) === text(other);
}

function register(api: ApiUnderTest, nth: number, more: object = {}, query = '') {
  return api
    .http()
    .post(`/api/commands/register-arrival${query}`)
    .set({ ...as('officer'), 'Idempotency-Key': keyOf(nth) })
    .send({ ...arrivalOf(nth), ...more });
}

describe('/metrics', () => {
  let api: ApiUnderTest;

  beforeAll(async () => {
    api = await startApi({ policyUntil: '2003-11-20' });
  });

  afterAll(() => api.close());

  it('is for operators, and of the type that Prometheus asks for', async () => {
    expect((await api.http().get('/metrics')).status).toBe(401);
    expect((await api.http().get('/metrics').set(as('officer'))).status).toBe(403);
    const { headers } = await api.http().get('/metrics').set(as('operator'));
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  });

  it('counts commands by what they came to', async () => {
    const answers = [
      await register(api, 1, {}, '?dryRun=true'),
      await register(api, 1),
      await register(api, 1),
      await register(api, 1, { port: 'LOS' }),
      await register(api, 2, { arrivedOn: '2003-13-01' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 201, 200, 409, 400]);
    const figures = await figuresOf(api);
    const came = (outcome: string, code = '') =>
      valueOf(figures, 'commands_total', { command: 'RegisterArrival', outcome, code });

    expect([came('dry-run'), came('accepted'), came('repeated')]).toEqual([1, 1, 1]);
    expect(came('refused', 'IdempotencyKeyReused')).toBe(1);
    expect(figures.filter(({ name }) => name === 'portbook_commands_total')).toHaveLength(4);
  });

  it('counts requests by route and status, and how long they took', async () => {
    const figures = await figuresOf(api);
    const labels = { method: 'POST', route: '/api/commands/register-arrival' };

    expect(valueOf(figures, 'http_requests_total', { ...labels, status: '201' })).toBe(1);
    expect(valueOf(figures, 'http_requests_total', { ...labels, status: '400' })).toBe(1);
    expect(valueOf(figures, 'http_request_duration_seconds_count', labels)).toBe(5);
    const all = { ...labels, le: '+Inf' };
    expect(valueOf(figures, 'http_request_duration_seconds_bucket', all)).toBe(5);
  });

  it('has no label that a caller made up', async () => {
    for (let nth = 0; nth < 5; nth += 1) {
      await api.http().get(`/Zzyzxov${nth}?name=Zzyzxov`);
      await api.http().get(`/api/registrants/Zzyzxov${nth}`).set(as('officer'));
    }
    const before = await figuresOf(api);
    await api.http().get('/Zzyzxov-again').set('X-Correlation-Id', 'Zzyzxov');
    await api.http().post('/api/commands/zzyzxov').set(as('officer'));
    await api.http().post('/Zzyzxov-again');
    const after = await figuresOf(api);

    expect(JSON.stringify(after)).not.toMatch(/zzyzxov/i);
    // One new method of no route, with its count, its sum and 13 buckets.
    expect(after.length - before.length).toBe(1 + 15);
  });

  it('tells how far each view is behind the end of the log, by their positions', async () => {
    const head = (await api.log.head()) ?? NaN;
    await api.views.writeCheckpoint(policyTimeline, {
      position: head - 3,
      parked: { error: 'cannot be folded' },
    });
    const figures = await figuresOf(api);
    const ofTimeline = { projection: 'policy-timeline' };

    expect(valueOf(figures, 'event_log_head_position')).toBe(head);
    expect(valueOf(figures, 'projection_position', ofTimeline)).toBe(head - 3);
    expect(valueOf(figures, 'projection_lag_positions', ofTimeline)).toBe(3);
    expect(valueOf(figures, 'projection_parked', ofTimeline)).toBe(1);
    expect(valueOf(figures, 'projection_parked', { projection: 'registrant-file' })).toBe(0);
  });

  it('tells what other processes told of themselves', async () => {
    const registry = new Registry();
    const registers = [registry];
    new Counter({ name: 'portbook_event_node_events_total', help: 'Events.', registers }).inc(7);
    const metrics = await metricsOf(registry);
    expect(valueOf(await figuresOf(api), 'event_node_events_total')).toBeUndefined();
    api.reported.take({ kind: 'metrics', process: 'event-node', metrics });

    expect(valueOf(await figuresOf(api), 'event_node_events_total')).toBe(7);
  });
});

describe('/metrics while a part is away', () => {
  const away = { log: false, views: false };
  let api: ApiUnderTest;

  beforeAll(async () => {
    api = await startApi({
      policyUntil: '2003-11-20',
      through: (log) =>
        except(log, {
          head: () => (away.log ? Promise.reject(new Error('away')) : log.head()),
        }),
      viewsThrough: (views) =>
        except(views, {
          readCheckpoint: (collection) =>
            away.views
              ? Promise.reject(new ViewStoreUnavailable('away'))
              : views.readCheckpoint(collection),
        }),
    });
  });

  afterAll(() => api.close());

  it('has no figure of it, rather than an old one, and says which is away', async () => {
    const ofTimeline = { projection: 'policy-timeline' };
    const told = async () => {
      const figures = await figuresOf(api);
      const isThere = (name: string, labels?: Series['labels']) =>
        valueOf(figures, name, labels) !== undefined;
      return {
        up: ['event-log', 'view-store'].map((part) => valueOf(figures, 'part_up', { part })),
        head: isThere('event_log_head_position'),
        lag: isThere('projection_lag_positions', ofTimeline),
        parked: isThere('projection_parked', ofTimeline),
      };
    };

    expect(await told()).toEqual({ up: [1, 1], head: true, lag: true, parked: true });
    away.log = true;
    expect(await told()).toEqual({ up: [0, 1], head: false, lag: false, parked: true });
    away.log = false;
    away.views = true;
    expect(await told()).toEqual({ up: [1, 0], head: true, lag: false, parked: false });
  });
});
