import type { EventLog } from '#libs/event-log';
import {
  type Actor,
  eventId,
  IMPORTS_STREAM,
  type Instant,
  type RecordedEvent,
} from '#libs/kernel';
import type { ImportEvent } from '#libs/registry';

/** What the registry has recorded of the import of one file. */
export interface MarksOfFile {
  /** When it began, by whom, and whether it was adopted: what holds for each part of it. */
  readonly begun?: { readonly at: Instant; readonly by: string; readonly adopted: boolean };
  readonly isCompleted: boolean;
}

export async function marksOf(log: EventLog, file: string): Promise<MarksOfFile> {
  const marks = (await all(log)).filter(({ data }) => (data as ImportEvent['data']).file === file);
  const begun = marks.find(({ type }) => type === 'HistoryImportBegun');
  const isCompleted = marks.some(({ type }) => type === 'HistoryImportCompleted');
  if (!begun) return { isCompleted };
  const { recordedAt: at, actor } = begun.metadata;
  const { adopted } = begun.data as Extract<ImportEvent, { type: 'HistoryImportBegun' }>['data'];
  return { begun: { at, by: actor.id, adopted }, isCompleted };
}

/**
 * Records a mark once. The store knows an id again for a time only, so the stream is read, and its very
 * revision expected: whoever comes first, the other finds the mark there.
 */
export async function recordMark(
  log: EventLog,
  event: ImportEvent,
  { actor, at }: { readonly actor: Actor; readonly at: Instant },
): Promise<void> {
  const id = eventId(IMPORTS_STREAM, event.data.file, event.type);
  const metadata = { actor, recordedAt: at, schemaVersion: 1 };
  for (;;) {
    const marks = await all(log);
    if (marks.some((mark) => mark.id === id)) return;
    const expected = marks.at(-1)?.revision ?? 'no-stream';
    const appended = await log.append(IMPORTS_STREAM, [{ ...event, id, metadata }], expected);
    if (!('conflict' in appended)) return;
  }
}

async function all(log: EventLog): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of log.readStream(IMPORTS_STREAM)) events.push(event);
  return events;
}
