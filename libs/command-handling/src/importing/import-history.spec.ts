import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  createMemoryEventLog,
  type EventLog,
  EventLogUnavailable,
  historyLine,
} from '#libs/event-log';
import {
  IMPORTS_STREAM,
  POLICY_STREAM,
  type RecordedEvent,
  REGISTRY_DAYS_STREAM,
} from '#libs/kernel';
import { enactedTimeline } from '#libs/policy';
import { eventTables } from '../event-tables.js';
import { beginRegistryDay } from '../registry-day.js';
import { policyHistory } from '../seeding.js';
import type { Imported } from './import-history.js';
import {
  actor,
  aHistory,
  all,
  aRegistry,
  arrival,
  breaking,
  byStream,
  callIn,
  contents,
  idOf,
  imported,
  lineOf,
  NOW,
  textOf,
} from './imported.contract.js';

const aDeparture = {
  type: 'UnregisteredDepartureRecorded',
  data: { departedOn: '2003-01-01', source: 'other' },
};

describe('an import', () => {
  it('into a registry without registrants is an adoption, in the order of each stream', async () => {
    const registry = aRegistry();
    const lines = aHistory(50);
    const outcome = await imported(registry, textOf(lines));
    expect(outcome).toMatchObject({
      kind: 'imported',
      adopted: true,
      appended: 100,
      alreadyThere: 0,
    });
    const events = await contents(registry);
    expect(byStream(events)).toEqual(byStream(lines));
    for (const { metadata } of events) {
      const mark = { at: NOW, by: actor.id, file: (outcome as Imported).file, adopted: true };
      expect(metadata).toEqual({ ...lines[0]?.metadata, imported: mark });
    }
    const marks = await all(registry.log.readStream(IMPORTS_STREAM));
    expect(marks.map(({ type }) => type)).toEqual(['HistoryImportBegun', 'HistoryImportCompleted']);
    expect(marks[0]?.data).toMatchObject({ events: 100, adopted: true });
  });

  it('again appends nothing, and a longer file only what is new, known from then on', async () => {
    const registry = aRegistry();
    await imported(registry, textOf(aHistory(3)));
    const before = await all(registry.log.readAll());
    expect(await imported(registry, textOf(aHistory(3)))).toMatchObject({
      kind: 'imported',
      adopted: true,
      appended: 0,
      alreadyThere: 6,
    });
    expect(await all(registry.log.readAll())).toEqual(before);
    const later = { now: '2026-11-25T12:00:00.000Z' };
    const more = await imported(registry, textOf(aHistory(4)), later);
    expect(more).toMatchObject({ adopted: false, appended: 2, alreadyThere: 6 });
    const added = (await contents(registry)).filter(({ stream }) => stream.endsWith('3'));
    expect(added.map(({ metadata }) => metadata.imported)).toEqual(
      [0, 1].map(() => expect.objectContaining({ at: later.now, adopted: false })),
    );
    expect(byStream(await contents(registry))).toEqual(byStream(aHistory(4)));
  });

  it.each([0, 1, 2, 25, 60, 61])(
    'that broke off after %d appends goes on, as the adoption that it was',
    async (appends) => {
      const registry = aRegistry();
      const text = textOf(aHistory(60));
      const broken = imported(breaking(registry, appends), text);
      await expect(broken).rejects.toThrow(EventLogUnavailable);
      const later = { now: '2026-11-25T12:00:00.000Z' };
      const outcome = await imported(registry, text, later);
      expect(outcome).toMatchObject({ kind: 'imported', adopted: true });
      const events = await contents(registry);
      expect(byStream(events)).toEqual(byStream(aHistory(60)));
      const at = new Set(events.map(({ metadata }) => metadata.imported?.at));
      expect([...at]).toEqual([appends === 0 ? later.now : NOW]);
      expect(await all(registry.log.readStream(IMPORTS_STREAM))).toHaveLength(2);
    },
  );

  it('stops between two appends when it is told to, and goes on later', async () => {
    const registry = aRegistry();
    const stopping = AbortSignal.abort(new Error('enough'));
    const text = textOf(aHistory(5));
    await expect(imported(registry, text, { signal: stopping })).rejects.toThrow('enough');
    expect(await imported(registry, text)).toMatchObject({ appended: 10 });
  });

  it('keeps the place of policy events among all lines', async () => {
    const registry = aRegistry();
    const [first, second] = policyHistory(enactedTimeline);
    const lines = [arrival(1), first!, arrival(2), callIn(1), second!, callIn(2)];
    expect(await imported(registry, textOf(lines))).toMatchObject({ appended: 6 });
    const ids = (await contents(registry)).map(({ id }) => id);
    expect(ids).toEqual(lines.map(({ id }) => id));
  });

  it('takes an export, encrypted, where the keys are, and where they are not', async () => {
    const from = aRegistry();
    await beginRegistryDay(from.log, { day: '2003-11-20', at: NOW });
    const policy = policyHistory(enactedTimeline);
    // Which holds nothing personal, so that nothing of it is encrypted.
    const leaving = lineOf(1, 2, aDeparture);
    await imported(from, textOf([...policy, ...aHistory(2), leaving]));
    let text = '';
    for await (const event of from.log.readAllStored()) text += historyLine(event);
    expect(text).not.toContain('"fin"');

    const withKeys = { log: createMemoryEventLog(eventTables, from.keys), keys: from.keys };
    await beginRegistryDay(withKeys.log, { day: '2026-11-24', at: NOW });
    const taken = policy.length + 5;
    const counts = { kind: 'imported', adopted: true, appended: taken, passedOver: 3 };
    expect(await imported(withKeys, text)).toMatchObject({ ...counts, closed: 0 });
    const lives = (events: readonly RecordedEvent[]) =>
      byStream(events.filter(({ stream }) => stream !== REGISTRY_DAYS_STREAM));
    expect(lives(await contents(withKeys))).toEqual(lives(await contents(from)));

    const without = aRegistry();
    await beginRegistryDay(without.log, { day: '2026-11-24', at: NOW });
    expect(await imported(without, text)).toMatchObject({ ...counts, closed: 4 });
    expect((await contents(without)).filter(({ isSealed }) => isSealed)).toHaveLength(4);
    expect(without.keys.find(idOf(0))).toBeUndefined();
  });

  it('takes over since when an adopted event was known, also from an import before', async () => {
    const mark = { at: '2004-05-06T00:00:00.000Z', by: 'x', file: 'f'.repeat(64), adopted: false };
    const line = arrival(1);
    const text = textOf([{ ...line, metadata: { ...line.metadata, imported: mark } }]);
    const registry = aRegistry();
    await imported(registry, text);
    expect((await contents(registry))[0]?.metadata.imported).toEqual(mark);
    const other = aRegistry();
    await imported(other, textOf([arrival(2)]));
    await imported(other, text);
    expect((await contents(other))[1]?.metadata.imported).toMatchObject({
      at: NOW,
      adopted: false,
    });
  });

  it('names the stream and line at whose place the log holds another event', async () => {
    const registry = aRegistry();
    await imported(registry, textOf([arrival(1)]));
    const other = { ...arrival(1), id: randomUUID() };
    expect(await imported(registry, textOf([arrival(2), other]))).toEqual({
      kind: 'conflict',
      conflict: { line: 2, stream: other.stream },
      appended: 0,
    });
    const policy = policyHistory(enactedTimeline);
    await imported(registry, textOf(policy.slice(0, 2)));
    expect(await imported(registry, textOf([policy[1]!]))).toMatchObject({
      conflict: { line: 1, stream: POLICY_STREAM },
    });
    expect(await contents(registry)).toHaveLength(3);
  });

  it('is not deceived by what others record meanwhile', async () => {
    const registry = aRegistry();
    await imported(registry, textOf([arrival(9)]));
    let isFirst = true;
    const meanwhile: EventLog['append'] = async (stream, ...rest) => {
      if (stream !== IMPORTS_STREAM && isFirst) {
        isFirst = false;
        const { id: _id, ...line } = arrival(1);
        await registry.log.append(line.stream, [{ ...line, id: randomUUID() }], 'no-stream');
      }
      return registry.log.append(stream, ...rest);
    };
    const log = new Proxy(registry.log, {
      get: (target, name: keyof EventLog) =>
        name === 'append' ? meanwhile : (target[name] as () => unknown).bind(target),
    });
    const outcome = await imported({ ...registry, log }, textOf([arrival(1)]));
    expect(outcome).toMatchObject({ kind: 'conflict', conflict: { line: 1 } });
  });
});
