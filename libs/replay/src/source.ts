import type { Subject } from '#libs/assessment';
import {
  type CivilDay,
  type EventTable,
  type Instant,
  knownFrom,
  POLICY_STREAM,
  type RecordedEvent,
  REGISTRY_DAYS_STREAM,
  registrantIdOf,
} from '#libs/kernel';
import { factsOf } from '#libs/registry';
import { historyHash } from './history-hash.js';

/** A history, divided by registrant, and what identifies it. */
export interface ReplaySource {
  readonly subjects: readonly Subject[];
  /** The events by which the registry's days began. */
  readonly registryDays: readonly RecordedEvent[];
  /** The last day observed: of the last `RegistryDayBegan`, else of the last registrant fact. */
  readonly observedUntil: CivilDay;
  readonly position: number;
  readonly historyHash: string;
  /** Some events bring their own times of recording along. */
  readonly isAdopted: boolean;
}

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
  const subjects = subjectsOf(events);
  const registryDays = events.filter(({ stream }) => stream === REGISTRY_DAYS_STREAM);
  return {
    source: {
      subjects,
      registryDays,
      observedUntil: observedUntil({ subjects, registryDays }),
      position: events.at(-1)?.position ?? 0,
      historyHash: historyHash(events, tables),
      isAdopted: events.some(({ metadata }) => metadata.imported?.adopted === true),
    },
    policyEvents: events.filter(({ stream }) => stream === POLICY_STREAM),
  };
}

/** By id, so that the order of streams in the log makes no difference. */
function subjectsOf(events: readonly RecordedEvent[]): readonly Subject[] {
  const byRegistrant = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const registrantId = registrantIdOf(event.stream);
    if (registrantId === undefined) continue;
    const own = byRegistrant.get(registrantId);
    if (own) own.push(event);
    else byRegistrant.set(registrantId, [event]);
  }
  return [...byRegistrant.entries()]
    .map(([registrantId, own]): Subject => ({ registrantId, events: own }))
    .sort((a, b) => (a.registrantId < b.registrantId ? -1 : 1));
}

/** An empty history observes nothing: it ends before the first day of the programme. */
const NOTHING_OBSERVED = '2002-09-10';

/** The last day observed, as far as it was known at an instant; as far as the history goes where none is named. */
export function observedUntil(
  { subjects, registryDays }: Pick<ReplaySource, 'subjects' | 'registryDays'>,
  knownAt?: Instant,
): CivilDay {
  const lastDay = registryDays.findLast(
    ({ metadata }) => knownAt === undefined || knownFrom(metadata) <= knownAt,
  );
  if (lastDay) return (lastDay.data as { readonly day: CivilDay }).day;
  const view = knownAt === undefined ? {} : { knownAt };
  let last = NOTHING_OBSERVED;
  for (const { events } of subjects) {
    const day = factsOf(events, view).at(-1)?.day;
    if (day !== undefined && day > last) last = day;
  }
  return last;
}
