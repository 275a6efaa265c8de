import type { EventLog, RegistrantKeys } from '#libs/event-log';
import { POLICY_STREAM, registrantIdOf, REGISTRY_DAYS_STREAM } from '#libs/kernel';
import type { RegistryDayBegan } from '#libs/registry';
import type { ByteSource, HistoryIndex } from './history-index.js';

/** A line whose place in its stream another event has in the log. */
export interface LineConflict {
  readonly line: number;
  readonly stream: string;
  /** The log holds the lines before it, and their personal content cannot be opened: its key is not here. */
  readonly isClosed?: true;
}

/** What of a history the log holds already. */
export interface LogComparison {
  readonly hasRegistrants: boolean;
  /** Of each registrant by number: how many of the taken lines, from the first on. */
  readonly registrants: Uint32Array;
  /** Of each other stream: how many events it has, and how many taken lines are among them. */
  readonly others: ReadonlyMap<string, { readonly length: number; readonly there: number }>;
  /** The first one, in the order of the file. */
  readonly conflict?: LineConflict;
}

export interface ComparisonDeps {
  readonly log: EventLog;
  readonly keys: Pick<RegistrantKeys, 'find'>;
  /** Of each registrant: 1 where a line holds content in clear. */
  readonly inClear: Uint8Array;
  readonly source: ByteSource;
  readonly signal: AbortSignal;
  readonly onProgress: (events: number) => void;
}

/**
 * Reads the log once and holds it against the lines that were taken. Days that are not later than what
 * has begun here are set aside: each registry has its own.
 */
export async function compareWithLog(
  index: HistoryIndex,
  deps: ComparisonDeps,
): Promise<LogComparison> {
  const comparison = new Comparison(index);
  let events = 0;
  for await (const event of deps.log.readAllStored()) {
    comparison.take(event);
    events += 1;
    if (events % 500 !== 0) continue;
    deps.signal.throwIfAborted();
    deps.onProgress(events);
  }
  return comparison.result(deps);
}

interface LogEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly data: unknown;
}

class Comparison {
  #hasRegistrants = false;
  #conflictAt: number | undefined;
  readonly #places;
  readonly #there: Uint32Array;
  readonly #idsOfOthers = new Map<string, number[]>();
  #lastDay = '';

  constructor(private readonly index: HistoryIndex) {
    this.#places = index.byRegistrant();
    this.#there = new Uint32Array(index.registrants.size);
    for (const stream of index.others.keys()) this.#idsOfOthers.set(stream, []);
  }

  take(event: LogEvent): void {
    const { stream, id, revision } = event;
    const registrantId = registrantIdOf(stream);
    if (registrantId === undefined) {
      this.#idsOfOthers.get(stream)?.push(this.index.ids.find(id) ?? -1);
      if (stream === REGISTRY_DAYS_STREAM) {
        this.#lastDay = (event.data as RegistryDayBegan['data']).day;
      }
      return;
    }
    this.#hasRegistrants = true;
    const registrant = this.index.registrants.find(registrantId);
    if (registrant === undefined) return;
    const place = this.#takenPlace(registrant, revision);
    if (place === undefined) return;
    if (this.index.idNumber(place) !== this.index.ids.find(id)) this.#conflict(place);
    else this.#there[registrant] = revision + 1;
  }

  result(deps: ComparisonDeps): LogComparison {
    this.#compareDays(deps.source);
    const others = new Map(
      [...this.#idsOfOthers].map(([stream, ids]) => [stream, this.#ofOther(stream, ids)] as const),
    );
    const at = this.#conflictAt;
    const conflict = at === undefined ? this.#closed(deps) : this.#conflictOf(at);
    return {
      hasRegistrants: this.#hasRegistrants,
      registrants: this.#there,
      others,
      ...(conflict && { conflict }),
    };
  }

  #conflictOf(place: number): LineConflict {
    return { line: this.index.lineNumber(place), stream: this.index.stream(place) };
  }

  /** The first line in clear that would follow on content under a key that is not here. */
  #closed({ keys, inClear }: ComparisonDeps): LineConflict | undefined {
    for (const [registrant, there] of this.#there.entries()) {
      if (there === 0 || inClear[registrant] !== 1) continue;
      const next = this.#takenPlace(registrant, there);
      if (next !== undefined && keys.find(this.index.registrants.at(registrant)) === undefined) {
        return { ...this.#conflictOf(next), isClosed: true };
      }
    }
    return undefined;
  }

  #conflict(place: number): void {
    this.#conflictAt = Math.min(this.#conflictAt ?? place, place);
  }

  /** The line that would have this revision. */
  #takenPlace(registrant: number, revision: number): number | undefined {
    let left = revision;
    for (const place of this.#places.of(registrant)) {
      if (!this.index.isTaken(place)) continue;
      if (left === 0) return place;
      left -= 1;
    }
    return undefined;
  }

  #ofOther(stream: string, ids: readonly number[]): { length: number; there: number } {
    const places = (this.index.others.get(stream) ?? []).filter((at) => this.index.isTaken(at));
    const known = new Set(ids);
    const there = places.filter((at) => known.has(this.index.idNumber(at)));
    if (stream === POLICY_STREAM) {
      const conflict = places.find(
        (at, revision) => revision < ids.length && ids[revision] !== this.index.idNumber(at),
      );
      if (conflict !== undefined) this.#conflict(conflict);
    }
    return { length: ids.length, there: there.length };
  }

  #compareDays(source: ByteSource): void {
    const ids = new Set(this.#idsOfOthers.get(REGISTRY_DAYS_STREAM));
    let last = this.#lastDay;
    for (const place of this.index.others.get(REGISTRY_DAYS_STREAM) ?? []) {
      if (!this.index.isTaken(place) || ids.has(this.index.idNumber(place))) continue;
      const { data } = JSON.parse(this.index.text(place, source)) as {
        readonly data: RegistryDayBegan['data'];
      };
      if (data.day <= last) this.index.passOver(place);
      else last = data.day;
    }
  }
}
