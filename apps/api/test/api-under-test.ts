import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { isRole, type Role } from '#libs/access';
import {
  appendHistory,
  beginRegistryDay,
  eventTables,
  policyHistory,
  registryClock,
} from '#libs/command-handling';
import { createMemoryEventLog, createMemoryKeys, type EventLog } from '#libs/event-log';
import { type CivilDay, eventId } from '#libs/kernel';
import { createLogger, Registry, ReportedMetrics } from '#libs/observability';
import { enactedTimeline } from '#libs/policy';
import { runProjection } from '#libs/projecting';
import { registrantCommandExamples } from '#libs/registry';
import { openMemoryViews, type ViewStore } from '#libs/view-store';
import { createWebApp, unauthenticated, type VerifyToken } from '#libs/web';
import { policyTimeline } from '#projections/policy-timeline';
import { registrantFile } from '#projections/registrant-file';
import { apiModule } from '../src/api.module.js';
import { serveOpenApi } from '../src/openapi.js';
import { ReadyGuard } from '../src/ready.guard.js';
import { Preparation } from '../src/preparation.js';
import { RegistryDay } from '../src/registry-day.js';

export interface ApiOptions {
  /** The registry's day; 2003-11-20 unless said, when the suspension is still to come. */
  readonly today?: CivilDay;
  /** The enacted policy published up to this day is in the log; none unless said. */
  readonly policyUntil?: CivilDay;
  /** Stands between the API and its log. */
  readonly through?: (log: EventLog) => EventLog;
  /** Likewise between it and its views. */
  readonly viewsThrough?: (views: ViewStore) => ViewStore;
  /** What is the matter with the keys of registrants. */
  readonly keysProblem?: string;
  /** Whether all is prepared, as it is unless said. */
  readonly isPrepared?: boolean;
}

/** The whole API over a log and views in memory, with its projections running. */
export interface ApiUnderTest {
  readonly app: NestExpressApplication;
  readonly log: EventLog;
  readonly views: ViewStore;
  /** What other processes would tell of themselves. */
  readonly reported: ReportedMetrics;
  /** Where the file of an import lies while it comes in. */
  readonly spoolFolder: string;
  /** What was logged. */
  readonly logged: readonly string[];
  readonly http: () => ReturnType<typeof request>;
  /** Another day of the registry begins, and is recorded. */
  readonly beginDay: (day: CivilDay) => Promise<void>;
  readonly close: () => Promise<void>;
}

const PRESENT = '2003-11-20T12:00:00.000Z';

export async function startApi(options: ApiOptions = {}): Promise<ApiUnderTest> {
  const { today = '2003-11-20', policyUntil, isPrepared = true, keysProblem } = options;
  const { through = (log) => log, viewsThrough = (views) => views } = options;
  const keys = { ...createMemoryKeys(), problem: () => Promise.resolve(keysProblem) };
  const log = createMemoryEventLog(eventTables, keys);
  if (policyUntil !== undefined) await enactUntil(log, policyUntil);
  const logged: string[] = [];
  const destination = { write: (line: string) => logged.push(line) };
  const logger = createLogger({ level: 'debug', process: 'spec', destination });
  const views = openMemoryViews();
  const seen = through(log);
  const viewsSeen = viewsThrough(views);
  const present = () => PRESENT;
  const day = new RegistryDay(registryClock(present, today));
  const settings = { seed: 'none', today } as const;
  const preparation = new Preparation({ settings, log: seen, day, logger, present });
  const stopping = new AbortController();
  if (isPrepared) await preparation.run(stopping.signal);
  const [metrics, reported] = [new Registry(), new ReportedMetrics()];
  const spoolFolder = mkdtempSync(join(tmpdir(), 'portbook-api-'));
  const parts = {
    ...{ log: seen, keys, views: viewsSeen, day, preparation },
    ...{ metrics, reported, spoolFolder },
  };
  const module = apiModule(parts);
  const app = await createWebApp(module, {
    verify,
    logger,
    metrics,
    guards: [new ReadyGuard(preparation)],
  });
  serveOpenApi(app);
  await app.listen(0, '127.0.0.1');
  const running = [
    runProjection({ log, store: views, logger, projection: registrantFile }, stopping.signal),
    runProjection({ log, store: views, logger, projection: policyTimeline }, stopping.signal),
  ];
  return {
    app,
    log,
    views,
    spoolFolder,
    reported,
    logged,
    http: () => request(app.getHttpServer()),
    beginDay: async (next) => {
      day.follow(registryClock(present, next));
      await beginRegistryDay(log, { day: next, at: day.now() });
    },
    close: async () => {
      stopping.abort();
      await Promise.all(running);
      await app.close();
      rmSync(spoolFolder, { recursive: true });
    },
  };
}

/** A token here is the name of its role, or `nobody`, who has none. */
const verify: VerifyToken = async (token) => {
  if (isRole(token)) return { id: `${token}-1`, roles: [token] };
  if (token === 'nobody') return { id: 'nobody-1', roles: [] };
  throw unauthenticated('This is no token.');
};

async function enactUntil(log: EventLog, day: CivilDay): Promise<void> {
  const published = enactedTimeline.filter(({ publishedOn }) => publishedOn <= day);
  const mark = { at: PRESENT, by: 'spec', file: 'spec', adopted: true };
  await appendHistory(log, policyHistory(published), { mark });
}

export function as(role: Role | 'nobody'): Record<string, string> {
  return { Authorization: `Bearer ${role}` };
}

/** Of an officer who reads a person. */
export const reading = { ...as('officer'), 'X-Purpose': 'interview; case=NYC-1' };

const { RegisterArrival: example } = registrantCommandExamples;

/** The body of `RegisterArrival` for the nth invented student, in whom nothing is another's. */
export function arrivalOf(nth: number): typeof example {
  const number = String(nth).padStart(6, '0');
  return {
    ...example,
    registrantId: eventId('spec-registrant', nth),
    fin: `9${number}`,
    admissionNumber: `90000${number}`,
    identity: {
      familyName: `Zzyzxov${number}`,
      givenNames: 'Quillon',
      birthCountry: 'IR',
      passport: { number: `QX${number}`, country: 'IR' },
    },
  };
}

/** The nth command id. */
export function keyOf(nth: number): string {
  return eventId('spec-command', nth);
}

export function kebab(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
}

/** All that an iterable gives. */
export async function allOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The same, but for some of its methods. */
export function except<Part extends object>(part: Part, others: Partial<Part>): Part {
  return new Proxy(part, {
    get: (target, name) => {
      const value: unknown = Reflect.get(name in others ? others : target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
