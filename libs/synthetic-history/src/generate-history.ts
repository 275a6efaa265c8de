import {
  type CivilDay,
  eventId,
  fromDayNumber,
  isCivilDay,
  shape,
  type ShapeIssue,
  toDayNumber,
} from '#libs/kernel';
import { beganOn, endedOn } from './asked.js';
import { Calibration, type HistoryPlan, randomOfLife } from './calibration.js';
import type { DatedFact } from './dated-fact.js';
import {
  drawFirstRegistrations,
  type FirstRegistration,
  nationalitiesInAll,
} from './first-registrations.js';
import { historyLine, type HistoryLine } from './history-line.js';
import { draftLife } from './life.js';
import { datedFacts } from './life-in-order.js';
import { Nationalities } from './nationalities.js';

/** What to generate; the same request gives the same lines, on every machine. */
export interface HistoryRequest {
  /** People first registered by 2003-09-30; more are registered after it. */
  readonly people: number;
  readonly seed: number;
  /** The last day on which anything is recorded; the last day of the programme unless said. */
  readonly until?: CivilDay;
}

/** How far the generator has come: told once a month of the history. JSON-able. */
export interface HistoryProgress {
  readonly day: CivilDay;
  readonly until: CivilDay;
  readonly people: number;
  readonly lines: number;
}

const PEOPLE_MAX = 2_000_000;
const SEED_MAX = 2 ** 32 - 1;

/** What is wrong with a request; empty when nothing is. */
export function historyRequestIssues({
  people,
  seed,
  until,
}: HistoryRequest): readonly ShapeIssue[] {
  const issues: ShapeIssue[] = [
    ...shape.integer(1, PEOPLE_MAX)(people, 'people'),
    ...shape.integer(0, SEED_MAX)(seed, 'seed'),
  ];
  const first = fromDayNumber(beganOn);
  if (until !== undefined && (!isCivilDay(until) || until < first)) {
    const problem = `must be a day that exists, YYYY-MM-DD, from ${first} on`;
    issues.push({ path: 'until', problem });
  }
  return issues;
}

/**
 * Synthetic people and their stays as lines of a history file, in the order in which they were
 * recorded, calibrated to the published figures. A history up to an earlier day is the beginning of the
 * one up to a later day. What is kept in memory is the bare plan of what is still to happen, a few
 * numbers a fact; personal content is drawn when its line is written. Throws a RangeError where
 * `historyRequestIssues` finds fault.
 */
export function* generateHistory(
  request: HistoryRequest,
  onProgress?: (progress: HistoryProgress) => void,
): Generator<HistoryLine, void, undefined> {
  const [issue] = historyRequestIssues(request);
  if (issue) throw new RangeError(`${issue.path} ${issue.problem}`);
  const lastDay = Math.min(endedOn - 1, toDayNumber(request.until ?? fromDayNumber(endedOn)));
  const until = fromDayNumber(lastDay);
  const plan = planOf(request);
  const lives = livesOf(plan);
  const toCome = new Map<number, DatedFact[]>();
  let people = 0;
  let lines = 0;
  for (let day = beganOn; day <= lastDay; day += 1) {
    for (const first of plan.firstRegistrations.get(day) ?? []) {
      schedule(toCome, lives({ first, day }), lastDay);
      people += 1;
    }
    const today = (toCome.get(day) ?? []).sort(inOrderOfRecording);
    toCome.delete(day);
    for (const dated of today) yield historyLine(dated);
    lines += today.length;
    const on = fromDayNumber(day);
    if (on.endsWith('-01') || day === lastDay) onProgress?.({ day: on, until, people, lines });
  }
}

function planOf({ people, seed }: HistoryRequest): HistoryPlan {
  return {
    seed,
    people,
    firstRegistrations: drawFirstRegistrations(seed, people),
    nationalities: new Nationalities(seed, people, nationalitiesInAll),
  };
}

interface Beginning {
  readonly first: FirstRegistration;
  readonly day: number;
}

/** Draws lives one after the other, in the order of the first registrations. */
function livesOf(plan: HistoryPlan): (begin: Beginning) => readonly DatedFact[] {
  const { seed, people, nationalities } = plan;
  const calibration = new Calibration(plan);
  let index = 0;
  return (begin) => {
    const random = randomOfLife(plan, index);
    const draft = draftLife(begin, nationalities, random);
    const registrantId = eventId('synthetic-registrant', seed, people, index);
    const subject = { seed, index, registrantId, traveller: draft.traveller };
    index += 1;
    return datedFacts({ draft, subject }, calibration, random);
  };
}

function schedule(
  toCome: Map<number, DatedFact[]>,
  facts: readonly DatedFact[],
  lastDay: number,
): void {
  for (const dated of facts) {
    const day = dated.fact.recordedOn;
    if (day > lastDay) continue;
    const onDay = toCome.get(day);
    if (onDay) onDay.push(dated);
    else toCome.set(day, [dated]);
  }
}

function inOrderOfRecording(a: DatedFact, b: DatedFact): number {
  return a.second - b.second || a.subject.index - b.subject.index || a.ordinal - b.ordinal;
}
