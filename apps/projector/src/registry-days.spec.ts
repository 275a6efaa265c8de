import { describe, expect, it } from '@jest/globals';
import { beginRegistryDay, demoActor, policyHistory, seedIfEmpty } from '#libs/command-handling';
import { createMemoryEventLog, type EventLog, EventLogUnavailable } from '#libs/event-log';
import { REGISTRY_DAYS_STREAM } from '#libs/kernel';
import { enactedTimeline, policyEventTable } from '#libs/policy';
import { importEventTable, registrantEventTable, registryDayTable } from '#libs/registry';
import { beginFirstDay, DayEarlierThanLast } from './registry-days.js';

const tables = [policyEventTable, registrantEventTable, registryDayTable, importEventTable];
const present = () => '2026-11-24T10:00:00.000Z';
const never = new AbortController().signal;

async function daysIn(log: EventLog): Promise<unknown[]> {
  const days: unknown[] = [];
  for await (const { data } of log.readStream(REGISTRY_DAYS_STREAM)) days.push(data);
  return days;
}

describe("the registry's days", () => {
  it('begin with the UTC day, once however often the process starts', async () => {
    const log = createMemoryEventLog(tables);
    const deps = { settings: { seed: 'none' }, log, present } as const;

    const clock = await beginFirstDay(deps, never);
    await beginFirstDay(deps, never);

    expect(clock.registryDay()).toBe('2026-11-24');
    expect(await daysIn(log)).toEqual([{ day: '2026-11-24' }]);
  });

  it('begin with the day that is set, and go on with a later one, gaps unfilled', async () => {
    const log = createMemoryEventLog(tables);
    await beginFirstDay({ settings: { seed: 'none', today: '2003-11-20' }, log, present }, never);
    await beginFirstDay({ settings: { seed: 'none', today: '2003-12-05' }, log, present }, never);

    expect(await daysIn(log)).toEqual([{ day: '2003-11-20' }, { day: '2003-12-05' }]);
  });

  it('are refused where they would go back', async () => {
    const log = createMemoryEventLog(tables);
    await beginRegistryDay(log, { day: '2003-12-05', at: present() });
    const earlier = { settings: { seed: 'none', today: '2003-11-20' }, log, present } as const;

    await expect(beginFirstDay(earlier, never)).rejects.toThrow(DayEarlierThanLast);
    await expect(beginFirstDay(earlier, never)).rejects.toThrow(
      "The registry's day would be 2003-11-20, earlier than the last one recorded, 2003-12-05.",
    );
    expect(await daysIn(log)).toEqual([{ day: '2003-12-05' }]);
  });

  it('stand still on the day of a demo until another is set', async () => {
    const log = createMemoryEventLog(tables);
    await beginRegistryDay(log, { day: '2003-11-20', at: present(), actor: demoActor });

    const clock = await beginFirstDay({ settings: { seed: 'none' }, log, present }, never);

    expect(clock.now()).toBe('2003-11-20T10:00:00.000Z');
    expect(await daysIn(log)).toEqual([{ day: '2003-11-20' }]);
  });

  it('begin behind the seed of an empty log, and once the log can be reached', async () => {
    const log = createMemoryEventLog(tables);
    let attempts = 0;
    const head: EventLog['head'] = async () => {
      attempts += 1;
      if (attempts === 1) throw new EventLogUnavailable('not up yet.');
      if (attempts === 2) return undefined;
      const lines = policyHistory(enactedTimeline.slice(0, 1));
      await seedIfEmpty(log, { name: 'timeline', lines }, { now: present });
      return await log.head();
    };
    const readStream: EventLog['readStream'] = (...read) => log.readStream(...read);
    const append: EventLog['append'] = (...events) => log.append(...events);
    const away = { head, readStream, append } as unknown as EventLog;

    await beginFirstDay({ settings: { seed: 'timeline' }, log: away, present }, never);
    const streams: string[] = [];
    for await (const { stream } of log.readAll()) streams.push(stream);

    expect(streams).toEqual(['imports', 'policy-nseers', 'imports', 'registry-days']);
  });

  it('begin no more when the process is told to stop', async () => {
    const log = createMemoryEventLog(tables);
    const stopped = beginFirstDay(
      { settings: { seed: 'demo' }, log, present },
      AbortSignal.abort(),
    );

    await expect(stopped).rejects.toThrow();
    expect(await daysIn(log)).toEqual([]);
  });
});
