import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Subject } from '#libs/assessment';
import { currentPolicyOf, eventTables, policyAtMoment } from '#libs/command-handling';
import { HistoryLineError, readHistory } from '#libs/event-log';
import {
  type CivilDay,
  isKnownAt,
  type KnownAt,
  POLICY_STREAM,
  type RecordedEvent,
} from '#libs/kernel';
import {
  enactedTimeline,
  foldPolicy,
  type PolicyAtMoment,
  policyAtInstant,
  type PolicyLogEntry,
  policyLogIssues,
} from '#libs/policy';
import { HistoryGathering, observedUntil, type ReplaySource } from '#libs/replay';
import { Exit, wrongUse } from './exit.js';
import { readPolicyFile } from './policy-file.js';
import { megabytes, progressReporter } from './progress.js';

/** A history read from a file, and the policy by which it is judged, as they were known at a moment. */
export interface HistoryFromFile {
  /** Up to the line, where the moment is a position. */
  readonly source: ReplaySource;
  readonly policy: PolicyAtMoment;
  /** The last day observed, as far as that was known. */
  readonly observedUntil: CivilDay;
}

/**
 * Reads a whole history file line by line, each one checked, and keeps of it what judging needs. The
 * policy is that of --policy, else the file's own policy stream, else the shipped timeline: never a
 * mixture. A position names a line of this file, so a policy from elsewhere is known whole by it.
 */
export async function historyFromFile(
  file: string,
  policyFile: string | undefined,
  knownAt?: KnownAt,
): Promise<HistoryFromFile> {
  const { source, policyEvents } = await gathered(file, knownAt);
  const instant = knownAt?.kind === 'instant' ? knownAt.instant : undefined;
  return {
    source,
    policy: await policyFor(policyEvents, { file, policyFile, knownAt }),
    observedUntil: instant === undefined ? source.observedUntil : observedUntil(source, instant),
  };
}

type Gathered = ReturnType<HistoryGathering['gathered']>;

/** Of the lines after the moment only those of the policy are kept: a scenario may name them. */
async function gathered(file: string, knownAt: KnownAt | undefined): Promise<Gathered> {
  const gathering = new HistoryGathering(eventTables);
  const later: RecordedEvent[] = [];
  for await (const event of eventsOf(file)) {
    if (knownAt?.kind !== 'position' || isKnownAt(event, knownAt)) gathering.take(event);
    else if (event.stream === POLICY_STREAM) later.push(event);
  }
  const { source, policyEvents } = gathering.gathered();
  return { source, policyEvents: [...policyEvents, ...later] };
}

interface PolicyAsked {
  readonly file: string;
  readonly policyFile: string | undefined;
  readonly knownAt: KnownAt | undefined;
}

async function policyFor(
  own: readonly RecordedEvent[],
  { file, policyFile, knownAt }: PolicyAsked,
): Promise<PolicyAtMoment> {
  if (policyFile === undefined && own.length > 0) {
    policyLogOf(own, file);
    return policyAtMoment(own, knownAt);
  }
  const log = policyFile === undefined ? enactedTimeline : await policyFromFile(policyFile);
  const instant = knownAt?.kind === 'instant' ? knownAt.instant : undefined;
  return policyAtInstant(foldPolicy(log), instant);
}

/** The policy of a policy file or of a history file's stream, where alone a position means a line. */
export async function policyAtMomentFrom(
  file: string,
  knownAt: KnownAt | undefined,
): Promise<PolicyAtMoment> {
  if (knownAt?.kind !== 'position') {
    return policyAtInstant(foldPolicy(await policyFromFile(file)), knownAt?.instant);
  }
  if (await readPolicyFile(file)) {
    throw wrongUse(`--known-at position:<n> goes with a history file, and ${file} is none.`);
  }
  const events = await policyEventsOf(file);
  policyLogOf(events, file);
  return policyAtMoment(events, knownAt);
}

/** The log of a policy file, or of the policy stream of a history file. */
export async function policyFromFile(file: string): Promise<readonly PolicyLogEntry[]> {
  const policy = await readPolicyFile(file);
  if (policy) return policy;
  return policyLogOf(await policyEventsOf(file), file);
}

async function policyEventsOf(file: string): Promise<readonly RecordedEvent[]> {
  const policyEvents: RecordedEvent[] = [];
  for await (const event of eventsOf(file)) {
    if (event.stream === POLICY_STREAM) policyEvents.push(event);
  }
  if (policyEvents.length === 0) throw new Exit(`${file} holds no policy.`);
  return policyEvents;
}

/** The log of a file's policy stream; its lines are right by themselves, and here beside each other. */
function policyLogOf(events: readonly RecordedEvent[], file: string): readonly PolicyLogEntry[] {
  const { log } = currentPolicyOf(events).policy;
  const [issue] = policyLogIssues(log);
  if (!issue) return log;
  const line = events[issue.at]?.position ?? 0;
  throw new Exit(`${file}, line ${line}: ${issue.path} ${issue.problem}.`);
}

/** The person of that id; refused where the history holds nobody of it. */
export function getSubject(registrantId: string, source: ReplaySource, file: string): Subject {
  const subject = source.findSubject(registrantId);
  if (subject) return subject;
  throw new Exit(`${file} holds no registrant ${registrantId}.`);
}

/** The events of a history file, one at a time; how far the reading has come is said on stderr. */
async function* eventsOf(file: string): AsyncGenerator<RecordedEvent, void> {
  try {
    const { size } = await stat(file);
    const stream = createReadStream(file, { highWaterMark: BYTES_READ_AT_ONCE });
    const progress = progressReporter('MB read');
    for await (const event of readHistory(stream, { tables: eventTables })) {
      // Of a pipe nobody knows how long it is.
      progress.report(megabytes(stream.bytesRead), size > 0 ? megabytes(size) : undefined);
      yield event;
    }
    progress.finish();
  } catch (error) {
    if (error instanceof HistoryLineError) throw new Exit(`${file}, ${error.message}`);
    if (error instanceof Error && 'code' in error) {
      throw new Exit(`The file ${file} cannot be read (${String(error.code)}).`);
    }
    throw error;
  }
}

const BYTES_READ_AT_ONCE = 1024 * 1024;
