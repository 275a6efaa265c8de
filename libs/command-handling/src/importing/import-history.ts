import type { EventLog, HistoryLineReader, RegistrantKeys } from '#libs/event-log';
import type { Actor } from '#libs/kernel';
import { latestLegalDay, type RegistryClock } from '../registry-clock.js';
import { appendLines } from './append-lines.js';
import type { BadLines } from './bad-lines.js';
import { LineCheck } from './check-lines.js';
import { compareWithLog, type LineConflict, type LogComparison } from './compare-with-log.js';
import type { ByteSource, HistoryIndex } from './history-index.js';
import { marksOf, recordMark } from './import-marks.js';

export interface ImportDeps {
  readonly log: EventLog;
  readonly keys: RegistrantKeys;
  readonly reader: HistoryLineReader;
  readonly clock: RegistryClock;
}

/** How far an import has come: lines checked, events of the log compared, lines that are in the log. */
export interface ImportProgress {
  readonly phase: 'check' | 'compare' | 'append';
  readonly done: number;
  readonly of?: number;
}

export interface ImportRequest {
  readonly index: HistoryIndex;
  /** The file that was indexed. */
  readonly source: ByteSource;
  readonly actor: Actor;
  /** Leave bad lines out, and what cannot follow without them. */
  readonly skipInvalid: boolean;
  /** Stops it between two appends; what was appended stays. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
}

export interface Imported {
  readonly kind: 'imported';
  /** SHA-256 of the file. */
  readonly file: string;
  readonly adopted: boolean;
  readonly appended: number;
  readonly alreadyThere: number;
  /** Lines that say what happened to the registry from which they come, and not to a person. */
  readonly passedOver: number;
  readonly bad: BadLines;
  /** Lines whose personal content cannot be opened here. */
  readonly closed: number;
  /** Of the last event that was appended. */
  readonly position?: number;
}

export type ImportOutcome =
  | Imported
  | { readonly kind: 'invalid'; readonly bad: BadLines }
  | { readonly kind: 'conflict'; readonly conflict: LineConflict; readonly appended: number };

/**
 * Imports a history file: checks every line, holds it against the log, and appends what is not there yet.
 * Nothing is appended where a line is bad, unless those are to be skipped. A repetition appends nothing, and
 * one that broke off goes on. Throws `EventLogUnavailable`, and the reason of the signal.
 */
export async function importHistory(
  deps: ImportDeps,
  request: ImportRequest,
): Promise<ImportOutcome> {
  const { index } = request;
  const check = await checked(deps, request);
  if (index.bad.total > 0 && !request.skipInvalid) return { kind: 'invalid', bad: index.bad };
  const there = await compared(deps, request, check);
  if (there.conflict) return { kind: 'conflict', conflict: there.conflict, appended: 0 };
  return recorded(deps, request, { there, check });
}

async function checked(deps: ImportDeps, request: ImportRequest): Promise<LineCheck> {
  const { index, source, signal, onProgress } = request;
  const { reader, log, clock } = deps;
  const check = new LineCheck(index, {
    ...{ reader, log, source, signal },
    latestDay: latestLegalDay(clock.now()),
    registryDay: clock.registryDay(),
    onProgress: (done) => {
      onProgress({ phase: 'check', done, of: index.size });
    },
  });
  await check.run();
  return check;
}

function compared(
  { log, keys }: ImportDeps,
  request: ImportRequest,
  { inClear }: LineCheck,
): Promise<LogComparison> {
  const { index, source, signal, onProgress } = request;
  return compareWithLog(index, {
    ...{ log, keys, inClear, source, signal },
    onProgress: (done) => {
      onProgress({ phase: 'compare', done });
    },
  });
}

interface Compared {
  readonly there: LogComparison;
  readonly check: LineCheck;
}

async function recorded(
  deps: ImportDeps,
  request: ImportRequest,
  { there, check }: Compared,
): Promise<ImportOutcome> {
  const { index, actor } = request;
  const { log, clock } = deps;
  const { taken, passedOver } = countsOf(index);
  const alreadyThere = lengthsOf(there);
  const file = index.sha256;
  const marks = await marksOf(log, file);
  const at = clock.now();
  const begun = marks.begun ?? { adopted: !there.hasRegistrants, at, by: actor.id };
  const { adopted } = begun;
  if (taken > alreadyThere) {
    const data = { file, events: taken, adopted };
    await recordMark(log, { type: 'HistoryImportBegun', data }, { actor, at });
  }
  const appended = await appendLines(index, there, {
    ...{ log, keys: deps.keys, reader: deps.reader, inClear: check.inClear },
    ...{ source: request.source, signal: request.signal },
    mark: { adopted, at: begun.at, by: begun.by, file },
    onProgress: (done) => {
      request.onProgress({ phase: 'append', done, of: taken });
    },
  });
  const { conflict } = appended;
  if (conflict) return { kind: 'conflict', conflict, appended: appended.appended };
  const isBegun = marks.begun !== undefined || taken > alreadyThere;
  if (isBegun && !marks.isCompleted) {
    await recordMark(
      log,
      { type: 'HistoryImportCompleted', data: { file } },
      { actor, at: clock.now() },
    );
  }
  return {
    kind: 'imported',
    ...{ file, adopted, passedOver, closed: check.closed, bad: index.bad },
    appended: appended.appended,
    alreadyThere: taken - appended.appended,
    ...(appended.position !== undefined && { position: appended.position }),
  };
}

function countsOf(index: HistoryIndex): { readonly taken: number; readonly passedOver: number } {
  const counts = { taken: 0, passedOver: 0 };
  for (let place = 0; place < index.size; place += 1) {
    if (index.isTaken(place)) counts.taken += 1;
    else if (index.isPassedOver(place)) counts.passedOver += 1;
  }
  return counts;
}

function lengthsOf({ registrants, others }: LogComparison): number {
  let sum = 0;
  for (const count of registrants) sum += count;
  for (const { there } of others.values()) sum += there;
  return sum;
}
