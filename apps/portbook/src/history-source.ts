import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Subject } from '#libs/assessment';
import { currentPolicyOf, eventTables } from '#libs/command-handling';
import { HistoryLineError, readHistory } from '#libs/event-log';
import { POLICY_STREAM, type RecordedEvent } from '#libs/kernel';
import { enactedTimeline, type PolicyLogEntry, policyLogIssues } from '#libs/policy';
import { HistoryGathering, type ReplaySource } from '#libs/replay';
import { Exit } from './exit.js';
import { readPolicyFile } from './policy-file.js';
import { megabytes, progressReporter } from './progress.js';

/** A history read from a file, and the policy by which it is judged, in the order of the log. */
export interface HistoryFromFile {
  readonly source: ReplaySource;
  readonly policyLog: readonly PolicyLogEntry[];
  /** Where the policy comes from, in words. */
  readonly policyFrom: string;
}

/**
 * Reads a whole history file line by line, each one checked, and keeps of it what judging needs. The policy is that of --policy, else the file's own
 * policy stream, else the shipped timeline: never a mixture.
 */
export async function historyFromFile(
  file: string,
  policyFile: string | undefined,
): Promise<HistoryFromFile> {
  const gathering = new HistoryGathering(eventTables);
  for await (const event of eventsOf(file)) gathering.take(event);
  const { source, policyEvents } = gathering.gathered();
  if (policyFile !== undefined) {
    const policyLog = await policyFromFile(policyFile);
    return { source, policyLog, policyFrom: policyFile };
  }
  if (policyEvents.length > 0) {
    return {
      source,
      policyLog: policyLogOf(policyEvents, file),
      policyFrom: `the policy stream of ${file}`,
    };
  }
  return { source, policyLog: enactedTimeline, policyFrom: 'the shipped timeline' };
}

/** The log of a policy file, or of the policy stream of a history file. */
export async function policyFromFile(file: string): Promise<readonly PolicyLogEntry[]> {
  const policy = await readPolicyFile(file);
  if (policy) return policy;
  const policyEvents: RecordedEvent[] = [];
  for await (const event of eventsOf(file)) {
    if (event.stream === POLICY_STREAM) policyEvents.push(event);
  }
  if (policyEvents.length === 0) throw new Exit(`${file} holds no policy.`);
  return policyLogOf(policyEvents, file);
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
