import type { CivilDay } from '#libs/kernel';
import {
  type ChangeKind,
  classExemption,
  type Duty,
  dutyPeriodOn,
  type PolicyRecord,
} from '#libs/policy';
import { type Fact, isOutsideProgramme, type Stay, stayHolds, statusOn } from '#libs/registry';
import { policyFor, type World } from './world.js';

/** An obligation that is imposed, before anybody has looked at what became of it. */
export interface Window {
  readonly duty: Duty;
  readonly stay: Stay;
  readonly anchorOn: CivilDay;
  readonly year?: number;
  readonly kind?: ChangeKind;
  readonly noticeId?: string;
  readonly opensOn: CivilDay;
  readonly dueOn: CivilDay;
  /** Second windows in which a late person still meets the obligation (reopened call-ins). */
  readonly reopenings?: readonly Reopening[];
  readonly because: readonly string[];
  /** Ids of the facts that it hangs on. */
  readonly facts: readonly string[];
}

export interface Reopening {
  readonly opensOn: CivilDay;
  readonly closesOn: CivilDay;
  readonly ref: string;
}

/** A window whose imposition is still to be decided. */
export type Proposal = Omit<Window, 'because'> & {
  readonly because?: readonly string[];
  /** The enactment whose terms made the window, of a duty that has terms. */
  readonly termsOf?: PolicyRecord<'DutyEnacted'> | undefined;
};

/**
 * The window, where it is imposed: the duty in force on the day it opens, the stay holding that day,
 * and neither an exemption nor a status outside the programme covering it. A call-in is in force
 * through its announcement, which the proposal names in `because`.
 */
export function imposed(world: World, proposal: Proposal): Window | undefined {
  const { termsOf: _termsOf, ...window } = proposal;
  const { duty, stay, opensOn, dueOn } = window;
  if (opensOn > world.horizon || dueOn < opensOn) return undefined;
  if (!stayHolds(stay, opensOn)) return undefined;
  const policy = policyFor(world, opensOn);
  const named = proposal.because ?? [];
  const because = duty === 'call-in-registration' ? named : inForceBecause(world, proposal);
  if (!because) return undefined;
  const status = statusOn(stay, opensOn);
  if (isOutsideProgramme(status)) return undefined;
  const { kind } = proposal;
  const ofClass = { duty, classOfAdmission: status, ...(kind && { changeKind: kind }) };
  if (classExemption(policy, opensOn, ofClass)) return undefined;
  if (exemptionCovering(world.facts, duty, opensOn)) return undefined;
  return { ...window, because: [...new Set([...because, ...named])] };
}

/**
 * What put the duty in force on the opening day: the enactment that gave the window its terms, with
 * the one in force beside it where those terms came later or from an earlier life of the duty.
 */
function inForceBecause(
  world: World,
  { duty, opensOn, termsOf }: Proposal,
): readonly string[] | undefined {
  const period = dutyPeriodOn(policyFor(world, opensOn), duty, opensOn);
  if (!period) return undefined;
  const byThen = period.enactments.filter(({ effectiveOn }) => effectiveOn <= opensOn);
  const inForce = byThen.some(({ ref }) => ref === termsOf?.ref) ? [] : byThen.slice(-1);
  return [...inForce, termsOf, period.revivedBy].flatMap((record) => record?.ref ?? []);
}

/** The individual exemption from the duty that covers the day: from `from` up to, not including, `until`. */
function exemptionCovering(
  facts: readonly Fact[],
  duty: Duty,
  day: CivilDay,
): Fact<'ExemptionGranted'> | undefined {
  return facts
    .filter((fact) => fact.type === 'ExemptionGranted')
    .find(
      ({ data }) =>
        data.duties.includes(duty) &&
        data.from <= day &&
        (data.until === undefined || day < data.until),
    );
}
