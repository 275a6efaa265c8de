import { fromDayNumber, toDayNumber } from '#libs/kernel';
import {
  callInGroups,
  type ChangeKind,
  classExemption,
  designationsMatching,
  type Duty,
  dutyNames,
  dutyPeriods,
  enactedPolicy as enacted,
  foldPolicy,
  inForceOn,
  ofType,
  type PersonAttributes,
  type Policy,
  policyKnownAt,
} from '#libs/policy';

/*
 * What the law that was enacted asked of people in its time; days are whole numbers since 1970-01-01.
 */

/** The first day on which anybody was registered. */
export const beganOn: number = toDayNumber(
  ofType(enacted, 'ArrivalDesignationMade')[0]?.effectiveOn ?? '2002-09-11',
);

/** Nationalities that were registered on arrival from that first day. */
export const firstDesignated: readonly string[] =
  ofType(enacted, 'ArrivalDesignationMade')[0]?.data.countries ?? [];

/** The day from which no duty of the programme applied. */
export const endedOn: number = toDayNumber(
  ofType(enacted, 'ProgrammeDelisted')[0]?.effectiveOn ?? '2011-04-28',
);

/** From this day officers may register at their discretion. */
export const discretionFrom: number = toDayNumber(
  ofType(enacted, 'ArrivalDiscretionAuthorised')[0]?.effectiveOn ?? '2002-10-01',
);

/** From this day people may be called to an interview by individual notice. */
export const noticesFrom: number = toDayNumber(
  dutyPeriods(enacted, 'notice-interview')[0]?.from ?? '2003-12-02',
);

/** The call-in groups with all that became of them. */
export const groups = callInGroups(enacted, fromDayNumber(endedOn - 1));

/** Whether people are still asked to fulfil the duty on that day. */
export function isAskedOn(duty: Duty, day: number): boolean {
  return (askedDays.get(duty) ?? []).some(([from, until]) => from <= day && day < until);
}

const askedDays: ReadonlyMap<Duty, readonly (readonly [from: number, until: number])[]> = new Map(
  dutyNames.map((duty) => [
    duty,
    dutyPeriods(enacted, duty).map(
      ({ from, until }) =>
        [toDayNumber(from), until === undefined ? Infinity : toDayNumber(until)] as const,
    ),
  ]),
);

/** Ports at which a departure may be registered on that day; none where it need not be. */
export function departurePortsOn(day: number, classOfAdmission: string): readonly string[] {
  const duty: Duty = 'departure-registration';
  if (!isAskedOn(duty, day)) return [];
  const exemption = classExemption(exemptionsOn(day), fromDayNumber(day), {
    duty,
    classOfAdmission,
  });
  return exemption ? [] : portsOn(day);
}

/** Whether somebody of that class must give notice of such a change on that day. */
export function isNoticeAsked(
  day: number,
  { classOfAdmission, kind }: { readonly classOfAdmission: string; readonly kind: ChangeKind },
): boolean {
  const duty: Duty = 'change-notice';
  if (!isAskedOn(duty, day)) return false;
  const of = { duty, classOfAdmission, changeKind: kind };
  return classExemption(exemptionsOn(day), fromDayNumber(day), of) === undefined;
}

/** Whether the law of that day registers the person on arrival by a designation. */
export function isDesignated(person: PersonAttributes, day: number): boolean {
  return designationsMatching(designationsOn(day), fromDayNumber(day), person).length > 0;
}

/** Countries of which at least some nationals are designated on that day. */
export const designatedCountriesOn = keptByDay((day) =>
  designationsOn(day).records.flatMap((record) =>
    record.type === 'ArrivalDesignationMade' ? record.data.countries : [],
  ),
);

const portsOn = keptByDay((day) =>
  inForceOn(enacted, 'DeparturePortsDesignated', fromDayNumber(day)).flatMap(
    ({ data }) => data.ports,
  ),
);

const designationsOn = keptByDay((day) =>
  foldPolicy(inForceOn(enacted, 'ArrivalDesignationMade', fromDayNumber(day))),
);

const exemptionsOn = keptByDay((day) =>
  foldPolicy(inForceOn(enacted, 'DutyExemptionMade', fromDayNumber(day))),
);

/** The policy as it was known on a day: the law published by then. */
export const policyKnownOn = keptByDay((dayNumber): Policy => {
  const day = fromDayNumber(dayNumber);
  const publishedOn = enacted.records.map((record) => record.publishedOn);
  const latest =
    publishedOn
      .filter((each) => each <= day)
      .sort()
      .at(-1) ?? day;
  return policyKnownAt(enacted, `${latest}T00:00:00.000Z`);
});

/** Thousands of people meet the same few thousand days, so what the law says of a day is kept. */
function keptByDay<Value>(answer: (day: number) => Value): (day: number) => Value {
  const answers = new Map<number, Value>();
  return (day) => {
    const kept = answers.get(day);
    if (kept !== undefined) return kept;
    const fresh = answer(day);
    answers.set(day, fresh);
    return fresh;
  };
}
