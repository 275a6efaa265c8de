import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createMemoryEventLog, type EventLog } from '#libs/event-log';
import type { RecordedEvent } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import type { Projection } from '#libs/view-store';
import { event, faults, FaultyStore, ScriptedLog, type Trace, traces } from './faults.contract.js';
import { projectionStatuses, resumeProjection, runProjection } from './index.js';

const quiet = { warn: () => undefined, error: () => undefined };

interface Run {
  readonly log: Pick<EventLog, 'follow' | 'readAllStored'>;
  readonly store: FaultyStore;
  readonly projection?: Projection<Trace>;
}

describe('a projection', () => {
  const running: { readonly stop: AbortController; readonly done: Promise<void> }[] = [];

  function run({ log, store, projection = traces }: Run): AbortController {
    const stop = new AbortController();
    const options = { store, projection, logger: quiet, pause: () => setImmediate() };
    const done = runProjection({ ...options, log: log as EventLog }, stop.signal);
    running.push({ stop, done });
    return stop;
  }

  async function stopAll(): Promise<void> {
    for (const { stop } of running) stop.abort();
    await Promise.all(running.splice(0).map(({ done }) => done));
  }
  afterEach(stopAll);

  const reaches =
    (last: number) =>
    ({ position = -1 }) =>
      position >= last;

  async function shown(store: FaultyStore, streams: readonly string[]) {
    const views = await store.getMany(traces, streams);
    return new Map([...views].map(([id, { positions }]) => [id, positions]));
  }

  function positionsByStream(events: readonly RecordedEvent[]): Map<string, number[]> {
    const byStream = new Map<string, number[]>();
    for (const { stream, position } of events) {
      byStream.set(stream, [...(byStream.get(stream) ?? []), position]);
    }
    return byStream;
  }

  const streams = ['a', 'b', 'c'];
  const history = fc
    .array(fc.constantFrom(...streams), { minLength: 1, maxLength: 30 })
    .map((names) => names.map((stream, at) => event(at * 5, stream)));
  const script = fc.array(fc.constantFrom(...faults), { maxLength: 8 });
  const perStream: Projection<Trace> = {
    ...traces,
    concerns: ({ stream, type }) => (type === 'Ignored' ? [] : [stream]),
  };

  it('folds each event once, whatever is delivered again and wherever it breaks off', async () => {
    await fc.assert(
      fc.asyncProperty(
        history,
        script,
        fc.array(fc.nat(9), { minLength: 1, maxLength: 8 }),
        async (events, faulty, stepsBack) => {
          const store = new FaultyStore(faulty);
          run({ log: new ScriptedLog(events, stepsBack), store, projection: perStream });
          await store.until(traces, reaches(events.at(-1)?.position ?? 0));
          await stopAll();

          expect(await shown(store, streams)).toEqual(positionsByStream(events));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('comes out the same where two run at once, one of which does not come as far', async () => {
    await fc.assert(
      fc.asyncProperty(history, script, fc.nat(30), async (events, faulty, seen) => {
        const store = new FaultyStore(faulty);
        const until = store.until(traces, reaches(events.at(-1)?.position ?? 0));
        run({ log: new ScriptedLog(events), store, projection: perStream });
        run({ log: new ScriptedLog(events.slice(0, seen), [3, 0]), store, projection: perStream });
        await until;
        await stopAll();

        expect(await shown(store, streams)).toEqual(positionsByStream(events));
      }),
      { numRuns: 40 },
    );
  });

  it('takes itself up where an earlier run stopped', async () => {
    const events = [event(1, 'a'), event(2, 'b'), event(3, 'a')];
    const store = new FaultyStore();
    run({ log: new ScriptedLog(events.slice(0, 2)), store, projection: perStream });
    await store.until(traces, reaches(2));
    await stopAll();
    const log = new ScriptedLog(events);
    run({ log, store, projection: perStream });
    await store.until(traces, reaches(3));

    expect(await shown(store, ['a', 'b'])).toEqual(
      new Map([
        ['a', [1, 3]],
        ['b', [2]],
      ]),
    );
  });

  it('moves its checkpoint over events that concern nothing', async () => {
    const store = new FaultyStore();
    run({
      log: new ScriptedLog([event(1, 'a'), event(2, 'a', 'Ignored')]),
      store,
      projection: perStream,
    });
    await store.until(traces, reaches(2));

    expect(await shown(store, ['a'])).toEqual(new Map([['a', [1]]]));
  });

  it('is parked at an event that it chokes on, with all before it shown, and goes on when resumed', async () => {
    const events = [event(1, 'a'), event(2, 'b'), event(3, 'a', 'Poison'), event(4, 'b')];
    const store = new FaultyStore();
    let isCured = false;
    const projection: Projection<Trace> = {
      ...perStream,
      apply: (view, poisoned) =>
        traces.apply(view, isCured ? { ...poisoned, type: 'Happened' } : poisoned),
    };
    run({ log: new ScriptedLog(events), store, projection });
    await store.until(traces, ({ parked }) => parked !== undefined);

    expect(await store.readCheckpoint(traces)).toEqual({
      position: 2,
      parked: {
        ...{ position: 3, id: 'event-3', stream: 'a', revision: 0, type: 'Poison', version: 1 },
        error: 'Error: this cannot be folded',
      },
    });
    expect(await shown(store, ['a', 'b'])).toEqual(
      new Map([
        ['a', [1]],
        ['b', [2]],
      ]),
    );
    expect(await projectionStatuses(store, [traces], 4)).toEqual([
      {
        name: 'traces',
        version: 1,
        position: 2,
        lag: 2,
        parked: expect.objectContaining({ position: 3 }),
      },
    ]);

    isCured = true;
    expect(await resumeProjection(store, traces)).toBe(true);
    await store.until(traces, reaches(4));

    expect(await shown(store, ['a', 'b'])).toEqual(
      new Map([
        ['a', [1, 3]],
        ['b', [2, 4]],
      ]),
    );
    expect(await resumeProjection(store, traces)).toBe(false);
  });

  it('says at which event it is parked under the id of the request by which that came to be', async () => {
    const correlationId = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6';
    const poison = event(1, 'a', 'Poison');
    const requested = { ...poison.metadata, $correlationId: correlationId };
    const store = new FaultyStore();
    const told: object[] = [];
    const destination = { write: (line: string) => void told.push(JSON.parse(line)) };
    const logger = createLogger({ level: 'warn', process: 'spec', destination });
    const log = new ScriptedLog([{ ...poison, metadata: requested }]) as unknown as EventLog;
    const stop = new AbortController();
    const done = runProjection({ log, store, projection: perStream, logger }, stop.signal);
    running.push({ stop, done });
    await store.until(traces, ({ parked }) => parked !== undefined);
    await stopAll();

    expect(told).toEqual([expect.objectContaining({ position: 1, correlationId })]);
  });

  it('is parked where it makes a document that no store keeps', async () => {
    const store = new FaultyStore();
    const projection: Projection<Trace> = {
      ...traces,
      concerns: () => ['\u0000'],
      apply: () => ({ _id: '\u0000', position: 0, positions: [] }),
    };
    run({ log: new ScriptedLog([event(1, 'a')]), store, projection });
    await store.until(traces, ({ parked }) => parked !== undefined);

    expect((await store.readCheckpoint(traces))?.parked?.error).toContain('_id');
  });

  it('is parked where it gives another document than it was asked for', async () => {
    const store = new FaultyStore();
    run({ log: new ScriptedLog([event(1, 'a')]), store });
    await store.until(traces, ({ parked }) => parked !== undefined);

    expect((await store.readCheckpoint(traces))?.parked?.error).toContain('another document');
  });

  it('is parked, another one than it is not, at an event that cannot be read', async () => {
    const events = [event(1, 'a'), event(2, 'a'), event(3, 'b')];
    const log = new ScriptedLog(events);
    log.unreadable.add(2);
    const store = new FaultyStore();
    const ofB: Projection<Trace> = {
      ...traces,
      name: 'traces-of-b',
      concerns: ({ stream }) => (stream === 'b' ? [stream] : []),
    };
    run({ log, store, projection: perStream });
    run({ log, store, projection: ofB });
    await store.until(traces, ({ parked }) => parked !== undefined);
    await store.until(ofB, reaches(3));

    expect(await store.readCheckpoint(traces)).toEqual({
      position: 1,
      parked: {
        ...{ position: 2, id: 'event-2', stream: 'a', revision: 0, type: 'Happened', version: 1 },
        error: 'Error: this cannot be opened',
      },
    });
    expect(await store.readCheckpoint(ofB)).toEqual({ position: 3 });
  });

  it('is not parked by an event that can be read the next time', async () => {
    const log = new ScriptedLog([event(1, 'a'), event(2, 'a')]);
    log.unreadable.add(2);
    const store = new FaultyStore();
    const projection = perStream;
    const stop = new AbortController();
    let pauses = 0;
    const pause = () => {
      pauses += 1;
      if (pauses === 3) log.unreadable.clear();
      return setImmediate();
    };
    const options = { store, projection, logger: quiet, pause, log: log as unknown as EventLog };
    running.push({ stop, done: runProjection(options, stop.signal) });
    await store.until(traces, reaches(2));

    expect(pauses).toBe(3);
    expect(await store.readCheckpoint(traces)).toEqual({ position: 2 });
  });

  it('removes a document when nothing of it is left', async () => {
    const store = new FaultyStore();
    const projection: Projection<Trace> = {
      ...perStream,
      apply: (view, next) => (next.type === 'Ended' ? undefined : traces.apply(view, next)),
    };
    const events = [event(1, 'a'), event(2, 'b'), event(3, 'a', 'Ended'), event(4, 'x', 'Ended')];
    run({ log: new ScriptedLog(events), store, projection });
    await store.until(traces, reaches(4));

    expect(await shown(store, ['a', 'b', 'x'])).toEqual(new Map([['b', [2]]]));
  });

  it('follows a log as it grows, a flood of events in batches', async () => {
    const shape = { version: 1, personal: [], check: () => [] };
    const log = createMemoryEventLog([{ Happened: shape }]);
    const store = new FaultyStore();
    run({ log, store, projection: perStream });
    const { metadata } = event(0, '');
    const append = (stream: string, from: number, count: number) =>
      log.append(
        stream,
        Array.from({ length: count }, (_, at) => ({
          id: `00000000-0000-4000-8000-${String(from + at).padStart(12, '0')}`,
          type: 'Happened',
          data: {},
          metadata,
        })),
        'any',
      );
    await append('imports', 1, 1_500);
    await store.until(traces, reaches(1_500));
    await append('registry-days', 2_000, 1);
    await store.until(traces, reaches(1_501));

    const views = await shown(store, ['imports', 'registry-days']);
    expect(views.get('imports')).toHaveLength(1_500);
    expect(views.get('registry-days')).toEqual([1_501]);
    expect(await projectionStatuses(store, [traces], await log.head())).toEqual([
      { name: 'traces', version: 1, position: 1_501, lag: 0 },
    ]);
  });
});
