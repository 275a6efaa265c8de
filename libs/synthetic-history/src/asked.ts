import { type CivilDay, fromDayNumber, toDayNumber } from '#libs/kernel';
import {
  callInGroups,
  classExemption,
  type Duty,
  dutyPeriodOn,
  dutyPeriods,
  enactedTimeline,
  foldPolicy,
  inForceOn,
  ofType,
} from '#libs/policy';

/** What the law that was enacted asked of people in its time; days as whole numbers since 1970-01-01. */
export const enacted = foldPolicy(enactedTimeline);

/** The first day on which anybody was registered. */
export const beganOn: number = toDayNumber(
  ofType(enacted, 'ArrivalDesignationMade')[0]?.effectiveOn ?? '2002-09-11',
);

/** The day from which no duty of the programme applied. */
export const endedOn: number = toDayNumber(
  ofType(enacted, 'ProgrammeDelisted')[0]?.effectiveOn ?? '2011-04-28',
);

/** From this day officers may register at their discretion. */
export const discretionFrom: CivilDay =
  ofType(enacted, 'ArrivalDiscretionAuthorised')[0]?.effectiveOn ?? '2002-10-01';

/** The call-in groups with all that became of them. */
export const groups = callInGroups(enacted, fromDayNumber(endedOn - 1));

/** Whether people are still asked to fulfil the duty on that day. */
export function isAskedOn(duty: Duty, day: number): boolean {
  return dutyPeriods(enacted, duty).some(
    ({ from, until }) =>
      toDayNumber(from) <= day && (until === undefined || day < toDayNumber(until)),
  );
}

/** Ports at which a departure may be registered on that day; none where it need not be. */
export function departurePortsOn(day: CivilDay, classOfAdmission: string): readonly string[] {
  const duty: Duty = 'departure-registration';
  if (!dutyPeriodOn(enacted, duty, day)) return [];
  return classExemption(enacted, day, { duty, classOfAdmission }) ? [] : portsOn(day);
}

const portsOn = keptByDay((day) =>
  inForceOn(enacted, 'DeparturePortsDesignated', day).flatMap(({ data }) => data.ports),
);

/** Thousands of people meet the same few thousand days, so what the law says of a day is kept. */
export function keptByDay<Value>(answer: (day: CivilDay) => Value): (day: CivilDay) => Value {
  const answers = new Map<CivilDay, Value>();
  return (day) => {
    const kept = answers.get(day);
    if (kept !== undefined) return kept;
    const fresh = answer(day);
    answers.set(day, fresh);
    return fresh;
  };
}
