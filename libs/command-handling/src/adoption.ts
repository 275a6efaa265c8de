import type { EventLog, EventToAppend } from '#libs/event-log';
import { type EventMetadata, type ImportMark, registrantIdOf } from '#libs/kernel';

/** A line of a history: an event with the stream to which it belongs. */
export interface HistoryEvent {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: EventMetadata;
}

export interface AdoptionOptions {
  readonly mark: ImportMark;
  readonly onProgress?: (events: number) => void;
}

/** A line that cannot be appended because its stream holds other events. */
export class HistoryConflict extends Error {
  constructor(readonly stream: string) {
    super(
      `The stream ${stream} holds other events than the history: nothing more was appended to it.`,
    );
    this.name = 'HistoryConflict';
  }
}

/** How many streams are written to side by side. */
const STREAMS_AT_ONCE = 32;
const BATCH = 512;

/**
 * Appends the lines of a history. Order is kept within a stream; lines of streams that are no
 * registrant's keep their place among all. Event ids and expected revisions are those of the history,
 * so that a repetition appends nothing and a broken one is taken up where it ended.
 */
export async function appendHistory(
  log: EventLog,
  lines: Iterable<HistoryEvent>,
  { mark, onProgress }: AdoptionOptions,
): Promise<number> {
  const lengths = new Map<string, number>();
  let done = 0;
  for (const batch of batches(lines)) {
    const runs = [...byStream(batch)];
    for (let at = 0; at < runs.length; at += STREAMS_AT_ONCE) {
      const together = runs.slice(at, at + STREAMS_AT_ONCE);
      await Promise.all(
        together.map(async ([stream, events]) => {
          const revision = lengths.get(stream) ?? 0;
          const marked = events.map((event) => asImported(event, mark));
          await appendRun(log, { stream, revision, events: marked });
          lengths.set(stream, revision + events.length);
        }),
      );
    }
    done += batch.length;
    onProgress?.(done);
  }
  return done;
}

/** Neighbouring events of one stream, the first of which has this revision. */
interface Run {
  readonly stream: string;
  readonly revision: number;
  readonly events: readonly EventToAppend[];
}

/** What a broken attempt, or a shorter file, has appended already is left as it is. */
async function appendRun(log: EventLog, { stream, revision, events }: Run): Promise<void> {
  const expected = revision === 0 ? 'no-stream' : revision - 1;
  if (!('conflict' in (await log.append(stream, events, expected)))) return;
  const rest = await notYetThere(log, { stream, revision, events });
  if (rest.length === 0) return;
  const last = revision + events.length - rest.length - 1;
  const appended = await log.append(stream, rest, last < 0 ? 'no-stream' : last);
  if ('conflict' in appended) throw new HistoryConflict(stream);
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

/** A line of any other stream than a registrant's is a batch of its own: what comes before it stays before it. */
function* batches(lines: Iterable<HistoryEvent>): Generator<readonly HistoryEvent[]> {
  let batch: HistoryEvent[] = [];
  for (const line of lines) {
    const stands = registrantIdOf(line.stream) === undefined;
    if (batch.length > 0 && (stands || batch.length >= BATCH)) {
      yield batch;
      batch = [];
    }
    if (stands) yield [line];
    else batch.push(line);
  }
  if (batch.length > 0) yield batch;
}

function byStream(batch: readonly HistoryEvent[]): ReadonlyMap<string, HistoryEvent[]> {
  const streams = new Map<string, HistoryEvent[]>();
  for (const line of batch) {
    const events = streams.get(line.stream);
    if (events) events.push(line);
    else streams.set(line.stream, [line]);
  }
  return streams;
}

function asImported({ id, type, data, metadata }: HistoryEvent, mark: ImportMark): EventToAppend {
  return { id, type, data, metadata: { ...metadata, imported: mark } };
}
