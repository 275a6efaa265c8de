import type { CivilDay } from '#libs/kernel';

/**
 * The types and field names below are the storage format of the stream `policy-nseers`: written
 * once, kept for ever. A later shape is a new version with an upcaster, never an edit.
 */
export const dutyNames = [
  'arrival-registration',
  'call-in-registration',
  'follow-up-interview',
  'annual-reregistration',
  'change-notice',
  'departure-registration',
  'notice-interview',
] as const;

/** A kind of obligation that a policy puts in force; the order is that of every listing. */
export type Duty = (typeof dutyNames)[number];

export const changeKinds = ['address', 'employment', 'school'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export type Sex = 'M' | 'F' | 'X';

/** What a window is made of, in whole days; which of them a duty knows is checked when it is enacted. */
export interface DutyTerms {
  /** follow-up-interview: days after the admission. */
  readonly opensAfterDays?: number;
  /** follow-up-interview: days after the admission; change-notice: days after the change. */
  readonly dueAfterDays?: number;
  /** annual-reregistration: days on either side of the anniversary. */
  readonly daysBefore?: number;
  readonly daysAfter?: number;
  /** annual-reregistration: where the anniversary of 29 February falls in a common year, `MM-DD`. */
  readonly leapDayAnniversary?: string;
  /** change-notice: from which day after the admission changes are to be notified. */
  readonly presentAtLeastDays?: number;
}

export interface PolicyDataByType {
  readonly MilestoneNoted: Readonly<Record<string, never>>;
  readonly DutyEnacted: { readonly duty: Duty; readonly terms: DutyTerms };
  readonly ArrivalDesignationMade: {
    readonly designation: string;
    readonly countries: readonly string[];
    readonly sex?: Sex;
    readonly minAge?: number;
    readonly maxAge?: number;
  };
  readonly ArrivalDiscretionAuthorised: {
    readonly kinds: readonly ('lookout' | 'officer-discretion')[];
    readonly criteria: readonly string[];
  };
  readonly CallInAnnounced: {
    readonly group: number;
    readonly countries: readonly string[];
    readonly sex: Sex;
    readonly bornOnOrBefore: CivilDay;
    readonly admittedOnOrBefore: CivilDay;
    readonly closesOn: CivilDay;
    readonly asylumFiledOnOrBefore: CivilDay;
  };
  readonly CallInExtended: { readonly group: number; readonly closesOn: CivilDay };
  readonly CallInReopened: { readonly groups: readonly number[]; readonly closesOn: CivilDay };
  readonly CallInCountriesRescinded: {
    readonly group: number;
    readonly countries: readonly string[];
  };
  readonly DeparturePortsDesignated: { readonly ports: readonly string[] };
  readonly DutyExemptionMade: {
    readonly duty: Duty;
    readonly classes: readonly string[];
    /** change-notice only: the kinds of change that need no notice; all of them where it is absent. */
    readonly changeKinds?: readonly ChangeKind[];
  };
  readonly DomesticRegistrationSuspended: {
    readonly duties: readonly Duty[];
    /** Whether a deadline on the effective day itself is still owed; the sources are ambiguous. */
    readonly deadlineOnEffectiveDay: 'released' | 'owed';
  };
  readonly DomesticRegistrationReinstated: { readonly duties: readonly Duty[] };
  readonly UsVisitLaunched: { readonly airports: number; readonly seaports: number };
  readonly DutyMovedToUsVisit: { readonly duty: Duty };
  readonly ProgrammeDelisted: Readonly<Record<string, never>>;
  readonly RegulationRemoved: Readonly<Record<string, never>>;
}

export type LawEventType = keyof PolicyDataByType;

/** What every event that makes law carries beside its own `data`. */
export interface PolicyEventData<Type extends LawEventType = LawEventType> {
  /** A stable slug, unique in the stream, by which a scenario names the event. */
  readonly ref: string;
  readonly title: string;
  /** Who made it: `DOJ`, `DHS`, `Congress`, or another's name. */
  readonly authority: string;
  readonly citation: string;
  /** The day from which it was known. */
  readonly publishedOn: CivilDay;
  /** The first day in force; of a call-in or a reopening the day on which its window opens. */
  readonly effectiveOn: CivilDay;
  /** False marks what could not be checked against a published source. */
  readonly verified: boolean;
  readonly note?: string;
  readonly data: PolicyDataByType[Type];
}

/** An event of any type that makes law, told apart by `type`. */
export type LawEvent = {
  readonly [Type in LawEventType]: { readonly type: Type; readonly data: PolicyEventData<Type> };
}[LawEventType];

/**
 * Clerical slips of this registry, apart from what the law itself repealed. They edit nothing: the
 * record that they name reads otherwise, or is gone, from the instant at which they were recorded.
 */
export interface ClericalDataByType {
  readonly PolicyRecordCorrected: {
    readonly ref: string;
    /** All that the record says, in the form that it should have; `ref` and type cannot change. */
    readonly corrected: Omit<PolicyEventData, 'ref'>;
    readonly reason: string;
  };
  readonly PolicyRecordRescinded: { readonly ref: string; readonly reason: string };
}

export type ClericalEventType = keyof ClericalDataByType;

export type ClericalEvent = {
  readonly [Type in ClericalEventType]: {
    readonly type: Type;
    readonly data: ClericalDataByType[Type];
  };
}[ClericalEventType];

/** An event of the policy stream, told apart by `type`. */
export type PolicyEvent = LawEvent | ClericalEvent;
export type PolicyEventType = PolicyEvent['type'];
