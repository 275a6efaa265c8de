import { type CivilDay, type Instant, shape, type ShapeIssue } from '#libs/kernel';
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
  /** Select obligations by their due day, both ends included. */
  readonly from?: CivilDay;
  readonly to?: CivilDay;
  readonly measures: readonly Measure[];
  readonly by: readonly Dimension[];
}

export const defaultMeasures: readonly Measure[] = ['imposed', 'people'];

/** What is wrong with the parts of a request, each with what is known in its place. */
export function replayRequestIssues(request: {
  readonly presence: unknown;
  readonly measures: unknown;
  readonly by: unknown;
  readonly from?: unknown;
  readonly to?: unknown;
}): readonly ShapeIssue[] {
  const issues = [
    ...known(presenceAssumptions, request.presence, 'presence'),
    ...known(measures, request.measures, 'measures'),
    ...known(dimensions, request.by, 'by'),
  ];
  const { from, to } = request;
  if (typeof from === 'string' && typeof to === 'string' && to < from) {
    issues.push({ path: 'to', problem: 'must not lie before from' });
  }
  return issues;
}

function known(values: readonly string[], asked: unknown, path: string): ShapeIssue[] {
  const problem = `is none of ${values.join(', ')}`;
  const issues = shape.set(shape.text(), path === 'by' ? 0 : 1, values.length)(asked, path);
  if (issues.length > 0 || !Array.isArray(asked)) return [...issues];
  return asked.flatMap((value: string, at) =>
    values.includes(value) ? [] : [{ path: `${path}[${at}]`, problem }],
  );
}
