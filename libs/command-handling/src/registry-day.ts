import type { EventLog } from '#libs/event-log';
import {
  type Actor,
  type CivilDay,
  eventId,
  type Instant,
  REGISTRY_DAYS_STREAM,
  type RecordedEvent,
} from '#libs/kernel';
import type { RegistryDayBegan } from '#libs/registry';

/** Who begins days: nobody in person. */
const registryActor: Actor = { id: 'registry', role: 'system' };
/** Who seeds the demo, and with it fixes its day. */
export const demoActor: Actor = { id: 'seed-demo', role: 'system' };

export type DayOutcome =
  { readonly kind: 'begun' | 'same' } | { readonly kind: 'earlier'; readonly last: CivilDay };

/**
 * Records that the registry's day changed: one event for each change. A day earlier than the last is
 * refused, since what was recorded on the later one would lie in its future.
 */
export async function beginRegistryDay(
  log: EventLog,
  { day, at, actor = registryActor }: { day: CivilDay; at: Instant; actor?: Actor },
): Promise<DayOutcome> {
  for (;;) {
    const last = await lastDayEvent(log);
    const lastDay = last && dayOf(last);
    if (lastDay === day) return { kind: 'same' };
    if (lastDay !== undefined && lastDay > day) return { kind: 'earlier', last: lastDay };
    const began: RegistryDayBegan = { type: 'RegistryDayBegan', data: { day } };
    const metadata = { actor, recordedAt: at, schemaVersion: 1 };
    const event = { ...began, id: eventId(REGISTRY_DAYS_STREAM, day), metadata };
    const appended = await log.append(REGISTRY_DAYS_STREAM, [event], last?.revision ?? 'no-stream');
    if (!('conflict' in appended)) return { kind: 'begun' };
  }
}

/** The registry's day of a demo, which stands still until another is set: the last one that began. */
export async function dayOfDemo(log: EventLog): Promise<CivilDay | undefined> {
  for await (const first of log.readStream(REGISTRY_DAYS_STREAM, { limit: 1 })) {
    if (first.metadata.actor.id !== demoActor.id) return undefined;
  }
  const last = await lastDayEvent(log);
  return last && dayOf(last);
}

async function lastDayEvent(log: EventLog): Promise<RecordedEvent | undefined> {
  const options = { direction: 'backwards', limit: 1 } as const;
  for await (const event of log.readStream(REGISTRY_DAYS_STREAM, options)) return event;
  return undefined;
}

function dayOf(event: RecordedEvent): CivilDay {
  return (event.data as RegistryDayBegan['data']).day;
}
