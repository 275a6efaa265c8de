import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { eventTables } from '#libs/command-handling';
import { connectEventLog, openRegistrantKeysReadOnly } from '#libs/event-log';
import { startEventNode } from '#libs/event-node';
import type { RecordedEvent } from '#libs/kernel';
import { foldInto, type Projection, type ViewDocument, type ViewStore } from '#libs/view-store';
import { policyTimeline } from '#projections/policy-timeline';
import { registrantFile } from '#projections/registrant-file';

/** Command ids, each with the ids of the events that were acknowledged for it. */
export type Acknowledged = ReadonlyMap<string, readonly string[]>;

export interface Expected {
  readonly acknowledged: Acknowledged;
  /** Ids of events of history files that are in. */
  readonly imported?: readonly string[];
  /** Closed afterwards. */
  readonly views: ViewStore;
}

/** Read together: enough for few questions, few enough for one answer. */
const DOCUMENTS_AT_ONCE = 500;

/**
 * Holds what a stopped system left behind to what was acknowledged: every event once, no other event of
 * these commands, and the views as a replay from zero makes them. Gives the number of events in the log;
 * throws at the first thing that differs.
 */
export async function compare(
  dataDir: string,
  { acknowledged, imported = [], views }: Expected,
): Promise<number> {
  const events = await storedEvents(dataDir);
  try {
    compareEvents(events, acknowledged);
    const ids = new Set(events.map(({ id }) => id));
    const lost = imported.find((id) => !ids.has(id));
    if (lost !== undefined) throw new Error(`The imported event ${lost} is not in the log.`);
    await compareViews(events, { projection: registrantFile, views });
    await compareViews(events, { projection: policyTimeline, views });
  } finally {
    await views.close();
  }
  return events.length;
}

async function storedEvents(dataDir: string): Promise<readonly RecordedEvent[]> {
  const node = await startEventNode({ folder: join(dataDir, 'events'), security: 'plaintext' });
  const keys = openRegistrantKeysReadOnly(join(dataDir, 'keys'));
  const { connectionString } = node;
  const log = connectEventLog({ connectionString, tables: eventTables, keys });
  try {
    const events: RecordedEvent[] = [];
    for await (const event of log.readAll()) events.push(event);
    return events;
  } finally {
    await Promise.all([log.close(), keys.close()]);
    await node.close();
  }
}

function compareEvents(events: readonly RecordedEvent[], acknowledged: Acknowledged): void {
  const ids = new Set(events.map(({ id }) => id));
  if (ids.size !== events.length) throw new Error('An event is in the log twice.');
  const byCommand = new Map<string, string[]>();
  for (const { id, metadata } of events) {
    const { commandId } = metadata;
    if (commandId === undefined || !acknowledged.has(commandId)) continue;
    byCommand.set(commandId, [...(byCommand.get(commandId) ?? []), id]);
  }
  for (const [command, told] of acknowledged) {
    const found = byCommand.get(command) ?? [];
    if (found.join() === told.join()) continue;
    throw new Error(
      `Command ${command} was answered with ${told.join()}, and the log holds ${found.join()}.`,
    );
  }
}

async function compareViews<View extends ViewDocument>(
  events: readonly RecordedEvent[],
  { projection, views }: { readonly projection: Projection<View>; readonly views: ViewStore },
): Promise<void> {
  const replayed = replayedFromZero(events, projection);
  const { name } = projection;
  const count = await views.count(projection);
  if (count !== replayed.size) {
    throw new Error(`${name} holds ${count} documents, and a replay gives ${replayed.size}.`);
  }
  const ids = [...replayed.keys()];
  for (let at = 0; at < ids.length; at += DOCUMENTS_AT_ONCE) {
    const part = ids.slice(at, at + DOCUMENTS_AT_ONCE);
    const stored = await views.getMany(projection, part);
    const different = part.find((id) => !isDeepStrictEqual(stored.get(id), replayed.get(id)));
    if (different !== undefined) throw new Error(`${name}/${different} is not as replayed.`);
  }
}

function replayedFromZero<View extends ViewDocument>(
  events: readonly RecordedEvent[],
  projection: Projection<View>,
): ReadonlyMap<string, View> {
  const documents = new Map<string, View>();
  for (const event of events) {
    for (const id of projection.concerns(event)) {
      const document = foldInto(projection, { id, view: documents.get(id) }, event);
      if (document) documents.set(id, document);
      else documents.delete(id);
    }
  }
  return documents;
}
