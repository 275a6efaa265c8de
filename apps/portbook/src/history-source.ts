import { createReadStream } from 'node:fs';
import { currentPolicyOf, eventTables } from '#libs/command-handling';
import { HistoryLineError, readHistory } from '#libs/event-log';
import type { RecordedEvent } from '#libs/kernel';
import { enactedTimeline, type PolicyLogEntry, policyLogIssues } from '#libs/policy';
import { divideHistory, type ReplaySource } from '#libs/replay';
import { Exit } from './exit.js';
import { readPolicyFile } from './policy-file.js';

/** A history read from a file, and the policy by which it is judged, in the order of the log. */
export interface HistoryFromFile {
  readonly source: ReplaySource;
  readonly policyLog: readonly PolicyLogEntry[];
  /** Where the policy comes from, in words. */
  readonly policyFrom: string;
}

/**
 * Reads a whole history file, each line checked. The policy is that of --policy, else the file's own
 * policy stream, else the shipped timeline: never a mixture.
 */
export async function historyFromFile(
  file: string,
  policyFile: string | undefined,
): Promise<HistoryFromFile> {
  const { source, policyEvents } = divideHistory(await eventsOf(file), eventTables);
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
  const { policyEvents } = divideHistory(await eventsOf(file), eventTables);
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

async function eventsOf(file: string): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  try {
    for await (const event of readHistory(createReadStream(file), { tables: eventTables })) {
      events.push(event);
    }
  } catch (error) {
    if (error instanceof HistoryLineError) throw new Exit(`${file}, ${error.message}`);
    if (error instanceof Error && 'code' in error) {
      throw new Exit(`The file ${file} cannot be read (${String(error.code)}).`);
    }
    throw error;
  }
  return events;
}
