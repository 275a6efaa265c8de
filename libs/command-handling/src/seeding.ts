import type { EventLog, ExpectedRevision } from '#libs/event-log';
import {
  type Actor,
  type CivilDay,
  eventId,
  IMPORTS_STREAM,
  type Instant,
  POLICY_STREAM,
  REGISTRY_DAYS_STREAM,
  type RecordedEvent,
  sha256Hex,
  canonicalJson,
} from '#libs/kernel';
import type { PolicyRecord } from '#libs/policy';
import type { ImportEvent } from '#libs/registry';
import { appendHistory, type HistoryEvent } from './adoption.js';
import { HistoryConflict } from './append-run.js';
import { registryClock } from './registry-clock.js';
import { beginRegistryDay, demoActor } from './registry-day.js';

/** What an empty log is filled with. */
export interface Seed {
  readonly name: 'demo' | 'timeline';
  readonly lines: readonly HistoryEvent[];
  /** The day on which a demo stands. */
  readonly day?: CivilDay;
}

export interface SeedOptions {
  readonly now: () => Instant;
  readonly onProgress?: (events: number) => void;
}

/**
 * Fills an empty log, or takes up where an earlier start broke off; in any other log it changes
 * nothing. Its last event marks it done.
 */
export async function seedIfEmpty(log: EventLog, seed: Seed, options: SeedOptions): Promise<void> {
  if (!(await isSeedPending(log))) return;
  const file = sha256Hex(seed.lines.map((line) => `${canonicalJson(line)}\n`).join(''));
  const actor = actorOf(seed);
  // A demo is recorded on its own day, like what is recorded in it later.
  const at = registryClock(options.now, seed.day).now();
  const events = seed.lines.length;
  await appendMark(
    log,
    { type: 'HistoryImportBegun', data: { file, events, adopted: true } },
    { actor, at, expected: 'no-stream' },
  );
  await appendHistory(log, seed.lines, {
    mark: { at, by: actor.id, file, adopted: true },
    ...(options.onProgress && { onProgress: options.onProgress }),
  });
  await appendMark(
    log,
    { type: 'HistoryImportCompleted', data: { file } },
    { actor, at, expected: 0 },
  );
  if (seed.day !== undefined) await beginRegistryDay(log, { day: seed.day, at, actor });
}

/** Whether the log is empty, or holds the beginning of a seed that broke off. */
export async function isSeedPending(log: EventLog): Promise<boolean> {
  const first = await firstImport(log);
  if (!first) return (await log.head()) === undefined;
  if (!seedActors.has(first.metadata.actor.id)) return false;
  if (first.metadata.actor.id === demoActor.id) return !(await hasDay(log));
  for await (const event of log.readStream(IMPORTS_STREAM)) {
    if (event.type === 'HistoryImportCompleted') return false;
  }
  return true;
}

const timelineActor: Actor = { id: 'seed-timeline', role: 'system' };
const seedActors: ReadonlySet<string> = new Set([timelineActor.id, demoActor.id]);

function actorOf({ name }: Seed): Actor {
  return name === 'demo' ? demoActor : timelineActor;
}

async function firstImport(log: EventLog): Promise<RecordedEvent | undefined> {
  for await (const event of log.readStream(IMPORTS_STREAM, { limit: 1 })) return event;
  return undefined;
}

async function hasDay(log: EventLog): Promise<boolean> {
  for await (const _ of log.readStream(REGISTRY_DAYS_STREAM, { limit: 1 })) return true;
  return false;
}

interface MarkOptions {
  readonly actor: Actor;
  readonly at: Instant;
  /** A repeated mark is found under its id, and appended once. */
  readonly expected: ExpectedRevision;
}

async function appendMark(
  log: EventLog,
  event: ImportEvent,
  { actor, at, expected }: MarkOptions,
): Promise<void> {
  const id = eventId(IMPORTS_STREAM, event.data.file, event.type);
  const metadata = { actor, recordedAt: at, schemaVersion: 1 };
  const appended = await log.append(IMPORTS_STREAM, [{ ...event, id, metadata }], expected);
  if ('conflict' in appended) throw new HistoryConflict(IMPORTS_STREAM);
}

/** The enacted policy as lines of a history, each recorded when it was published. */
export function policyHistory(records: readonly PolicyRecord[]): readonly HistoryEvent[] {
  return records.map((record) => {
    const { type, known: _known, ...data } = record;
    const commandId = eventId(POLICY_STREAM, 'enacted', record.ref);
    return {
      id: eventId(POLICY_STREAM, commandId, 0),
      stream: POLICY_STREAM,
      type,
      data,
      metadata: {
        actor: { id: 'federal-register', role: 'policy-maker' },
        recordedAt: `${record.publishedOn}T00:00:00.000Z`,
        schemaVersion: 1,
        commandId,
      },
    };
  });
}
