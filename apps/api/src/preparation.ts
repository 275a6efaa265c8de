import { setTimeout as wait } from 'node:timers/promises';
import {
  dayOfDemo,
  isSeedPending,
  policyHistory,
  registryClock,
  type Seed,
  seedIfEmpty,
} from '#libs/command-handling';
import { type EventLog, EventLogUnavailable } from '#libs/event-log';
import type { CivilDay, Instant } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import { enactedTimeline } from '#libs/policy';
import type { Settings } from '#libs/settings';
import { generateHistory } from '#libs/synthetic-history';
import type { RegistryDay } from './registry-day.js';

/** The day on which the demo stands: the policy published by then, and the suspension still to come. */
const DEMO_DAY: CivilDay = '2003-11-20';
const DEMO_PEOPLE = 500;
const DEMO_SEED = 1;
const RETRY_MS = 500;

/** What must have happened before anything is served: an empty log seeded, the registry's day known. */
export class Preparation {
  #state: 'waiting for the event log' | 'seeding' | 'done' = 'waiting for the event log';
  #position: number | undefined;

  constructor(
    private readonly deps: {
      readonly settings: Pick<Settings, 'seed' | 'today'>;
      readonly log: EventLog;
      readonly day: RegistryDay;
      readonly logger: Logger;
      readonly present: () => Instant;
    },
  ) {}

  /** Where the log ended when all was prepared; absent before, and where it was empty. */
  get position(): number | undefined {
    return this.#position;
  }

  get state(): string {
    return this.#state;
  }

  /** Tries until it is done, or the signal aborts; throws where the log holds what it cannot go on from. */
  async run(signal: AbortSignal): Promise<void> {
    const isStopping = (): boolean => signal.aborted;
    while (!isStopping()) {
      try {
        await this.#once();
        this.#state = 'done';
        return;
      } catch (error) {
        if (isStopping()) return;
        if (!(error instanceof EventLogUnavailable)) throw error;
        await wait(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #once(): Promise<void> {
    const { settings, log, day, logger, present } = this.deps;
    if (settings.seed !== 'none' && (await isSeedPending(log))) {
      this.#state = 'seeding';
      await seedIfEmpty(log, seedNamed(settings.seed), {
        now: present,
        onProgress: (events) => logger.debug({ events }, 'Seeding.'),
      });
    }
    const fixed = settings.today ?? (await dayOfDemo(log));
    day.follow(registryClock(present, fixed));
    this.#position = await log.head();
  }
}

function seedNamed(name: 'demo' | 'timeline'): Seed {
  if (name === 'timeline') return { name, lines: policyHistory(enactedTimeline) };
  const policy = policyHistory(
    enactedTimeline.filter(({ publishedOn }) => publishedOn <= DEMO_DAY),
  );
  const people = generateHistory({ people: DEMO_PEOPLE, seed: DEMO_SEED, until: DEMO_DAY });
  const lines = [...policy, ...people].sort((a, b) =>
    a.metadata.recordedAt < b.metadata.recordedAt
      ? -1
      : a.metadata.recordedAt > b.metadata.recordedAt
        ? 1
        : 0,
  );
  return { name, lines, day: DEMO_DAY };
}
