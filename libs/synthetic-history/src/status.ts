import type { Duty } from '#libs/policy';
import * as assumed from './assumptions.js';
import type { Draft } from './draft.js';
import type { Random } from './random.js';
import { lagOf } from './recording.js';
import type { LivedStay } from './stay.js';

const exemptible: readonly (readonly Duty[])[] = [
  ['annual-reregistration'],
  ['departure-registration'],
  ['annual-reregistration', 'follow-up-interview'],
  ['change-notice'],
];

/** An exemption of this one person, granted in the course of the stay. */
export function draftExemption(draft: Draft, stay: LivedStay, random: Random): void {
  const { chance, open, lastDays } = assumed.exemptions;
  if (!random.chance(chance)) return;
  const on = random.integer(stay.from, stay.until);
  const duties = random.among(exemptible);
  const until = on + random.within(lastDays);
  draft.facts.push({
    occurrence: { type: 'ExemptionGranted', duties, ...(!random.chance(open) && { until }) },
    on,
    recordedOn: on,
  });
}

/**
 * A change of status in a long stay. Whoever becomes a permanent resident, or otherwise leaves the
 * programme, stays in the country: the stay that is given back is what of it lay in the programme.
 */
export function draftStatusChange(
  draft: Draft,
  stay: LivedStay,
  random: Random,
): { readonly stay: LivedStay; readonly hasLeftProgramme: boolean } {
  const unchanged = { stay, hasLeftProgramme: false };
  const { minStayDays, chance, outside } = assumed.statusChanges;
  const isLong = stay.until - stay.from >= minStayDays;
  if (!isLong || !random.chance(chance)) return unchanged;
  const on = random.integer(stay.from + Math.floor(minStayDays / 2), stay.until - 1);
  const isOutside = random.chance(outside);
  const to = random.weighted(isOutside ? assumed.statusesReached : assumed.classesReached);
  if (to === draft.traveller.classOfAdmission) return unchanged;
  draft.facts.push({
    occurrence: { type: 'StatusChanged', to },
    on,
    recordedOn: on + lagOf('status', random),
  });
  return isOutside ? { stay: { ...stay, until: on - 1 }, hasLeftProgramme: true } : unchanged;
}
