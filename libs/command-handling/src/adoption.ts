import type { EventLog } from '#libs/event-log';
import { type EventMetadata, type ImportMark, registrantIdOf } from '#libs/kernel';
import { appendRun, asImported } from './append-run.js';

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
