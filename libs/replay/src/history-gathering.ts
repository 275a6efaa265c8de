import type { Subject } from '#libs/assessment';
import {
  type EventTable,
  isSynthetic,
  POLICY_STREAM,
  type RecordedEvent,
  REGISTRY_DAYS_STREAM,
  registrantIdOf,
  registrantStream,
} from '#libs/kernel';
import { historyHash, type PackedStream } from './history-hash.js';
import { eventPacker, unpackedEvent } from './packed-event.js';
import { PackedLines } from './packed-lines.js';
import { observedUntil, type ReplaySource } from './source.js';

/** A history as it is replayed, and the events of its own policy stream. */
export interface GatheredHistory {
  readonly source: ReplaySource;
  readonly policyEvents: readonly RecordedEvent[];
}

/**
 * Divides the events of a log or a file by registrant, one at a time and in its order. Kept is what
 * judging needs, packed: about a fifth of a history file, whatever its length.
 */
export class HistoryGathering {
  readonly #pack: (event: RecordedEvent) => string;
  readonly #lines = new PackedLines();
  readonly #placesByStream = new Map<string, number[]>();
  readonly #policyEvents: RecordedEvent[] = [];
  readonly #registryDays: RecordedEvent[] = [];
  #position = 0;
  #isAdopted = false;
  #isSynthetic = false;

  constructor(tables: readonly EventTable[]) {
    this.#pack = eventPacker(tables);
  }

  take(event: RecordedEvent): void {
    const { stream, position, metadata } = event;
    const place = this.#lines.add(this.#pack(event));
    const places = this.#placesByStream.get(stream);
    if (places) places.push(place);
    else this.#placesByStream.set(stream, [place]);
    if (stream === POLICY_STREAM) this.#policyEvents.push(event);
    if (stream === REGISTRY_DAYS_STREAM) this.#registryDays.push(event);
    this.#position = position;
    this.#isAdopted ||= metadata.imported?.adopted === true;
    this.#isSynthetic ||= isSynthetic(metadata);
  }

  /** What was gathered; to be asked for once, when all was taken. */
  gathered(): GatheredHistory {
    const streams = [...this.#placesByStream.keys()].sort();
    const registrants = streams.filter((stream) => registrantIdOf(stream) !== undefined);
    const subjects: Iterable<Subject> = { [Symbol.iterator]: () => this.#subjects(registrants) };
    const registryDays = this.#registryDays;
    const source = {
      people: registrants.length,
      subjects,
      findSubject: (registrantId: string) => this.#subject(registrantStream(registrantId)),
      registryDays,
      observedUntil: observedUntil({ subjects, registryDays }),
      position: this.#position,
      historyHash: historyHash(this.#packedStreams(streams)),
      isAdopted: this.#isAdopted,
      isSynthetic: this.#isSynthetic,
    };
    return { source, policyEvents: this.#policyEvents };
  }

  *#subjects(streams: readonly string[]): Generator<Subject, void> {
    for (const stream of streams) {
      const subject = this.#subject(stream);
      if (subject) yield subject;
    }
  }

  #subject(stream: string): Subject | undefined {
    const places = this.#placesByStream.get(stream);
    const registrantId = registrantIdOf(stream);
    if (!places || registrantId === undefined) return undefined;
    return {
      registrantId,
      events: places.map((place) => unpackedEvent(this.#lines.lineAt(place))),
    };
  }

  *#packedStreams(streams: readonly string[]): Generator<PackedStream, void> {
    for (const stream of streams) {
      const places = this.#placesByStream.get(stream) ?? [];
      yield [stream, places.map((place) => this.#lines.lineAt(place))];
    }
  }
}
