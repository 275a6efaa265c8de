import { toDayNumber } from '#libs/kernel';
import type { Draft } from './draft.js';
import type { FirstRegistrations } from './first-registrations.js';
import { draftLife } from './life.js';
import type { Nationalities } from './nationalities.js';
import { isRegistrationEvent } from './planned-fact.js';
import { countedUntil, countedUntilDay, figureOn, scaled } from './published.js';
import { Quota } from './quota.js';
import { Random } from './random.js';

/** Up to this day the larger of the two figures of removal proceedings was published. */
const EARLY_UNTIL = toDayNumber('2003-05-11');
/** Whoever is called in later has their proceedings counted later. */
const EARLY_REGISTERED_UNTIL = EARLY_UNTIL - 3;
/** Who missed something is found out not before so many days. */
const FOUND_OUT_DAYS = 20;

export interface HistoryPlan {
  readonly seed: number;
  readonly people: number;
  readonly firstRegistrations: FirstRegistrations;
  readonly nationalities: Nationalities;
}

/** The numbers of which the life of one person is drawn. */
export function randomOfLife({ seed, people }: HistoryPlan, index: number): Random {
  return new Random(seed, people, 0, index);
}

/** Days on which proceedings against a person may be initiated. */
export type ProceedingsDays = readonly [from: number, until: number];

/**
 * What is decided for all people together, so that the published figures come out: who of those called
 * in is put into removal proceedings, who is later on, and which changes are reported at all. People
 * are to be asked about in the order in which they were registered.
 */
export class Calibration {
  readonly #early: EarlyProceedings;
  readonly #later: Quota;
  readonly #reports: Quota;
  readonly #random: Random;
  /** The share of candidates for a report of a change that is kept. */
  readonly #share: number;

  constructor(plan: HistoryPlan) {
    const { people } = plan;
    this.#early = new EarlyProceedings(plan);
    this.#random = new Random(plan.seed, people, 2);
    const { registrationEvents, reports, failing } = rehearse(plan);
    const byThen = figureOn(countedUntil, 'removalProceedings');
    const before = figureOn('2003-05-11', 'removalProceedings');
    this.#later = new Quota(scaled(byThen, people) - scaled(before, people), failing);
    const told = scaled(figureOn(countedUntil, 'registrationEvents'), people);
    const wanted = Math.min(reports, Math.max(0, told - registrationEvents));
    this.#reports = new Quota(wanted, reports);
    this.#share = reports === 0 ? 1 : wanted / reports;
  }

  /** The days of proceedings against this person; undefined for most people. */
  proceedings(draft: Draft): ProceedingsDays | undefined {
    const early = this.#early.of(draft);
    if (early) return early;
    const later = laterProceedings(draft);
    return later && this.#later.takes(this.#random) ? later : undefined;
  }

  /** The reports of changes that are really made. */
  reports({ reports }: Draft): Draft['reports'] {
    return reports.filter(({ recordedOn }) =>
      recordedOn <= countedUntilDay
        ? this.#reports.takes(this.#random)
        : this.#random.chance(this.#share),
    );
  }
}

/** Proceedings against people called in, begun by 2003-05-11. */
class EarlyProceedings {
  readonly #quota: Quota;
  readonly #random: Random;

  constructor({ seed, people, firstRegistrations }: HistoryPlan) {
    let candidates = 0;
    for (const [day, registrations] of firstRegistrations) {
      if (day > EARLY_REGISTERED_UNTIL) continue;
      candidates += registrations.filter(({ group }) => group).length;
    }
    const wanted = scaled(figureOn('2003-05-11', 'removalProceedings'), people);
    this.#quota = new Quota(wanted, candidates);
    this.#random = new Random(seed, people, 3);
  }

  of({ stays: [stay] }: Draft): ProceedingsDays | undefined {
    if (stay?.by !== 'call-in' || stay.from > EARLY_REGISTERED_UNTIL) return undefined;
    if (!this.#quota.takes(this.#random)) return undefined;
    return [stay.from, Math.min(stay.until, EARLY_UNTIL)];
  }
}

/** Who does not take the rules quite seriously, and was there after 2003-05-11 by 2003-09-30. */
function laterProceedings({ traveller, stays }: Draft): ProceedingsDays | undefined {
  if (traveller.temperament === 'diligent') return undefined;
  for (const { from, until } of stays) {
    const first = Math.max(from + FOUND_OUT_DAYS, EARLY_UNTIL + 1);
    const last = Math.min(until, countedUntilDay);
    if (first <= last) return [first, last];
  }
  return undefined;
}

/** What comes out by 2003-09-30 where nobody counts. */
interface Rehearsal {
  /** Without reports of changes. */
  readonly registrationEvents: number;
  /** Candidates for a report of a change. */
  readonly reports: number;
  /** Candidates for the later removal proceedings. */
  readonly failing: number;
}

/** Lives all lives once, up to the day until which was counted: a few seconds at full size. */
function rehearse(plan: HistoryPlan): Rehearsal {
  const early = new EarlyProceedings(plan);
  let registrationEvents = 0;
  let reports = 0;
  let failing = 0;
  let index = 0;
  for (const [day, registrations] of plan.firstRegistrations) {
    if (day > countedUntilDay) break;
    for (const first of registrations) {
      const random = randomOfLife(plan, index);
      const draft = draftLife({ first, day }, plan.nationalities, random);
      index += 1;
      registrationEvents += countBy(draft.facts);
      reports += countBy(draft.reports);
      if (!early.of(draft) && laterProceedings(draft)) failing += 1;
    }
  }
  return { registrationEvents, reports, failing };
}

function countBy(facts: Draft['facts']): number {
  return facts.filter(
    ({ occurrence, recordedOn }) =>
      recordedOn <= countedUntilDay && isRegistrationEvent(occurrence.type),
  ).length;
}
