import type { CivilDay } from '#libs/kernel';
import type { Duty, DutyTerms, ScenarioChange } from '#libs/policy';

type Enactment = Extract<ScenarioChange, { readonly enact: unknown }>['enact'];

/** Law that a row adds to what was enacted; it stands last of its day. */
function enact(enactment: Enactment): ScenarioChange {
  return { enact: enactment };
}

/** The duty enacted, or given new terms, under the ref `<duty>-again`. */
export function dutyEnacted(duty: Duty, effectiveOn: CivilDay, terms: DutyTerms = {}) {
  return enact({ ref: `${duty}-again`, type: 'DutyEnacted', effectiveOn, data: { duty, terms } });
}

export function suspended(
  duties: readonly Duty[],
  effectiveOn: CivilDay,
  { owed = false, ref = 'invented-suspension' } = {},
) {
  const data = { duties, deadlineOnEffectiveDay: owed ? 'owed' : 'released' };
  return enact({ ref, type: 'DomesticRegistrationSuspended', effectiveOn, data });
}

export function reinstated(duties: readonly Duty[], effectiveOn: CivilDay) {
  const type = 'DomesticRegistrationReinstated';
  return enact({ ref: 'invented-reinstatement', type, effectiveOn, data: { duties } });
}

export function movedToUsVisit(duty: Duty, effectiveOn: CivilDay) {
  return enact({ ref: 'invented-move', type: 'DutyMovedToUsVisit', effectiveOn, data: { duty } });
}

export function classExempt(duty: Duty, effectiveOn: CivilDay, classes: readonly string[]) {
  const data = { duty, classes };
  return enact({ ref: 'invented-exemption', type: 'DutyExemptionMade', effectiveOn, data });
}

export function iranDesignated(effectiveOn: CivilDay) {
  const data = { designation: 'iran', countries: ['IR'] };
  return enact({ ref: 'iran-again', type: 'ArrivalDesignationMade', effectiveOn, data });
}

/** A group of men admitted by the end of September 2002. */
export function called(
  group: number,
  effectiveOn: CivilDay,
  { countries, closesOn }: { readonly countries: readonly string[]; readonly closesOn: CivilDay },
) {
  const data = {
    group,
    countries,
    sex: 'M',
    bornOnOrBefore: '1987-01-13',
    admittedOnOrBefore: '2002-09-30',
    closesOn,
    asylumFiledOnOrBefore: '2002-12-18',
  };
  return enact({ ref: 'invented-call-in', type: 'CallInAnnounced', effectiveOn, data });
}

export function extended(group: number, effectiveOn: CivilDay, closesOn: CivilDay) {
  const data = { group, closesOn };
  return enact({ ref: 'second-extension', type: 'CallInExtended', effectiveOn, data });
}

export function struck(group: number, effectiveOn: CivilDay, ...countries: readonly string[]) {
  const data = { group, countries };
  return enact({ ref: 'invented-strike', type: 'CallInCountriesRescinded', effectiveOn, data });
}

/** The countries taken off the list on another day; the regulation stays for good. */
export function delistedOn(effectiveOn: CivilDay): readonly ScenarioChange[] {
  return [{ move: 'countries-delisted', effectiveOn }, { withdraw: 'regulation-removed' }];
}
