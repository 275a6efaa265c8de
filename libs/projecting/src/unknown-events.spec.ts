import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  createMemoryEventLog,
  createMemoryKeys,
  type EventLog,
  reopenMemoryEventLog,
} from '#libs/event-log';
import { type EventTable, eventId, registrantStream } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import type { Projection } from '#libs/view-store';
import { event, FaultyStore, type Trace, traces } from './faults.contract.js';
import { resumeProjection, runProjection } from './index.js';

const row = { version: 1, personal: ['name'], check: () => [] };
const today: readonly EventTable[] = [
  { Happened: row, Corrected: { ...row, nested: 'corrected' } },
];
/** Those of a later program, which can read what today's wrote. */
const later: readonly EventTable[] = [
  {
    Happened: { ...row, version: 2, upcasters: { 1: (data) => data } },
    Corrected: { ...row, nested: 'corrected' },
    Discovered: row,
  },
];
const stream = registrantStream(eventId('spec-registrant', 1));
const name = 'Exempli Testperson';

const correlationId = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6';
const byStream: Projection<Trace> = { ...traces, concerns: (of) => [of.stream] };
/** As far as it knows, an event in a registrant's stream is none of its affairs. */
const ofDays: Projection<Trace> = {
  ...traces,
  name: 'traces-of-days',
  concerns: ({ type }) => (type === 'Began' ? ['days'] : []),
};

describe('a projection at an event of an unknown type or version', () => {
  const running: { readonly stop: AbortController; readonly done: Promise<void> }[] = [];

  function run(log: EventLog, store: FaultyStore, projection: Projection<Trace>) {
    const stop = new AbortController();
    const told: Record<string, unknown>[] = [];
    const destination = { write: (line: string) => void told.push(JSON.parse(line)) };
    const logger = createLogger({ level: 'warn', process: 'spec', destination });
    const options = { log, store, projection, logger, pause: () => setImmediate() };
    running.push({ stop, done: runProjection(options, stop.signal) });
    return told;
  }

  async function stopAll(): Promise<void> {
    for (const { stop } of running) stop.abort();
    await Promise.all(running.splice(0).map(({ done }) => done));
  }
  afterEach(stopAll);

  /** A log of today's program in which a later one has written the second event of three. */
  async function aLogWith(written: { readonly type: string; readonly data: object }) {
    const keys = createMemoryKeys();
    const log = createMemoryEventLog(today, keys);
    const upgraded = reopenMemoryEventLog(log, later, keys);
    const metadata = { ...event(0, '').metadata, $correlationId: correlationId };
    const append = (into: EventLog, nth: number, type: string, data: object) =>
      into.append(stream, [{ id: eventId(stream, nth), type, data, metadata }], 'any');
    await append(log, 0, 'Happened', { name });
    await append(upgraded, 1, written.type, written.data);
    await append(log, 2, 'Happened', { name });
    return { log, upgraded };
  }

  const happened = { type: 'Happened', version: 2, data: { name } };
  const cases: readonly [string, string, number, object, string][] = [
    ['a type that no table names', 'Discovered', 1, { name }, 'The type of event'],
    ['a later version', 'Happened', 2, { name }, 'Version 2 of event'],
    [
      'a later version of what it corrects',
      'Corrected',
      1,
      { name, corrected: happened },
      'Version 2 of event',
    ],
  ];

  it.each(cases)('stops at once and says so: %s', async (_, type, version, data, reason) => {
    const { log } = await aLogWith({ type, data });
    const store = new FaultyStore();
    const told = run(log, store, byStream);
    await store.until(byStream, ({ parked }) => parked !== undefined);
    await stopAll();

    const parked = {
      ...{ position: 2, id: eventId(stream, 1), stream, revision: 1, type, version },
      error: expect.stringContaining(reason),
    };
    expect(await store.readCheckpoint(byStream)).toEqual({ position: 1, parked });
    expect((await store.get(byStream, stream))?.positions).toEqual([1]);
    expect(told).toEqual([
      expect.objectContaining({
        ...{ level: 'error', projection: 'traces', correlationId, ...parked },
        msg: expect.stringContaining('parked'),
      }),
    ]);
    expect(JSON.stringify(told)).not.toContain('Testperson');
  });

  it.each(cases)(
    'stops though it seems to concern nothing in it: %s',
    async (_, type, version, data) => {
      const { log } = await aLogWith({ type, data });
      const store = new FaultyStore();
      run(log, store, ofDays);
      await store.until(ofDays, ({ parked }) => parked !== undefined);

      expect(await store.readCheckpoint(ofDays)).toEqual({
        position: 1,
        parked: expect.objectContaining({ position: 2, type, version }),
      });
    },
  );

  it('stands there again when it is resumed by a program that knows no more', async () => {
    const { log } = await aLogWith({ type: 'Discovered', data: {} });
    const store = new FaultyStore();
    const told = run(log, store, byStream);
    await store.until(byStream, ({ parked }) => parked !== undefined);
    await resumeProjection(store, byStream);
    await store.until(byStream, ({ parked }) => parked !== undefined);
    await stopAll();

    expect(told.map(({ level }) => level)).toEqual(['error', 'error']);
    expect(await store.readCheckpoint(byStream)).toMatchObject({ position: 1 });
  });

  it.each(cases)('goes on from there after an upgrade: %s', async (_, type, _version, data) => {
    const { log, upgraded } = await aLogWith({ type, data });
    const store = new FaultyStore();
    run(log, store, byStream);
    await store.until(byStream, ({ parked }) => parked !== undefined);
    await stopAll();

    await resumeProjection(store, byStream);
    const told = run(upgraded, store, byStream);
    await store.until(byStream, ({ position = 0 }) => position >= 3);

    expect((await store.get(byStream, stream))?.positions).toEqual([1, 2, 3]);
    expect(await store.readCheckpoint(byStream)).toEqual({ position: 3 });
    expect(told).toEqual([]);
  });
});
