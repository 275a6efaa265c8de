import type { EventLog, EventToAppend } from '#libs/event-log';
import type { ImportMark } from '#libs/kernel';

/** Events of one stream beside each other, the first of which has this revision. */
export interface Run {
  readonly stream: string;
  readonly revision: number;
  readonly events: readonly EventToAppend[];
}

/** A history cannot be appended because a stream holds other events. */
export class HistoryConflict extends Error {
  constructor(readonly stream: string) {
    super(
      `The stream ${stream} holds other events than the history: nothing more was appended to it.`,
    );
    this.name = 'HistoryConflict';
  }
}

export interface Appended {
  /** How many events were not there yet. */
  readonly events: number;
  /** Of the last of them. */
  readonly position?: number;
}

/** What a broken attempt has appended already is left as it is. Throws `HistoryConflict`. */
export async function appendRun(
  log: EventLog,
  { stream, revision, events }: Run,
): Promise<Appended> {
  const expected = revision === 0 ? 'no-stream' : revision - 1;
  const outcome = await log.append(stream, events, expected);
  if (!('conflict' in outcome)) return { events: events.length, position: outcome.position };
  const rest = await notYetThere(log, { stream, revision, events });
  if (rest.length === 0) return { events: 0 };
  const last = revision + events.length - rest.length - 1;
  const appended = await log.append(stream, rest, last < 0 ? 'no-stream' : last);
  if ('conflict' in appended) throw new HistoryConflict(stream);
  return { events: rest.length, position: appended.position };
}

async function notYetThere(
  log: EventLog,
  { stream, revision, events }: Run,
): Promise<readonly EventToAppend[]> {
  let at = 0;
  const there = log.readStream(stream, { from: revision, limit: events.length });
  for await (const { id } of there) {
    if (id !== events[at]?.id) throw new HistoryConflict(stream);
    at += 1;
  }
  return events.slice(at);
}

/** The event as it comes in by a file; an adopted one that came in by a file before keeps the mark of that. */
export function asImported(event: EventToAppend, mark: ImportMark): EventToAppend {
  const { id, type, data, metadata } = event;
  const imported = (mark.adopted ? metadata.imported : undefined) ?? mark;
  return { id, type, data, metadata: { ...metadata, imported } };
}
