import type { CivilDay } from '#libs/kernel';
import {
  type ChangeKind,
  classExemption,
  type Duty,
  dutyInForce,
  dutyPeriodOn,
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
export type Proposal = Omit<Window, 'because'> & { readonly because?: readonly string[] };

/**
 * The window, where it is imposed: the duty in force on the day it opens, the stay holding that day,
 * and neither an exemption nor a status outside the programme covering it. A call-in is in force
 * through its announcement, which the proposal names in `because`.
 */
export function imposed(world: World, proposal: Proposal): Window | undefined {
  const { duty, stay, opensOn } = proposal;
  if (opensOn > world.horizon || proposal.dueOn < opensOn) return undefined;
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
  return { ...proposal, because: [...new Set([...because, ...named])] };
}

function inForceBecause(world: World, { duty, opensOn }: Proposal): readonly string[] | undefined {
  const policy = policyFor(world, opensOn);
  const enactment = dutyInForce(policy, duty, opensOn);
  if (!enactment) return undefined;
  const revivedBy = dutyPeriodOn(policy, duty, opensOn)?.revivedBy;
  return revivedBy ? [enactment.ref, revivedBy.ref] : [enactment.ref];
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
