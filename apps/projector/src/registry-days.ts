import { setTimeout as wait } from 'node:timers/promises';
import {
  beginRegistryDay,
  dayOfDemo,
  isSeedPending,
  registryClock,
  type RegistryClock,
} from '#libs/command-handling';
import { type EventLog, EventLogUnavailable } from '#libs/event-log';
import type { Instant } from '#libs/kernel';
import type { Settings } from '#libs/settings';

const POLL_MS = 250;
/** Well within the minute in which a day turns. */
const LOOK_MS = 20_000;

export interface RegistryDaysDeps {
  readonly settings: Pick<Settings, 'seed' | 'today'>;
  readonly log: EventLog;
  readonly present: () => Instant;
}

/** The registry's day would be earlier than the last one recorded. */
export class DayEarlierThanLast extends Error {
  constructor(day: string, last: string) {
    super(
      `The registry's day would be ${day}, earlier than the last one recorded, ${last}. ` +
        `Set PORTBOOK_TODAY to ${last} or later, or unset it.`,
    );
    this.name = 'DayEarlierThanLast';
  }
}

/**
 * Records the registry's day once an empty log has been seeded, and answers the clock by which the
 * next ones begin. Waits for a log that cannot be reached; throws `DayEarlierThanLast`.
 */
export async function beginFirstDay(
  deps: RegistryDaysDeps,
  signal: AbortSignal,
): Promise<RegistryClock> {
  for (;;) {
    signal.throwIfAborted();
    try {
      const clock = await clockWhenSeeded(deps);
      if (clock) {
        await beginDay(deps.log, clock);
        return clock;
      }
    } catch (error) {
      if (!(error instanceof EventLogUnavailable)) throw error;
    }
    await wait(POLL_MS, undefined, { signal });
  }
}

/** Records each change of the day until the signal aborts. */
export async function followDays(
  log: EventLog,
  clock: RegistryClock,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await wait(LOOK_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      await beginDay(log, clock);
    } catch (error) {
      if (!(error instanceof EventLogUnavailable)) throw error;
    }
  }
}

/** Undefined while somebody is still seeding: the day of a demo is fixed by its seed. */
async function clockWhenSeeded({
  settings,
  log,
  present,
}: RegistryDaysDeps): Promise<RegistryClock | undefined> {
  if (settings.seed !== 'none' && (await isSeedPending(log))) return undefined;
  return registryClock(present, settings.today ?? (await dayOfDemo(log)));
}

async function beginDay(log: EventLog, clock: RegistryClock): Promise<void> {
  const day = clock.registryDay();
  const outcome = await beginRegistryDay(log, { day, at: clock.now() });
  if (outcome.kind === 'earlier') throw new DayEarlierThanLast(day, outcome.last);
}
