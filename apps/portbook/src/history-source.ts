import { createReadStream } from 'node:fs';
import { currentPolicyOf, eventTables } from '#libs/command-handling';
import { HistoryLineError, readHistory } from '#libs/event-log';
import type { RecordedEvent } from '#libs/kernel';
import { enactedTimeline, type PolicyRecord } from '#libs/policy';
import { divideHistory, type ReplaySource } from '#libs/replay';
import { Exit } from './exit.js';
import { readPolicyFile } from './policy-file.js';

/** A history read from a file, and the policy by which it is judged, in the order of the log. */
export interface HistoryFromFile {
  readonly source: ReplaySource;
  readonly policyRecords: readonly PolicyRecord[];
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
    const policyRecords = await policyFromFile(policyFile);
    return { source, policyRecords, policyFrom: policyFile };
  }
  if (policyEvents.length > 0) {
    const { records } = currentPolicyOf(policyEvents);
    return { source, policyRecords: records, policyFrom: `the policy stream of ${file}` };
  }
  return { source, policyRecords: enactedTimeline, policyFrom: 'the shipped timeline' };
}

/** The records of a policy file, or of the policy stream of a history file. */
export async function policyFromFile(file: string): Promise<readonly PolicyRecord[]> {
  const policy = await readPolicyFile(file);
  if (policy) return policy;
  const { policyEvents } = divideHistory(await eventsOf(file), eventTables);
  if (policyEvents.length === 0) throw new Exit(`${file} holds no policy.`);
  return currentPolicyOf(policyEvents).records;
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
