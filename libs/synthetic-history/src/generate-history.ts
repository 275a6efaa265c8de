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
import { drawFirstRegistrations } from './first-registrations.js';
import { type DatedFact, historyLine, type HistoryLine } from './history-line.js';
import { drawLife, type Life } from './life.js';
import { type Random, randomOf } from './random.js';

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
 * recorded. A history up to an earlier day is the beginning of the one up to a later day. What is kept
 * in memory is the bare plan of what is still to happen, a few numbers a fact; personal content is
 * drawn when its line is written. Throws a RangeError where `historyRequestIssues` finds fault.
 */
export function* generateHistory(
  request: HistoryRequest,
  onProgress?: (progress: HistoryProgress) => void,
): Generator<HistoryLine, void, undefined> {
  const [issue] = historyRequestIssues(request);
  if (issue) throw new RangeError(`${issue.path} ${issue.problem}`);
  const { people, seed } = request;
  const lastDay = Math.min(endedOn - 1, toDayNumber(request.until ?? fromDayNumber(endedOn)));
  const firstRegistrations = drawFirstRegistrations(seed, people);
  const toCome = new Map<number, DatedFact[]>();
  let index = 0;
  let lines = 0;
  for (let day = beganOn; day <= lastDay; day += 1) {
    for (const registration of firstRegistrations.get(day) ?? []) {
      const random = randomOf(seed, people, index);
      const life = drawLife(index, { registration, day }, random);
      const registrantId = eventId('synthetic-registrant', seed, people, index);
      schedule(toCome, datedFacts(life, registrantId, random), lastDay);
      index += 1;
    }
    const today = (toCome.get(day) ?? []).sort(inOrderOfRecording);
    toCome.delete(day);
    for (const dated of today) yield historyLine(dated, seed);
    lines += today.length;
    const on = fromDayNumber(day);
    if (on.endsWith('-01') || day === lastDay) {
      onProgress?.({ day: on, until: fromDayNumber(lastDay), people: index, lines });
    }
  }
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

const OPENS_AT = 13 * 3600;
const CLOSES_AT = 21 * 3600;

/** Each fact at an hour at which American offices are open; of one day the later fact at a later hour. */
function datedFacts(
  { traveller, facts }: Life,
  registrantId: string,
  random: Random,
): readonly DatedFact[] {
  let day = -1;
  let second = 0;
  return facts.map((fact, ordinal) => {
    second =
      fact.recordedOn === day
        ? second + random.integer(600, 2400)
        : random.integer(OPENS_AT, CLOSES_AT);
    day = fact.recordedOn;
    return { traveller, registrantId, fact, ordinal, second };
  });
}

function inOrderOfRecording(a: DatedFact, b: DatedFact): number {
  return a.second - b.second || a.traveller.index - b.traveller.index || a.ordinal - b.ordinal;
}
