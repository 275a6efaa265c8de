import { describe, expect, it } from '@jest/globals';
import {
  createMemoryEventLog,
  createMemoryKeys,
  type EventLog,
  EventLogUnavailable,
} from '#libs/event-log';
import { eventId, IMPORTS_STREAM, type RecordedEvent, registrantStream } from '#libs/kernel';
import { enactedTimeline, policyEventTable } from '#libs/policy';
import { importEventTable, registrantEventTable, registryDayTable } from '#libs/registry';
import { aCallIn, anArrival } from '#libs/spec';
import { appendHistory, type HistoryEvent } from './adoption.js';
import { HistoryConflict } from './append-run.js';
import { isSeedPending, policyHistory, seedIfEmpty } from './seeding.js';

const tables = [registrantEventTable, policyEventTable, importEventTable, registryDayTable];
const mark = { at: '2026-11-24T12:00:00.000Z', by: 'spec', file: 'f'.repeat(64), adopted: true };
const now = (): string => mark.at;

function idOf(person: number): string {
  return `5c0ffee5-0000-4000-8000-${String(person).padStart(12, '0')}`;
}

/** Arrivals of so many people, then the call-in of each: two lines of a stream, far apart. */
function aHistory(people: number): readonly HistoryEvent[] {
  const events = [anArrival({ arrivedOn: '2002-10-01' }), aCallIn({ registeredOn: '2002-11-25' })];
  return events.flatMap(({ type, data }, at) =>
    Array.from({ length: people }, (_, person) => {
      const registrantId = idOf(person);
      const stream = registrantStream(registrantId);
      const metadata = {
        actor: { id: 'officer-1', role: 'officer' },
        recordedAt: '2002-12-01T00:00:00.000Z',
        schemaVersion: 1,
      };
      return { id: eventId(stream, at), stream, type, data: { ...data, registrantId }, metadata };
    }),
  );
}

async function all(log: EventLog): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of log.readAll()) events.push(event);
  return events;
}

/** A log that is gone after so many appends. */
function breaking(log: EventLog, after: number): EventLog {
  let left = after;
  const append: EventLog['append'] = async (...args) => {
    left -= 1;
    if (left < 0) throw new EventLogUnavailable('broken on purpose');
    return log.append(...args);
  };
  return new Proxy(log, {
    get: (target, name: keyof EventLog) =>
      name === 'append' ? append : (target[name] as () => unknown).bind(target),
  });
}

describe('a history', () => {
  it('is appended in the order of each stream, marked as imported, its own times kept', async () => {
    const log = createMemoryEventLog(tables, createMemoryKeys());
    const lines = aHistory(300);
    const seen: number[] = [];
    expect(await appendHistory(log, lines, { mark, onProgress: (n) => seen.push(n) })).toBe(600);
    const events = await all(log);
    expect(new Set(events.map(({ id }) => id))).toEqual(new Set(lines.map(({ id }) => id)));
    expect(seen.at(-1)).toBe(600);
    for (const { stream, id, revision, metadata } of events) {
      expect(id).toBe(eventId(stream, revision));
      expect(metadata).toMatchObject({ recordedAt: '2002-12-01T00:00:00.000Z', imported: mark });
    }
  });

  it('keeps the place of a policy event among all lines', async () => {
    const log = createMemoryEventLog(tables, createMemoryKeys());
    const [first, second] = policyHistory(enactedTimeline);
    const people = aHistory(3);
    const lines = [...people.slice(0, 3), first!, ...people.slice(3), second!];
    await appendHistory(log, lines, { mark });
    expect((await all(log)).map(({ id }) => id)).toEqual(lines.map(({ id }) => id));
  });

  it('that broke off is taken up where it ended, and a whole one again changes nothing', async () => {
    const lines = [...policyHistory(enactedTimeline), ...aHistory(20)];
    const log = createMemoryEventLog(tables, createMemoryKeys());
    for (const appends of [3, 40]) {
      const broken = appendHistory(breaking(log, appends), lines, { mark });
      await expect(broken).rejects.toThrow(EventLogUnavailable);
    }
    for (let round = 0; round < 2; round += 1) {
      await appendHistory(log, lines, { mark });
      expect((await all(log)).map(({ id }) => id).sort()).toEqual(lines.map(({ id }) => id).sort());
    }
  });

  it('that has grown adds what is new', async () => {
    const log = createMemoryEventLog(tables, createMemoryKeys());
    const lines = aHistory(2);
    const [one, two] = [lines[0]!, lines[2]!];
    await appendHistory(log, [one], { mark });
    await appendHistory(log, [one, two], { mark });
    expect((await all(log)).map(({ id }) => id)).toEqual([one.id, two.id]);
  });

  it('is not appended to a stream that holds other events', async () => {
    const log = createMemoryEventLog(tables, createMemoryKeys());
    const lines = aHistory(1);
    const [first, second] = [lines[0]!, lines[1]!];
    await appendHistory(log, [second], { mark });
    await expect(appendHistory(log, [first], { mark })).rejects.toThrow(HistoryConflict);
    await expect(appendHistory(log, [first, second], { mark })).rejects.toThrow(HistoryConflict);
    expect(await all(log)).toHaveLength(1);
  });
});

describe('seeding', () => {
  const seed = { name: 'demo', lines: aHistory(5), day: '2003-11-20' } as const;

  it('fills an empty log once, marks it, and begins the demo’s day', async () => {
    const log = createMemoryEventLog(tables, createMemoryKeys());
    expect(await isSeedPending(log)).toBe(true);
    await seedIfEmpty(log, seed, { now });
    const events = await all(log);
    const types = events.map(({ type }) => type);
    expect(types[0]).toBe('HistoryImportBegun');
    expect(types.slice(-2)).toEqual(['HistoryImportCompleted', 'RegistryDayBegan']);
    expect(types).toHaveLength(seed.lines.length + 3);
    // The demo's own day, so that what was known on it includes that it had begun.
    expect(events.at(-1)?.metadata.recordedAt).toBe(`${seed.day}T12:00:00.000Z`);
    expect(await isSeedPending(log)).toBe(false);
    await seedIfEmpty(log, seed, { now });
    expect(await all(log)).toEqual(events);
  });

  it.each([1, 2, 7, 12, 13])(
    'that broke off after %d appends is finished by the next',
    async (n) => {
      const log = createMemoryEventLog(tables, createMemoryKeys());
      const options = { now: () => '2026-11-24T11:00:00.000Z' };
      await seedIfEmpty(breaking(log, n), seed, options).catch(() => undefined);
      await seedIfEmpty(log, seed, { now });
      expect(await isSeedPending(log)).toBe(false);
      const ids = (await all(log)).map(({ id }) => id);
      expect(ids).toHaveLength(seed.lines.length + 3);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  it('leaves a log alone that holds anything else', async () => {
    const log = createMemoryEventLog(tables, createMemoryKeys());
    await appendHistory(log, aHistory(1), { mark });
    await seedIfEmpty(log, seed, { now });
    expect(await all(log)).toHaveLength(2);
    expect(await log.readStream(IMPORTS_STREAM)[Symbol.asyncIterator]().next()).toHaveProperty(
      'done',
      true,
    );
  });
});
