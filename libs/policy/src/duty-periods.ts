import type { CivilDay } from '#libs/kernel';
import type { Duty } from './events.js';
import type { Policy } from './fold.js';
import type { PolicyRecord } from './record.js';

type Enactment = PolicyRecord<'DutyEnacted'>;

/** A stretch of days on which a duty was in force without a break. */
export interface DutyPeriod {
  readonly from: CivilDay;
  /** The first day on which it was no longer in force; absent while it is. */
  readonly until?: CivilDay;
  /** The policy event that suspended or ended it. */
  readonly endedBy?: PolicyRecord;
  /** What put it in force, and every later enactment that gave it new terms. */
  readonly enactments: readonly Enactment[];
  /** The reinstatement that revived it, where one did. */
  readonly revivedBy?: PolicyRecord;
}

/** Where a duty stands after some of the policy's events. */
export interface DutyState {
  readonly status: 'none' | 'in-force' | 'suspended';
  readonly enactments: readonly Enactment[];
  readonly cause?: PolicyRecord;
}

export const NOT_ENACTED: DutyState = { status: 'none', enactments: [] };

/** Where the duty stands after one more event. */
export function dutyAfter(state: DutyState, record: PolicyRecord, duty: Duty): DutyState {
  switch (record.type) {
    case 'DutyEnacted':
      if (record.data.duty !== duty) return state;
      // Enacting a suspended duty again gives it new terms only.
      return {
        status: state.status === 'suspended' ? 'suspended' : 'in-force',
        enactments: [...state.enactments, record],
        cause: record,
      };
    case 'DomesticRegistrationSuspended':
      if (state.status !== 'in-force' || !record.data.duties.includes(duty)) return state;
      return { ...state, status: 'suspended', cause: record };
    case 'DomesticRegistrationReinstated':
      if (state.status !== 'suspended' || !record.data.duties.includes(duty)) return state;
      return { ...state, status: 'in-force', cause: record };
    case 'DutyMovedToUsVisit':
      return record.data.duty === duty ? { ...NOT_ENACTED, cause: record } : state;
    case 'ProgrammeDelisted':
    case 'RegulationRemoved':
      return { ...NOT_ENACTED, cause: record };
    case 'ArrivalDesignationMade':
    case 'ArrivalDiscretionAuthorised':
    case 'CallInAnnounced':
    case 'CallInCountriesRescinded':
    case 'CallInExtended':
    case 'CallInReopened':
    case 'DeparturePortsDesignated':
    case 'DutyExemptionMade':
    case 'MilestoneNoted':
    case 'UsVisitLaunched':
      return state;
  }
}

/** Of several events of one day only the joint outcome counts, so periods begin and end between days. */
function periodsOf(records: readonly PolicyRecord[], duty: Duty): readonly DutyPeriod[] {
  const periods: DutyPeriod[] = [];
  let open: DutyPeriod | undefined;
  let state = NOT_ENACTED;
  records.forEach((record, at) => {
    state = dutyAfter(state, record, duty);
    const next = records[at + 1];
    if (next?.effectiveOn === record.effectiveOn) return;
    if (state.status === 'in-force') {
      open = open ? { ...open, enactments: state.enactments } : begin(record.effectiveOn, state);
    } else if (open) {
      periods.push(close(open, record.effectiveOn, state));
      open = undefined;
    }
  });
  return open ? [...periods, open] : periods;
}

function begin(from: CivilDay, state: DutyState): DutyPeriod {
  const revivedBy =
    state.cause?.type === 'DomesticRegistrationReinstated' ? state.cause : undefined;
  return { from, enactments: state.enactments, ...(revivedBy && { revivedBy }) };
}

function close(period: DutyPeriod, until: CivilDay, state: DutyState): DutyPeriod {
  return { ...period, until, ...(state.cause && { endedBy: state.cause }) };
}

const periodsByPolicy = new WeakMap<Policy, Map<Duty, readonly DutyPeriod[]>>();

/** When the duty was in force under the policy, earliest first. */
export function dutyPeriods(policy: Policy, duty: Duty): readonly DutyPeriod[] {
  const kept = periodsByPolicy.get(policy) ?? new Map<Duty, readonly DutyPeriod[]>();
  const periods = kept.get(duty) ?? periodsOf(policy.records, duty);
  periodsByPolicy.set(policy, kept.set(duty, periods));
  return periods;
}
