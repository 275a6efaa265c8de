import type { CivilDay } from '#libs/kernel';
import type { ChangeKind, Duty, Sex } from '#libs/policy';

/**
 * The types and field names below are the storage format of the streams `registrant-<uuid>`:
 * written once, kept for ever. Fields marked "personal" are stored encrypted (see table.ts), and are
 * absent from `data` where they have not been opened; nothing that a rule or a statistic needs is.
 */
export interface Person {
  readonly sex: Sex;
  readonly bornOn: CivilDay;
  /** ISO 3166-1 alpha-2, 1 to 5. */
  readonly nationalities: readonly string[];
}

export interface UsAddress {
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
}

export interface Identity {
  readonly familyName: string;
  readonly givenNames: string;
  readonly birthCountry: string;
  readonly passport: { readonly number: string; readonly country: string };
}

export interface Visit {
  readonly purpose: string;
  readonly background?: string;
  readonly usAddress: UsAddress;
  readonly contact?: { readonly name?: string; readonly phone?: string; readonly email?: string };
  readonly itinerary?: string;
}

export interface Biometrics {
  readonly fingerprintsRef: string;
  readonly photographRef: string;
}

export interface Document {
  readonly kind: string;
  readonly number: string;
  readonly country?: string;
}

export const basisKinds = ['designation', 'lookout', 'officer-discretion'] as const;

export interface Basis {
  readonly kind: (typeof basisKinds)[number];
  /** officer-discretion: one or more criteria. */
  readonly criteria?: readonly string[];
  /** personal; required of a lookout. */
  readonly lookoutRef?: string;
  /** personal; required of officer-discretion. */
  readonly reason?: string;
}

export const purposeCodes = [
  ...['tourism', 'business', 'study', 'exchange', 'work', 'family'],
  ...['medical', 'crew', 'transit', 'official', 'other'],
] as const;

export const departureSources = [
  'carrier-manifest',
  'consular-report',
  'own-statement',
  'other',
] as const;

interface OfRegistrant {
  readonly registrantId: string;
}

/** What both registrations carry of the person; everything here but ids, person and codes is personal. */
interface Registration extends OfRegistrant {
  readonly fin?: string;
  /** Registrants with the same FIN that this person is not. */
  readonly distinctFrom?: readonly string[];
  /** Required at the first registration. */
  readonly person?: Person;
  /** personal; required at the first registration. */
  readonly identity?: Identity;
  readonly purposeCode: string;
  /** The state of the address in clear, since the responsible office hangs on it. */
  readonly usState: string;
  readonly visit?: Visit;
  readonly biometrics?: Biometrics;
  readonly documents?: readonly Document[];
}

/** Names an obligation of one registrant in every world: duty, anchor day, and what tells further ones apart. */
export interface ObligationKey {
  readonly duty: Duty;
  readonly anchorOn: CivilDay;
  /** annual-reregistration */
  readonly year?: number;
  /** change-notice */
  readonly kind?: ChangeKind;
  /** notice-interview */
  readonly noticeId?: string;
}

/** What `assess` said of the obligation when the decision was made; the command runner fills it in. */
export interface ReliedOn {
  readonly status: string;
  readonly opensOn: CivilDay;
  readonly dueOn: CivilDay;
  readonly policyHash: string;
  readonly rulesVersion: string;
}

export interface RegistrantDataByType {
  readonly ArrivalRegistered: Registration & {
    readonly arrivedOn: CivilDay;
    readonly port: string;
    readonly classOfAdmission: string;
    readonly admittedUntil?: CivilDay;
    readonly admissionNumber?: string;
    readonly basis: Basis;
  };
  readonly CallInRegistrationCompleted: Registration & {
    readonly registeredOn: CivilDay;
    readonly office: string;
    readonly group: number;
    readonly admission: {
      readonly admittedOn: CivilDay;
      readonly port: string;
      readonly classOfAdmission: string;
      readonly admittedUntil?: CivilDay;
      readonly admissionNumber?: string;
    };
    readonly asylumClaimFiledOn?: CivilDay;
  };
  readonly FollowUpInterviewCompleted: OfRegistrant & {
    readonly interviewedOn: CivilDay;
    readonly office: string;
    readonly findings?: string;
  };
  readonly AnnualReregistrationCompleted: OfRegistrant & {
    readonly reregisteredOn: CivilDay;
    readonly office: string;
    readonly findings?: string;
  };
  readonly ChangeReported: OfRegistrant & {
    readonly kind: ChangeKind;
    readonly changedOn: CivilDay;
    readonly reportedOn: CivilDay;
    /** address only */
    readonly usState?: string;
    readonly value?: unknown;
  };
  readonly UnreportedChangeFound: OfRegistrant & {
    readonly kind: ChangeKind;
    readonly changedOn: CivilDay;
    readonly foundOn: CivilDay;
    readonly usState?: string;
    readonly value?: unknown;
  };
  readonly DepartureConfirmed: OfRegistrant & {
    readonly departedOn: CivilDay;
    readonly port: string;
    readonly carrier?: string;
  };
  readonly UnregisteredDepartureRecorded: OfRegistrant & {
    readonly departedOn: CivilDay;
    readonly source: (typeof departureSources)[number];
    readonly port?: string;
  };
  readonly IndividualNoticeServed: OfRegistrant & {
    readonly noticeId: string;
    readonly servedOn: CivilDay;
    readonly appearOn: CivilDay;
    readonly reason?: string;
  };
  readonly NoticeInterviewCompleted: OfRegistrant & {
    readonly noticeId: string;
    readonly interviewedOn: CivilDay;
    readonly office: string;
    readonly findings?: string;
  };
  readonly ExemptionGranted: OfRegistrant & {
    readonly duties: readonly Duty[];
    readonly from: CivilDay;
    /** The first day on which it no longer holds. */
    readonly until?: CivilDay;
    readonly authority: string;
    readonly reason?: string;
  };
  readonly StatusChanged: OfRegistrant & { readonly to: string; readonly changedOn: CivilDay };
  readonly GoodCauseAccepted: OfRegistrant & {
    readonly obligation: ObligationKey;
    readonly decidedOn: CivilDay;
    readonly reason?: string;
    readonly reliedOn: ReliedOn;
  };
  readonly WilfulnessDetermined: OfRegistrant & {
    readonly obligation: ObligationKey;
    readonly wilful: boolean;
    readonly decidedOn: CivilDay;
    readonly reason?: string;
    readonly reliedOn: ReliedOn;
  };
  readonly RemovalProceedingsInitiated: OfRegistrant & {
    readonly obligation?: ObligationKey;
    readonly initiatedOn: CivilDay;
    readonly ground: string;
    readonly reliedOn?: ReliedOn;
  };
  readonly InadmissibilityPresumptionRebutted: OfRegistrant & {
    readonly departedOn: CivilDay;
    readonly decidedOn: CivilDay;
    readonly reason?: string;
    readonly reliedOn: ReliedOn;
  };
  readonly RecordCorrected: OfRegistrant & {
    readonly eventId: string;
    readonly corrected: { readonly type: string; readonly version: number; readonly data: unknown };
    readonly reason?: string;
  };
  readonly RecordRescinded: OfRegistrant & { readonly eventId: string; readonly reason?: string };
}

export type RegistrantEventType = keyof RegistrantDataByType;

/** A registrant event of any type, told apart by `type`. */
export type RegistrantEvent = {
  readonly [Type in RegistrantEventType]: {
    readonly type: Type;
    readonly data: RegistrantDataByType[Type];
  };
}[RegistrantEventType];
