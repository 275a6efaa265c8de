import { obligationsUnder } from '#libs/assessment';
import { fromDayNumber, type RecordedEvent } from '#libs/kernel';
import type { Status } from '#libs/assessment';
import { type AssessedObligation, foldRegistrant } from '#libs/registry';
import { endedOn, policyKnownOn } from './asked.js';
import * as assumed from './assumptions.js';
import type { ProceedingsDays } from './calibration.js';
import type { Draft } from './draft.js';
import type { Decided, Failure } from './planned-fact.js';
import { countedUntilDay } from './published.js';
import type { Random } from './random.js';

/** A decision that is to be made, before anybody knows what it can rely on. */
export interface PendingDecision {
  readonly type: Decided['type'];
  readonly on: number;
  /** The failure that it is about; absent where it is about any, or about none. */
  readonly failure?: Failure;
  readonly wilful?: boolean;
  readonly ground?: string;
}

/** Who decides what about the failures of a life: most of them are never decided about. */
export function pendingDecisions(
  draft: Draft,
  proceedings: ProceedingsDays | undefined,
  random: Random,
): readonly PendingDecision[] {
  const pending: PendingDecision[] = [];
  if (proceedings) pending.push(proceedingsIn(draft, proceedings, random));
  for (const failure of draft.failures) {
    const decision = decisionAbout(failure, random);
    if (!decision) continue;
    pending.push(decision);
    const mayBeRemoved = !proceedings && decision.wilful === true;
    const removed = mayBeRemoved ? proceedingsAfter(decision, random) : undefined;
    if (removed) pending.push(removed);
  }
  pending.push(...rebuttals(draft, random));
  return pending.filter(({ on }) => on < endedOn);
}

/** Of those called in most on the day itself, because of the stay and not of any obligation. */
function proceedingsIn(
  { stays: [stay] }: Draft,
  [from, until]: ProceedingsDays,
  random: Random,
): PendingDecision {
  const ground = random.weighted(assumed.grounds);
  const type = 'RemovalProceedingsInitiated';
  if (stay?.by === 'call-in' && stay.from === from) {
    const on = from + random.within(random.weighted(assumed.proceedingsDays));
    return { type, on: Math.min(until, on), ground };
  }
  return { type, on: random.integer(from, until) };
}

function decisionAbout(failure: Failure, random: Random): PendingDecision | undefined {
  const { goodCause, wilfulness, foundWilful, days } = assumed.decisions;
  const isExcused = random.chance(goodCause);
  if (!isExcused && !random.chance(wilfulness)) return undefined;
  const on = failure.dueOn + random.within(days);
  if (isExcused) return { type: 'GoodCauseAccepted', on, failure };
  return { type: 'WilfulnessDetermined', on, failure, wilful: random.chance(foundWilful) };
}

/** Those by 2003-09-30 were counted, and are planned apart. */
function proceedingsAfter(
  { on, failure }: PendingDecision,
  random: Random,
): PendingDecision | undefined {
  const { proceedingsAfterWilful, proceedingsDays } = assumed.decisions;
  if (!failure || !random.chance(proceedingsAfterWilful)) return undefined;
  const initiatedOn = on + random.within(proceedingsDays);
  if (initiatedOn <= countedUntilDay) return undefined;
  return { type: 'RemovalProceedingsInitiated', on: initiatedOn, failure };
}

/** Of those who left without registering it, some are heard when they come back, or at a consulate. */
function rebuttals({ failures, stays }: Draft, random: Random): readonly PendingDecision[] {
  const { atReturn, atConsulate, consulateDays } = assumed.rebuttals;
  return failures.flatMap((failure) => {
    if (failure.duty !== 'departure-registration') return [];
    const back = stays.find(({ from }) => from > failure.dueOn);
    const isHeard = random.chance(back ? atReturn : atConsulate);
    if (!isHeard) return [];
    const on = back?.from ?? failure.dueOn + random.within(consulateDays);
    return [{ type: 'InadmissibilityPresumptionRebutted', on, failure } as const];
  });
}

const wanted: Readonly<Record<Decided['type'], readonly Status[]>> = {
  GoodCauseAccepted: ['missed'],
  WilfulnessDetermined: ['missed', 'met-late'],
  RemovalProceedingsInitiated: ['missed', 'met-late'],
  InadmissibilityPresumptionRebutted: ['missed'],
};

/**
 * The decision with what it relies on: what is assessed of the obligation on that day, by all that was
 * recorded before it. Undefined where there is nothing to decide about.
 */
export function decided(
  pending: PendingDecision,
  eventsBefore: () => readonly RecordedEvent[],
): Decided | undefined {
  const { type, ground } = pending;
  if (type === 'RemovalProceedingsInitiated' && ground !== undefined) return { type, ground };
  const day = fromDayNumber(pending.on);
  const assessed = obligationsUnder(policyKnownOn(pending.on))(foldRegistrant(eventsBefore()), day);
  const found = assessed.findLast((obligation) => isAbout(pending, obligation));
  if (found) return relying(pending, found);
  const isPlanned = type === 'RemovalProceedingsInitiated' && !pending.failure;
  return isPlanned ? { type, ground: OTHER_GROUND } : undefined;
}

const OTHER_GROUND = 'failed-to-maintain-status';
const FAILURE_GROUND = 'failed-to-register';

function isAbout(
  { type, failure }: PendingDecision,
  { key, reliedOn }: AssessedObligation,
): boolean {
  if (!wanted[type].some((status) => status === reliedOn.status)) return false;
  if (!failure) return true;
  return key.duty === failure.duty && reliedOn.dueOn === fromDayNumber(failure.dueOn);
}

function relying(
  { type, wilful = false }: PendingDecision,
  { key, reliedOn: assessed }: AssessedObligation,
): Decided {
  const obligation = inOrder(key);
  const reliedOn = inOrder(assessed);
  switch (type) {
    case 'GoodCauseAccepted':
      return { type, obligation, reliedOn };
    case 'WilfulnessDetermined':
      return { type, obligation, reliedOn, wilful };
    case 'RemovalProceedingsInitiated':
      return { type, obligation, reliedOn, ground: FAILURE_GROUND };
    case 'InadmissibilityPresumptionRebutted':
      return { type, departedOn: obligation.anchorOn, reliedOn };
  }
}

/** The same with its keys in the order in which lines are put together. */
function inOrder<Of extends object>(value: Of): Of {
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries) as Of;
}
