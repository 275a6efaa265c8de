import type { Subject } from '#libs/assessment';
import {
  type CivilDay,
  type EventTable,
  POLICY_STREAM,
  type RecordedEvent,
  REGISTRY_DAYS_STREAM,
  registrantIdOf,
} from '#libs/kernel';
import { factsOf } from '#libs/registry';
import { historyHash } from './history-hash.js';
import type { ReplaySource } from './replay.js';

/** A history as it is replayed, and the events of its own policy stream. */
export interface DividedHistory {
  readonly source: ReplaySource;
  readonly policyEvents: readonly RecordedEvent[];
}

/** Divides the events of a log or a file, in its order, by registrant. */
export function divideHistory(
  events: readonly RecordedEvent[],
  tables: readonly EventTable[],
): DividedHistory {
  const byRegistrant = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const registrantId = registrantIdOf(event.stream);
    if (registrantId === undefined) continue;
    const own = byRegistrant.get(registrantId);
    if (own) own.push(event);
    else byRegistrant.set(registrantId, [event]);
  }
  const subjects = [...byRegistrant.entries()]
    .map(([registrantId, own]): Subject => ({ registrantId, events: own }))
    .sort((a, b) => (a.registrantId < b.registrantId ? -1 : 1));
  return {
    source: {
      subjects,
      observedUntil: observedUntil(events, subjects),
      position: events.at(-1)?.position ?? 0,
      historyHash: historyHash(events, tables),
      isAdopted: events.some(({ metadata }) => metadata.imported?.adopted === true),
    },
    policyEvents: events.filter(({ stream }) => stream === POLICY_STREAM),
  };
}

/** An empty history observes nothing: it ends before the first day of the programme. */
const NOTHING_OBSERVED = '2002-09-10';

function observedUntil(events: readonly RecordedEvent[], subjects: readonly Subject[]): CivilDay {
  const lastDay = events.findLast(({ stream }) => stream === REGISTRY_DAYS_STREAM);
  if (lastDay) return (lastDay.data as { readonly day: CivilDay }).day;
  let last = NOTHING_OBSERVED;
  for (const { events: own } of subjects) {
    const day = factsOf(own).at(-1)?.day;
    if (day !== undefined && day > last) last = day;
  }
  return last;
}
