import type { Subject } from '#libs/assessment';
import {
  type CivilDay,
  type Instant,
  knownFrom,
  type KnownEvent,
  type RecordedEvent,
} from '#libs/kernel';
import { factsOf } from '#libs/registry';

/** A history, divided by registrant, and what identifies it. */
export interface ReplaySource {
  readonly people: number;
  /** In the order of their ids, so that the order of streams in the log makes no difference. */
  readonly subjects: Iterable<Subject>;
  readonly findSubject: (registrantId: string) => Subject | undefined;
  /** The events by which the registry's days began. */
  readonly registryDays: readonly RecordedEvent[];
  /** The last day observed: of the last `RegistryDayBegan`, else of the last registrant fact. */
  readonly observedUntil: CivilDay;
  readonly position: number;
  readonly historyHash: string;
  /** Some events bring their own times of recording along. */
  readonly isAdopted: boolean;
  /** Some events come from a generator: whoever computes on them is to say so. */
  readonly isSynthetic: boolean;
}

/** An empty history observes nothing: it ends before the first day of the programme. */
const NOTHING_OBSERVED = '2002-09-10';

/** The last day observed, as far as it was known at an instant; as far as the history goes where none is named. */
export function observedUntil(
  { subjects, registryDays }: Pick<ReplaySource, 'subjects' | 'registryDays'>,
  knownAt?: Instant,
): CivilDay {
  const lastDay = registryDays.findLast((event) => isKnown(event, knownAt));
  if (lastDay) return (lastDay.data as { readonly day: CivilDay }).day;
  const view = knownAt === undefined ? {} : { knownAt };
  let last = NOTHING_OBSERVED;
  for (const { events } of subjects) {
    const day = factsOf(events, view).at(-1)?.day;
    if (day !== undefined && day > last) last = day;
  }
  return last;
}

/** Whether the registry knew the event at the instant; at any where none is named. */
export function isKnown({ metadata }: KnownEvent, knownAt: Instant | undefined): boolean {
  return knownAt === undefined || knownFrom(metadata) <= knownAt;
}
