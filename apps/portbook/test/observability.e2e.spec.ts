import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Series, readExposition } from '../../../spec/exposition.js';
import { eventId } from '#libs/kernel';
import {
  registrantCommandExamples,
  registrantCommandNames,
  registrantEventTable,
} from '#libs/registry';
import { RunningSystem } from '../../../soak/system/running-system.js';

const system = new RunningSystem({
  PORTBOOK_SEED: 'timeline',
  PORTBOOK_TODAY: '2003-11-20',
  LOG_LEVEL: 'trace',
});
const correlationId = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6';
/** What a caller makes up, wherever something can be made up. */
const MADE_UP = 'Zzyzxov';

function kebab(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
}

/** Every text at a personal path of a body; what is as short as a code stands in logs anyway. */
function personalTexts(body: object): string[] {
  const paths = Object.values(registrantEventTable).flatMap(({ personal }) => personal);
  return [...new Set(paths)].flatMap((path) => textsWithin(valueAt(body, path.split('.'))));
}

function valueAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined || typeof value !== 'object' || value === null) return value;
  return valueAt((value as Readonly<Record<string, unknown>>)[name], rest);
}

function textsWithin(value: unknown): string[] {
  if (typeof value === 'string') return value.length > 4 ? [value] : [];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(textsWithin)
    : [];
}

interface Sent {
  readonly method?: string;
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A request as anybody may send it; answers the status. */
async function knock(path: string, sent: Sent): Promise<number> {
  const token = await system.token('officer');
  const response = await fetch(new URL(path, system.run().url), {
    ...sent,
    headers: {
      ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...sent.headers,
    },
  });
  await response.arrayBuffer();
  return response.status;
}

/** What an operator is answered. */
async function operated(path: string): Promise<string> {
  const headers = { authorization: `Bearer ${await system.token('operator')}` };
  return (await fetch(new URL(path, system.run().url), { headers })).text();
}

/** Resolves when the figures are so. */
async function untilFigures(
  fulfilled: (told: readonly Series[]) => boolean,
): Promise<readonly Series[]> {
  for (;;) {
    const told = readExposition(await operated('/metrics'));
    if (fulfilled(told)) return told;
    await wait(100);
  }
}

function lines(): readonly Readonly<Record<string, unknown>>[] {
  const json = system.printed.split('\n').filter((line) => line.startsWith('{'));
  return json.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Resolves when a line of the logs is so. */
async function untilLine(
  fulfilled: (line: Readonly<Record<string, unknown>>) => boolean,
): Promise<void> {
  while (!lines().some(fulfilled)) await wait(50);
}

beforeAll(async () => {
  await system.start();
}, 60_000);

afterAll(async () => {
  await system.remove();
}, 20_000);

describe('the running system, observed', () => {
  const personal = registrantCommandNames.flatMap((name) =>
    personalTexts(registrantCommandExamples[name]),
  );

  it('takes every command, of which the log of events keeps the id of the request', async () => {
    const came: number[] = [];
    for (const [nth, name] of registrantCommandNames.entries()) {
      const { status } = await system.ask('POST', `/api/commands/${kebab(name)}`, {
        body: registrantCommandExamples[name],
        headers: {
          'idempotency-key': eventId('observed', nth),
          'x-correlation-id': correlationId,
        },
      });
      came.push(status);
    }
    expect(came.filter((status) => status === 201).length).toBeGreaterThan(8);
    expect(came.every((status) => [201, 409, 422].includes(status))).toBe(true);
    expect(personal.length).toBeGreaterThan(40);

    expect(await operated('/api/export')).toContain(`"$correlationId":"${correlationId}"`);
  }, 30_000);

  it('is asked everything else that holds a person, and what nobody should ask', async () => {
    const { registrantId, ...body } = registrantCommandExamples.RegisterArrival;
    const reading = { 'x-purpose': `interview; case=${MADE_UP}`, 'x-correlation-id': MADE_UP };
    const post = (text: string): Sent => ({
      ...{ method: 'POST', body: text },
      headers: { ...reading, 'idempotency-key': eventId('observed', 99) },
    });
    const came = [
      await knock(`/api/registrants/${registrantId}`, { headers: reading }),
      await knock(`/api/registrants/${registrantId}/history`, { headers: reading }),
      await knock(
        '/api/registrants/search',
        post(JSON.stringify({ name: { familyName: body.identity?.familyName } })),
      ),
      await knock('/api/registrants/search', post(JSON.stringify({ fin: body.fin }))),
      await knock(`/api/registrants/${MADE_UP}?name=${MADE_UP}`, { headers: reading }),
      await knock(`/${MADE_UP}?name=${MADE_UP}`, { headers: { authorization: MADE_UP } }),
      await knock(`/api/registrants/%${MADE_UP}`, { headers: reading }),
      await knock('/api/commands/register-arrival', post(`{"familyName": ${MADE_UP}`)),
      await knock(
        '/api/commands/register-arrival',
        post(JSON.stringify({ ...body, [MADE_UP]: 1 })),
      ),
      await knock(
        '/api/commands/register-arrival',
        post(JSON.stringify({ ...body, registrantId: MADE_UP, arrivedOn: MADE_UP })),
      ),
    ];
    expect(came.filter((status) => status === 200).length).toBeGreaterThan(2);
    expect(came.filter((status) => status >= 400).length).toBeGreaterThan(5);
    expect(came.filter((status) => status >= 500)).toEqual([]);
  }, 30_000);

  it('tells the figures of all its processes in one place', async () => {
    const isOf = (process: string, { name, labels }: Series): boolean =>
      name === 'process_resident_memory_bytes' && labels['process'] === process;
    const names = ['api', 'projector', 'event-node'];
    const valueIn = (now: readonly Series[], name: string): number =>
      now.find((series) => series.name === name)?.value ?? NaN;
    // What the others tell may be some seconds old.
    const told = await untilFigures(
      (now) =>
        names.every((process) => now.some((series) => isOf(process, series))) &&
        valueIn(now, 'portbook_event_node_events_total') > 0,
    );
    const valueOf = (name: string): number => valueIn(told, name);

    const commits = valueOf('portbook_event_node_commit_duration_seconds_count');
    expect(commits).toBeGreaterThan(0);
    expect(valueOf('portbook_event_node_events_total')).toBeGreaterThanOrEqual(commits);
    expect(valueOf('portbook_event_node_open_subscriptions')).toBe(2);
    expect(valueOf('portbook_event_log_head_position')).toBeGreaterThan(0);
    expect(JSON.stringify(told)).not.toContain(MADE_UP);
  }, 30_000);

  it('has the metrics that docs/OPERATIONS.md names, and no others', async () => {
    const page = readFileSync('docs/OPERATIONS.md', 'utf8');
    const documented = page.matchAll(/^\| `(portbook_\w+)` +\| (\w+) /gm);
    const exposed = (await operated('/metrics')).matchAll(/^# TYPE (portbook_\w+) (\w+)$/gm);
    const named = (found: Iterable<RegExpMatchArray>): string[] =>
      [...found].map(([, name, kind]) => `${String(name)} ${String(kind)}`).sort();

    expect(named(exposed)).toEqual(named(documented));
  });

  it('logs what breaks in each process, which it survives', async () => {
    await system.kill('event-node');
    await untilLine(({ process, level }) => process === 'projector' && level === 'warn');
    await system.kill('projector');
    await untilLine(({ process, child }) => process === 'supervisor' && child === 'projector');
    await system.untilCaughtUp();
    await system.stop();
  }, 30_000);

  it('has logged in one shape, by the routes and not by the addresses', () => {
    const all = lines();
    const processes = new Set(all.map(({ process }) => process));
    expect([...processes].sort()).toEqual(['api', 'event-node', 'projector', 'supervisor']);
    for (const line of all) {
      expect(line).toMatchObject({
        time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
        level: expect.stringMatching(/^(trace|debug|info|warn|error|fatal)$/),
        msg: expect.any(String),
      });
    }
    expect(all).toContainEqual(
      expect.objectContaining({
        ...{ process: 'api', method: 'POST', route: '/api/commands/register-arrival', status: 201 },
        ...{ correlationId, durationMs: expect.any(Number) },
      }),
    );
    expect(JSON.stringify(all)).not.toContain('[withheld]');
  });

  it('has printed nothing of a person, of a caller, or of what opens a door', async () => {
    const keys = join(system.dataDir, 'keys');
    const read = (...file: string[]): string => readFileSync(join(keys, ...file), 'utf8');
    const { password } = JSON.parse(read('event-node', 'credential.json')) as { password: string };
    const [secretLine = ''] = read('event-node', 'key.pem').split('\n').slice(1);
    const issuer = textsWithin(JSON.parse(read('issuer.json'))).filter((text) => text.length > 30);
    const roles = ['officer', 'operator'] as const;
    const tokens = await Promise.all(roles.map((role) => system.token(role)));
    const secrets = [password, secretLine, ...issuer, ...tokens];

    expect([password.length, secretLine.length].every((length) => length > 15)).toBe(true);
    expect(issuer.length).toBeGreaterThan(0);
    for (const text of [...personal, ...secrets, MADE_UP]) {
      expect([text, system.printed.toLowerCase().includes(text.toLowerCase())]).toEqual([
        text,
        false,
      ]);
    }
  });
});
