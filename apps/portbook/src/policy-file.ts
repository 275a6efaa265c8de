import { readFile } from 'node:fs/promises';
import { type EventTable, shape } from '#libs/kernel';
import { policyEventTable, type PolicyRecord } from '#libs/policy';
import { Exit } from './exit.js';

/**
 * Reads a policy file, `{"events": [{ref, type, …}]}`, each event known from its publication on;
 * undefined where the file is no such JSON (it may be a history file). Says what is wrong in it.
 */
export async function readPolicyFile(file: string): Promise<readonly PolicyRecord[] | undefined> {
  const json = parsed(await textOf(file));
  if (!shape.isPlainObject(json) || !Array.isArray(json['events'])) return undefined;
  const refs = new Set<string>();
  return json['events'].map((event: unknown, at) => {
    const record = recordFrom(event, `${file}: events[${at}]`);
    if (refs.has(record.ref)) throw new Exit(`${file}: events[${at}].ref is used a second time.`);
    refs.add(record.ref);
    return record;
  });
}

const table: EventTable = policyEventTable;

function recordFrom(event: unknown, place: string): PolicyRecord {
  if (!shape.isPlainObject(event)) throw new Exit(`${place} must be an object.`);
  const { type, ...data } = event;
  const row = typeof type === 'string' ? table[type] : undefined;
  if (!row) throw new Exit(`${place}.type is no event of the policy.`);
  const [issue] = row.check(data);
  if (issue) throw new Exit(`${place}.${issue.path} ${issue.problem}.`);
  return { ...event, known: `${String(data['publishedOn'])}T00:00:00.000Z` } as PolicyRecord;
}

async function textOf(file: string): Promise<string> {
  try {
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
