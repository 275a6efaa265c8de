import { readFile, stat } from 'node:fs/promises';
import { type EventTable, type Instant, isInstant, shape } from '#libs/kernel';
import {
  logEntryOf,
  type PolicyEvent,
  policyEventTable,
  type PolicyLogEntry,
  policyLogIssues,
} from '#libs/policy';
import { Exit } from './exit.js';

/**
 * Reads a policy file, `{"events": [{ref, type, …}]}`, as the log of a policy. Each event is known
 * from its `recordedAt` on, or where it names none from its publication on; a correction or a
 * rescission must name it. Undefined where the file is no such JSON (it may be a history file). Says
 * what is wrong in it.
 */
export async function readPolicyFile(file: string): Promise<readonly PolicyLogEntry[] | undefined> {
  const json = parsed(await textOf(file));
  if (!shape.isPlainObject(json) || !Array.isArray(json['events'])) return undefined;
  const log = json['events'].map((event: unknown, at) =>
    entryFrom(event, `${file}: events[${at}]`),
  );
  const [issue] = policyLogIssues(log);
  if (issue) throw new Exit(`${file}: events[${issue.at}].${issue.path} ${issue.problem}.`);
  return log;
}

const table: EventTable = policyEventTable;

function entryFrom(event: unknown, place: string): PolicyLogEntry {
  if (!shape.isPlainObject(event)) throw new Exit(`${place} must be an object.`);
  const { type, recordedAt, ...data } = event;
  const row = typeof type === 'string' ? table[type] : undefined;
  if (!row) throw new Exit(`${place}.type is no event of the policy.`);
  const [issue] = row.check(data);
  if (issue) throw new Exit(`${place}.${issue.path} ${issue.problem}.`);
  const policyEvent = { type, data } as PolicyEvent;
  return logEntryOf(policyEvent, knownFrom(policyEvent, recordedAt, place));
}

function knownFrom({ data }: PolicyEvent, recordedAt: unknown, place: string): Instant {
  if (isInstant(recordedAt)) return recordedAt;
  if (recordedAt === undefined && 'publishedOn' in data) return `${data.publishedOn}T00:00:00.000Z`;
  throw new Exit(`${place}.recordedAt must be an instant, YYYY-MM-DDTHH:MM:SS.mmmZ.`);
}

/** No policy is that long, but a history may be longer than a text can be. */
const POLICY_BYTES_MAX = 32 * 1024 * 1024;

async function textOf(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > POLICY_BYTES_MAX) return '';
    return await readFile(file, 'utf8');
  } catch {
    throw new Exit(`The file ${file} cannot be read.`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
