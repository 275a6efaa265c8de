import type { EventLog, EventToAppend, HistoryLineReader, RegistrantKeys } from '#libs/event-log';
import { type EventMetadata, type ImportMark } from '#libs/kernel';
import { appendRun, asImported, HistoryConflict } from '../append-run.js';
import type { LineConflict, LogComparison } from './compare-with-log.js';
import type { ByteSource, HistoryIndex } from './history-index.js';

export interface AppendDeps {
  readonly log: EventLog;
  readonly keys: RegistrantKeys;
  readonly reader: HistoryLineReader;
  readonly source: ByteSource;
  readonly mark: ImportMark;
  /** Of each registrant: 1 where a line holds content in clear, for which a key is made. */
  readonly inClear: Uint8Array;
  readonly signal: AbortSignal;
  /** Told how many lines are in the log. */
  readonly onProgress: (lines: number) => void;
}

/** How far apart lines of one person may stand and still come into one append. */
const WINDOW_LINES = 65_536;
/** How many streams are written to side by side. */
const STREAMS_AT_ONCE = 64;
const RUN_LINES_MAX = 200;
/** How many people's keys are made durable at once. */
const KEYS_AT_ONCE = 2_048;

export interface AppendedLines {
  readonly appended: number;
  readonly position?: number;
  /** Another one has written to a stream since it was compared; nothing more was appended then. */
  readonly conflict?: LineConflict;
}

/**
 * Appends the lines that are not in the log yet. Order is kept within a stream. Lines of streams that are no
 * registrant's keep their place among all; between two of those, registrants go side by side.
 */
export async function appendLines(
  index: HistoryIndex,
  there: LogComparison,
  deps: AppendDeps,
): Promise<AppendedLines> {
  const appending = new LineAppending(index, there, deps);
  try {
    await appending.run();
    return appending.result;
  } catch (error) {
    if (!(error instanceof LineTaken)) throw error;
    return { ...appending.result, conflict: error.conflict };
  }
}

class LineTaken extends Error {
  constructor(readonly conflict: LineConflict) {
    super(`Line ${String(conflict.line)} conflicts with the log.`);
  }
}

/** Lines of one stream that are appended together. */
interface Places {
  readonly stream: string;
  readonly revision: number;
  readonly places: readonly number[];
}

class LineAppending {
  #appended = 0;
  #done = 0;
  #position: number | undefined;
  /** Of each registrant: how many of its lines were come by. */
  readonly #passed: Uint32Array;
  readonly #passedOfOthers = new Map<string, number>();

  constructor(
    private readonly index: HistoryIndex,
    private readonly there: LogComparison,
    private readonly deps: AppendDeps,
  ) {
    this.#passed = new Uint32Array(index.registrants.size);
  }

  get result(): { readonly appended: number; readonly position?: number } {
    const position = this.#position;
    return { appended: this.#appended, ...(position !== undefined && { position }) };
  }

  async run(): Promise<void> {
    let window = new Map<number, number[]>();
    let lines = 0;
    const flush = async (): Promise<void> => {
      await this.#appendWindow(window);
      window = new Map();
      lines = 0;
    };
    for (let place = 0; place < this.index.size; place += 1) {
      if (!this.index.isTaken(place)) continue;
      const registrant = this.index.registrant(place);
      if (registrant === undefined) {
        await flush();
        await this.#appendOther(place);
        continue;
      }
      const places = window.get(registrant);
      if (places) places.push(place);
      else window.set(registrant, [place]);
      lines += 1;
      if (lines === WINDOW_LINES) await flush();
    }
    await flush();
  }

  async #appendWindow(window: ReadonlyMap<number, readonly number[]>): Promise<void> {
    const runs: Places[] = [];
    for (const [registrant, places] of window) {
      const first = this.#passed[registrant] ?? 0;
      this.#passed[registrant] = first + places.length;
      const skipped = Math.max(0, (this.there.registrants[registrant] ?? 0) - first);
      this.#report(Math.min(skipped, places.length));
      if (skipped >= places.length) continue;
      const stream = this.index.stream(places[0] ?? 0);
      runs.push({ stream, revision: first + skipped, places: places.slice(skipped) });
    }
    for (let at = 0; at < runs.length; at += KEYS_AT_ONCE) {
      const some = runs.slice(at, at + KEYS_AT_ONCE);
      await this.deps.keys.getOrCreate(some.flatMap(({ places }) => this.#keyNeededFor(places)));
      await this.#appendSideBySide(some);
    }
  }

  #keyNeededFor([place]: readonly number[]): readonly string[] {
    const registrant = place === undefined ? undefined : this.index.registrant(place);
    const isNeeded = registrant !== undefined && this.deps.inClear[registrant] === 1;
    return isNeeded ? [this.index.registrants.at(registrant)] : [];
  }

  async #appendSideBySide(runs: readonly Places[]): Promise<void> {
    const left = runs[Symbol.iterator]();
    const failed = new AbortController();
    const one = async (): Promise<void> => {
      for (const run of left) {
        if (failed.signal.aborted) return;
        this.deps.signal.throwIfAborted();
        await this.#append(run);
      }
    };
    const ways = Array.from({ length: STREAMS_AT_ONCE }, () =>
      one().catch((error: unknown) => {
        failed.abort(error);
      }),
    );
    // What is on its way comes to its end before anybody is told how it ended.
    await Promise.all(ways);
    failed.signal.throwIfAborted();
  }

  async #append({ stream, revision, places }: Places): Promise<void> {
    for (let at = 0; at < places.length; at += RUN_LINES_MAX) {
      const some = places.slice(at, at + RUN_LINES_MAX);
      const events = some.map((place) => this.#event(place));
      await this.#appendRun({ stream, revision: revision + at, events }, some);
    }
  }

  async #appendRun(
    run: { stream: string; revision: number; events: readonly EventToAppend[] },
    places: readonly number[],
  ): Promise<void> {
    try {
      const { events, position } = await appendRun(this.deps.log, run);
      this.#appended += events;
      if (position !== undefined) this.#position = Math.max(this.#position ?? 0, position);
      this.#report(places.length);
    } catch (error) {
      if (!(error instanceof HistoryConflict)) throw error;
      const line = this.index.lineNumber(places[0] ?? 0);
      throw new LineTaken({ line, stream: run.stream });
    }
  }

  async #appendOther(place: number): Promise<void> {
    this.deps.signal.throwIfAborted();
    const stream = this.index.stream(place);
    const passed = this.#passedOfOthers.get(stream) ?? 0;
    this.#passedOfOthers.set(stream, passed + 1);
    const { length, there } = this.there.others.get(stream) ?? { length: 0, there: 0 };
    if (passed < there) {
      this.#report(1);
      return;
    }
    const revision = length + passed - there;
    await this.#appendRun({ stream, revision, events: [this.#event(place)] }, [place]);
  }

  #event(place: number): EventToAppend {
    const { id, type, data, metadata } = this.deps.reader.envelope(
      this.index.text(place, this.deps.source),
    );
    // Its form was checked with the line: the cast says no more than that.
    return asImported({ id, type, data, metadata: metadata as EventMetadata }, this.deps.mark);
  }

  #report(lines: number): void {
    this.#done += lines;
    this.deps.onProgress(this.#done);
  }
}
