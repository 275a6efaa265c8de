import {
  type CivilDay,
  type Instant,
  isInstant,
  type Shape,
  shape,
  type ShapeIssue,
} from '#libs/kernel';
import { type Presence, presenceAssumptions } from '#libs/registry';

/** What can be counted; `people` and `nationalities` count anew in each cell and do not add up. */
export const measures = [
  ...(['people', 'imposed', 'met', 'metLate', 'missed', 'released', 'excused'] as const),
  ...(['untested', 'upcoming', 'open', 'unneeded', 'complianceRate', 'medianDaysLate'] as const),
  ...(['peopleWithMissed', 'officerMinutes', 'registrantHours', 'peakAppointments'] as const),
  ...(['nationalities', 'departuresRegistered', 'presumptions', 'rebutted'] as const),
  ...(['pastAdmission'] as const),
] as const;
export type Measure = (typeof measures)[number];

/** By what it can be divided; a person with two nationalities counts in each of them. */
export const dimensions = [
  ...(['month', 'duty', 'status', 'transition', 'nationality', 'basis', 'criterion'] as const),
  ...(['purpose', 'callInGroup', 'port', 'office', 'classOfAdmission', 'sex', 'ageBand'] as const),
] as const;
export type Dimension = (typeof dimensions)[number];

/** A question to a history; worlds are resolved from names by the caller. */
export interface ReplayRequest {
  /** The day that is looked from; the last day observed where absent. */
  readonly on?: CivilDay;
  readonly knownAt?: Instant;
  /** One world for each. */
  readonly presence: readonly Presence[];
  /** Select obligations by their due day, facts that nobody needed by their own; both ends included. */
  readonly from?: CivilDay;
  readonly to?: CivilDay;
  readonly measures: readonly Measure[];
  readonly by: readonly Dimension[];
}

export const defaultMeasures: readonly Measure[] = ['imposed', 'people'];

/** What is wrong with a request that was not checked yet, each with what is allowed in its place. */
export function replayRequestIssues(request: {
  readonly [Field in keyof ReplayRequest]: unknown;
}): readonly ShapeIssue[] {
  const { on, knownAt, from, to } = request;
  const issues = [
    ...known(presenceAssumptions, 1)(request.presence, 'presence'),
    ...known(measures, 1)(request.measures, 'measures'),
    ...known(dimensions, 0)(request.by, 'by'),
    ...Object.entries({ on, from, to }).flatMap(([path, value]) =>
      value === undefined ? [] : shape.day(value, path),
    ),
  ];
  if (knownAt !== undefined && !isInstant(knownAt)) {
    issues.push({ path: 'knownAt', problem: 'must be an instant, YYYY-MM-DDTHH:MM:SS.mmmZ' });
  }
  if (typeof from === 'string' && typeof to === 'string' && to < from) {
    issues.push({ path: 'to', problem: 'must not lie before from' });
  }
  return issues;
}

function known(values: readonly string[], min: number): Shape {
  const one: Shape = (value, path) =>
    typeof value === 'string' && values.includes(value)
      ? []
      : [{ path, problem: `is none of ${values.join(', ')}` }];
  return shape.set(one, min, values.length);
}
