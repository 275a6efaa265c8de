import { ageOn, type CivilDay } from '#libs/kernel';
import { type DutyPeriod, dutyPeriods } from './duty-periods.js';
import type { ChangeKind, Duty, LawEventType, Sex } from './events.js';
import type { Policy } from './fold.js';
import type { PolicyRecord } from './record.js';

/** What a designation looks at; a registrant may hold several nationalities. */
export interface PersonAttributes {
  readonly sex: Sex;
  readonly bornOn: CivilDay;
  readonly nationalities: readonly string[];
}

/** The period in which the duty is in force on that day; undefined where it is not. */
export function dutyPeriodOn(policy: Policy, duty: Duty, day: CivilDay): DutyPeriod | undefined {
  return dutyPeriods(policy, duty).find(
    ({ from, until }) => from <= day && (until === undefined || day < until),
  );
}

/** The enactment under which the duty is in force on that day: the latest by then. */
export function dutyInForce(
  policy: Policy,
  duty: Duty,
  day: CivilDay,
): PolicyRecord<'DutyEnacted'> | undefined {
  const period = dutyPeriodOn(policy, duty, day);
  return period && latestBy(period.enactments, day);
}

/**
 * The enactment whose terms hold for an anchor day: the latest effective on or before it, or the
 * first of all where there is none yet. Undefined where the duty was never enacted.
 */
export function dutyTerms(
  policy: Policy,
  duty: Duty,
  anchorOn: CivilDay,
): PolicyRecord<'DutyEnacted'> | undefined {
  const enactments = ofType(policy, 'DutyEnacted').filter(({ data }) => data.duty === duty);
  return latestBy(enactments, anchorOn) ?? enactments[0];
}

function latestBy<Of extends PolicyRecord>(records: readonly Of[], day: CivilDay): Of | undefined {
  return records.findLast(({ effectiveOn }) => effectiveOn <= day);
}

/** The event by which the duty ceased on a day after `after` and up to `through`, and that day. */
export function dutyCeased(
  policy: Policy,
  duty: Duty,
  { after, through }: { readonly after: CivilDay; readonly through: CivilDay },
): { readonly on: CivilDay; readonly by: PolicyRecord } | undefined {
  for (const { until, endedBy } of dutyPeriods(policy, duty)) {
    if (until && endedBy && until > after && until <= through) return { on: until, by: endedBy };
  }
  return undefined;
}

export function ofType<Type extends LawEventType>(
  policy: Policy,
  type: Type,
): readonly PolicyRecord<Type>[] {
  return policy.records.filter((record): record is PolicyRecord<Type> => record.type === type);
}

/**
 * Records of a type in force on a day: effective by then, and with no delisting or removal of the
 * regulation after them, which end all that was enacted before.
 */
export function inForceOn<Type extends LawEventType>(
  policy: Policy,
  type: Type,
  day: CivilDay,
): readonly PolicyRecord<Type>[] {
  const byThen = policy.records.filter(({ effectiveOn }) => effectiveOn <= day);
  const since = byThen.slice(byThen.findLastIndex(endsProgramme) + 1);
  return since.filter((record): record is PolicyRecord<Type> => record.type === type);
}

export function endsProgramme(record: PolicyRecord): boolean {
  return record.type === 'ProgrammeDelisted' || record.type === 'RegulationRemoved';
}

/** The delisting or removal after which nothing was enacted by that day; undefined while the programme lives. */
export function programmeEndedBy(policy: Policy, day: CivilDay): PolicyRecord | undefined {
  const byThen = policy.records.filter(
    ({ type, effectiveOn }) =>
      effectiveOn <= day && type !== 'MilestoneNoted' && type !== 'UsVisitLaunched',
  );
  const last = byThen.at(-1);
  if (!last || !endsProgramme(last)) return undefined;
  // The removal of a regulation that was already delisted ended nothing: the first of the run did.
  return byThen[byThen.findLastIndex((record) => !endsProgramme(record)) + 1];
}

/** Designations of arrivals that the person matches on that day, in the order in which they took effect. */
export function designationsMatching(
  policy: Policy,
  day: CivilDay,
  person: PersonAttributes,
): readonly PolicyRecord<'ArrivalDesignationMade'>[] {
  const age = ageOn(person.bornOn, day);
  return inForceOn(policy, 'ArrivalDesignationMade', day).filter(
    ({ data: { countries, sex, minAge, maxAge } }) =>
      person.nationalities.some((nationality) => countries.includes(nationality)) &&
      (sex === undefined || sex === person.sex) &&
      (minAge === undefined || age >= minAge) &&
      (maxAge === undefined || age <= maxAge),
  );
}

/** The authorisation in force that covers a lookout, or discretion on one of the criteria. */
export function authorisationCovering(
  policy: Policy,
  day: CivilDay,
  basis: { readonly kind: string; readonly criteria?: readonly string[] },
): PolicyRecord<'ArrivalDiscretionAuthorised'> | undefined {
  return inForceOn(policy, 'ArrivalDiscretionAuthorised', day).find(({ data }) => {
    if (basis.kind === 'lookout') return data.kinds.includes('lookout');
    if (basis.kind !== 'officer-discretion') return false;
    const criteria = basis.criteria ?? [];
    return (
      data.kinds.includes('officer-discretion') &&
      criteria.some((criterion) => data.criteria.includes(criterion))
    );
  });
}

/** The designation in force by which a departure may be registered at that port on that day. */
export function departurePortDesignation(
  policy: Policy,
  day: CivilDay,
  port: string,
): PolicyRecord<'DeparturePortsDesignated'> | undefined {
  return inForceOn(policy, 'DeparturePortsDesignated', day).find(({ data }) =>
    data.ports.includes(port),
  );
}

/** The exemption of a class that covers an obligation opening on that day. */
export function classExemption(
  policy: Policy,
  day: CivilDay,
  of: {
    readonly duty: Duty;
    readonly classOfAdmission: string;
    readonly changeKind?: ChangeKind;
  },
): PolicyRecord<'DutyExemptionMade'> | undefined {
  return inForceOn(policy, 'DutyExemptionMade', day).find(
    ({ data }) =>
      data.duty === of.duty &&
      data.classes.includes(of.classOfAdmission) &&
      (data.changeKinds === undefined ||
        of.changeKind === undefined ||
        data.changeKinds.includes(of.changeKind)),
  );
}
