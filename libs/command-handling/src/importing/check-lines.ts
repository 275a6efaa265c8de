import { setImmediate as turn } from 'node:timers/promises';
import type { EventLog, HistoryLineReader } from '#libs/event-log';
import {
  type CivilDay,
  eventId,
  type EventMetadata,
  IMPORTS_STREAM,
  type ImportMark,
  isInstant,
  knownFrom,
  POLICY_STREAM,
  type RecordedEvent,
  REGISTRY_DAYS_STREAM,
  shape,
} from '#libs/kernel';
import { logEntryOf, type PolicyEvent, policyLogIssues } from '#libs/policy';
import { contradictionOf, foldRegistrant, type RegistryDayBegan } from '#libs/registry';
import type { ByteSource, HistoryIndex } from './history-index.js';

/** What the lines of a history are checked with. */
export interface LineCheckDeps {
  readonly reader: HistoryLineReader;
  readonly log: Pick<EventLog, 'check'>;
  readonly source: ByteSource;
  readonly signal: AbortSignal;
  /** After which no legal day may lie. */
  readonly latestDay: CivilDay;
  readonly registryDay: CivilDay;
  readonly onProgress: (lines: number) => void;
}

/** In UTF-16 units: longer ones might outgrow what is stored of one event, since encrypting adds a third. */
const SURELY_SMALL = 10_000;
const EVENTS_MAX = 1_000;
/** How long others may have to wait for their turn, in milliseconds. */
const TURN_MS = 15;

/** Looks at each line beside the others of its stream. Bad ones, and what cannot follow without them, are set bad. */
export class LineCheck {
  #done = 0;
  #turnAt = performance.now();
  /** How many lines hold personal content that cannot be opened here. */
  closed = 0;
  /** Of each registrant: 1 where a line holds content in clear, for which there must be a key. */
  readonly inClear: Uint8Array;
  /** Whether the last line that was read holds its content in clear. */
  #isInClear = false;

  constructor(
    private readonly index: HistoryIndex,
    private readonly deps: LineCheckDeps,
  ) {
    this.inClear = new Uint8Array(index.registrants.size);
  }

  async run(): Promise<void> {
    for (const [stream, places] of this.index.others) {
      if (stream === POLICY_STREAM) this.#policy(places);
      else if (stream === REGISTRY_DAYS_STREAM) this.#days(places);
      else for (const place of places) this.#other(stream, place);
      await this.#progress(places.length);
    }
    const places = this.index.byRegistrant();
    for (let registrant = 0; registrant < this.index.registrants.size; registrant += 1) {
      await this.#registrant(places.of(registrant));
    }
  }

  async #registrant(places: Uint32Array): Promise<void> {
    const record: RecordedEvent[] = [];
    let firstBad: number | undefined;
    for (const [revision, place] of places.entries()) {
      const problem =
        revision < EVENTS_MAX
          ? this.#nextOf(record, place)
          : `is beyond the ${EVENTS_MAX} events that one person may have.`;
      if (problem !== undefined) {
        this.index.setBad(place, withEarlier(problem, firstBad));
        firstBad ??= this.index.lineNumber(place);
      }
      await this.#progress(1);
    }
  }

  /** Takes the line into the record that it follows on, or says why it cannot. */
  #nextOf(record: RecordedEvent[], place: number): string | undefined {
    const event = this.#event(place, record.length);
    if (typeof event === 'string') return event;
    const before = foldRegistrant(record);
    const refusal = contradictionOf(event, before, this.deps.latestDay);
    if (refusal) return `${event.type} cannot follow here. ${refusal.detail}`;
    if (event.metadata.recordedAt.slice(0, 'YYYY-MM-DD'.length) > this.deps.latestDay) {
      return `metadata.recordedAt is later than the latest day there is now, ${this.deps.latestDay}.`;
    }
    const isOpen = this.#isInClear;
    if (
      record.some(({ isSealed }) => isSealed) ? isOpen : event.isSealed && this.#hasClear(place)
    ) {
      return MIXED;
    }
    if (event.isSealed) this.closed += 1;
    if (isOpen) this.inClear[this.index.registrant(place) ?? 0] = 1;
    record.push(event);
    return undefined;
  }

  #hasClear(place: number): boolean {
    return this.inClear[this.index.registrant(place) ?? 0] === 1;
  }

  /** The event of a line that is right by itself, or what is wrong with it. */
  #event(place: number, revision: number): RecordedEvent | string {
    const { index, deps } = this;
    try {
      const text = index.text(place, deps.source);
      const envelope = deps.reader.envelope(text);
      const position = index.lineNumber(place);
      const event = deps.reader.event({ ...envelope, revision, position });
      this.#isInClear = deps.reader.isInClear(envelope, event);
      const { imported } = event.metadata;
      if (imported !== undefined && !isImportMark(imported)) {
        return 'metadata.imported must be {at, by, file, adopted}.';
      }
      if (!isSurelyStored(text, event)) {
        const metadata = { ...(envelope.metadata as EventMetadata), imported: LONGEST };
        deps.log.check(event.stream, [{ ...envelope, metadata }]);
      }
      return event;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Until nothing more falls: a correction falls with the record that it names. */
  #policy(places: readonly number[]): void {
    let left: { readonly place: number; readonly event: RecordedEvent }[] = [];
    for (const place of places) {
      const event = this.#event(place, left.length);
      if (typeof event === 'string') this.index.setBad(place, event);
      else left.push({ place, event });
    }
    for (;;) {
      const entries = left.map(({ event: { type, data, metadata } }) =>
        logEntryOf({ type, data } as PolicyEvent, knownFrom(metadata)),
      );
      const issues = new Map(policyLogIssues(entries).map((issue) => [issue.at, issue]));
      if (issues.size === 0) return;
      for (const { at, path, problem } of issues.values()) {
        const bad = left[at];
        if (bad) this.index.setBad(bad.place, `${path} ${problem}.`);
      }
      left = left.filter((_, at) => !issues.has(at));
    }
  }

  #days(places: readonly number[]): void {
    for (const place of places) {
      const event = this.#event(place, 0);
      const problem = typeof event === 'string' ? event : this.#problemOfDay(event);
      if (problem !== undefined) this.index.setBad(place, problem);
    }
  }

  #problemOfDay({ id, data }: RecordedEvent): string | undefined {
    const { day } = data as RegistryDayBegan['data'];
    const { registryDay } = this.deps;
    if (id !== eventId(REGISTRY_DAYS_STREAM, day)) return 'id must be the one of its day.';
    if (day <= registryDay) return undefined;
    return (
      `data.day ${day} lies after this registry's day, ${registryDay}: start it with ` +
      'PORTBOOK_TODAY set to that day or later, or leave the line out.'
    );
  }

  /** Another registry's imports were its own: what they brought stands in the file. */
  #other(stream: string, place: number): void {
    const event = this.#event(place, 0);
    if (typeof event === 'string') this.index.setBad(place, event);
    else if (stream === IMPORTS_STREAM) this.index.passOver(place);
  }

  async #progress(lines: number): Promise<void> {
    this.#done += lines;
    if (performance.now() - this.#turnAt < TURN_MS) return;
    this.deps.onProgress(this.#done);
    await turn();
    this.deps.signal.throwIfAborted();
    this.#turnAt = performance.now();
  }
}

function withEarlier(problem: string, firstBad: number | undefined): string {
  if (firstBad === undefined) return problem;
  return `${problem} (Line ${String(firstBad)}, of the same stream, is bad too.)`;
}

/** Another key would leave what is encrypted under the first one unreadable for ever. */
const MIXED =
  'stands beside lines of the same person that are encrypted under a key that is not here: one person ' +
  'comes in clear, or encrypted, or with the key.';

/** What an import adds to an event, at its longest: with it an event must still fit into the log. */
const LONGEST: ImportMark = {
  at: '2003-12-02T00:00:00.000Z',
  by: 'x'.repeat(200),
  file: 'f'.repeat(64),
  adopted: false,
};

function isImportMark(value: unknown): value is ImportMark {
  if (!shape.isPlainObject(value)) return false;
  const { at, by, file, adopted, ...rest } = value;
  return (
    Object.keys(rest).length === 0 &&
    isInstant(at) &&
    typeof by === 'string' &&
    typeof file === 'string' &&
    typeof adopted === 'boolean'
  );
}

/** Whose values are texts and numbers, beside the two that are checked. */
const KNOWN_PARTS: ReadonlySet<string> = new Set([
  ...['$correlationId', '$causationId', 'commandId', 'requestHash', 'actor', 'recordedAt'],
  ...['schemaVersion', 'policyRevision', 'policyHash', 'rulesVersion', 'imported'],
]);

/** Whether the stored form of the event has nothing that could still be refused: most need no second look. */
function isSurelyStored(text: string, { metadata }: RecordedEvent): boolean {
  if (text.length > SURELY_SMALL || text.includes(ESCAPE)) return false;
  return Object.entries(metadata).every(
    ([key, value]) => KNOWN_PARTS.has(key) && (typeof value !== 'object' || OBJECTS.has(key)),
  );
}

const OBJECTS: ReadonlySet<string> = new Set(['actor', 'imported']);
/** By which half of a surrogate pair may come in. */
const ESCAPE = String.raw`\u`;
