import {
  createMemoryEventLog,
  createMemoryKeys,
  type EventLog,
  EventLogUnavailable,
  historyLine,
  HistoryLineReader,
  type RegistrantKeys,
} from '#libs/event-log';
import {
  eventId,
  IMPORTS_STREAM,
  type RecordedEvent,
  REGISTRY_DAYS_STREAM,
  registrantStream,
} from '#libs/kernel';
import { aCallIn, anArrival } from '#libs/spec';
import type { HistoryEvent } from '../adoption.js';
import { eventTables } from '../event-tables.js';
import { registryClock } from '../registry-clock.js';
import { HistoryIndex } from './history-index.js';
import { importHistory, type ImportOutcome } from './import-history.js';

export const actor = { id: 'operator-1', role: 'operator' };
export const NOW = '2026-11-24T12:00:00.000Z';

export interface Registry {
  readonly log: EventLog;
  readonly keys: RegistrantKeys;
}

export function aRegistry(): Registry {
  const keys = createMemoryKeys();
  return { log: createMemoryEventLog(eventTables, keys), keys };
}

export function idOf(person: number): string {
  return `5c0ffee5-0000-4000-8000-${String(person).padStart(12, '0')}`;
}

export function lineOf(
  person: number,
  at: number,
  event: { type: string; data: object },
): HistoryEvent {
  const registrantId = idOf(person);
  const stream = registrantStream(registrantId);
  const metadata = {
    actor: { id: 'officer-1', role: 'officer' },
    recordedAt: '2002-12-01T00:00:00.000Z',
    schemaVersion: 1,
    source: 'kept as it stands',
  };
  return {
    id: eventId(stream, at),
    stream,
    type: event.type,
    data: { ...event.data, registrantId },
    metadata,
  };
}

export const arrival = (person: number): HistoryEvent =>
  lineOf(person, 0, anArrival({ arrivedOn: '2002-10-01' }));
export const callIn = (person: number): HistoryEvent =>
  lineOf(person, 1, aCallIn({ registeredOn: '2002-11-25', admission }));

const { admission: named } = aCallIn({ registeredOn: '2002-11-25' }).data;
const admission = { ...named, admittedOn: '2002-10-01' };

/** Arrivals of so many people, then the call-in of each. */
export function aHistory(people: number): readonly HistoryEvent[] {
  const all = Array.from({ length: people }, (_, person) => person);
  return [...all.map(arrival), ...all.map(callIn)];
}

export const textOf = (lines: readonly (HistoryEvent | string)[]): string =>
  lines.map((line) => (typeof line === 'string' ? `${line}\n` : historyLine(line))).join('');

interface Options {
  readonly skipInvalid?: boolean;
  readonly signal?: AbortSignal;
  readonly now?: string;
}

export async function imported(
  { log, keys }: Registry,
  text: string,
  { skipInvalid = false, signal = new AbortController().signal, now = NOW }: Options = {},
): Promise<ImportOutcome> {
  const bytes = Buffer.from(text);
  const reader = new HistoryLineReader(eventTables, keys);
  const index = new HistoryIndex(reader);
  for (let at = 0; at < bytes.length; at += 1000) index.write(bytes.subarray(at, at + 1000));
  index.end();
  const source = {
    read: (offset: number, length: number) => bytes.subarray(offset, offset + length),
  };
  const clock = registryClock(() => now, undefined);
  return importHistory(
    { log, keys, reader, clock },
    { index, source, actor, skipInvalid, signal, onProgress: () => {} },
  );
}

export async function all(events: AsyncIterable<RecordedEvent>): Promise<readonly RecordedEvent[]> {
  const list: RecordedEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

/** Without the marks of the import. */
export const contents = async ({ log }: Registry): Promise<readonly RecordedEvent[]> =>
  (await all(log.readAll())).filter(({ stream }) => stream !== IMPORTS_STREAM);

/** What each stream holds, without the metadata that an import adds. */
export function byStream(
  events: readonly Pick<RecordedEvent, 'id' | 'stream' | 'type' | 'data'>[],
) {
  const streams: Record<string, object[]> = {};
  for (const { id, stream, type, data } of events)
    (streams[stream] ??= []).push({ id, type, data });
  return streams;
}

/** A log that is gone after so many appends. */
export function breaking({ log, keys }: Registry, after: number): Registry {
  let left = after;
  const append: EventLog['append'] = async (...args) => {
    left -= 1;
    if (left < 0) throw new EventLogUnavailable('broken on purpose');
    return log.append(...args);
  };
  const broken = new Proxy(log, {
    get: (target, name: keyof EventLog) =>
      name === 'append' ? append : (target[name] as () => unknown).bind(target),
  });
  return { log: broken, keys };
}

export function dayLine(day: string): HistoryEvent {
  return {
    id: eventId(REGISTRY_DAYS_STREAM, day),
    stream: REGISTRY_DAYS_STREAM,
    type: 'RegistryDayBegan',
    data: { day },
    metadata: { actor, recordedAt: NOW, schemaVersion: 1 },
  };
}
