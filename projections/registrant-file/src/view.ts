import type { CivilDay, RecordedEvent } from '#libs/kernel';
import type { Duty } from '#libs/policy';
import type { FactType, Identity, Person, UsAddress, Visit } from '#libs/registry';
import type { ViewDocument } from '#libs/view-store';

/** Where a registrant is by the last stay; `past-admission`: still present, and admitted for no longer. */
export const whereaboutsNames = [
  'present',
  'departed',
  'departed-unregistered',
  'past-admission',
] as const;
export type Whereabouts = (typeof whereaboutsNames)[number];

/** A stay as the file shows it. */
export interface StayInFile {
  readonly from: CivilDay;
  /** Its last day; absent while it is open. */
  readonly until?: CivilDay;
  readonly port: string;
  readonly classOfAdmission: string;
  readonly admittedUntil?: CivilDay;
  readonly departure?: { readonly registered: boolean; readonly port?: string };
}

/** A notice that called the person to an interview. */
export interface NoticeInFile {
  readonly noticeId: string;
  readonly servedOn: CivilDay;
  readonly appearOn: CivilDay;
  /** Absent where the person has not come. */
  readonly interviewedOn?: CivilDay;
}

/** An exemption of this person; it holds from `from` up to, not including, `until`. */
export interface ExemptionInFile {
  readonly duties: readonly Duty[];
  readonly from: CivilDay;
  readonly until?: CivilDay;
  readonly authority: string;
}

export interface LastFact {
  readonly day: CivilDay;
  readonly eventId: string;
}

/** One registrant as the record stands after corrections; what no fact has told is absent. */
export interface RegistrantFile {
  readonly registrantId: string;
  /** Of the last event of the registrant's stream. */
  readonly revision: number;
  readonly person?: Person;
  readonly identity?: Identity;
  readonly fin?: string;
  /** The latest first. */
  readonly admissionNumbers: readonly string[];
  /** The last known one; absent where a later one is not known. */
  readonly address?: UsAddress;
  readonly usState?: string;
  readonly contact?: NonNullable<Visit['contact']>;
  readonly purposeCode?: string;
  /** Of the last admission. */
  readonly port?: string;
  readonly classOfAdmission?: string;
  readonly admittedUntil?: CivilDay;
  /** The class of admission, or the status that has replaced it since. */
  readonly status?: string;
  /** The responsible office: of the last registration, else by the state of the last known address. */
  readonly office?: string;
  /** The day of the first registration. */
  readonly registeredOn?: CivilDay;
  /** The earliest first. */
  readonly stays: readonly StayInFile[];
  /** The earliest first, likewise. */
  readonly notices: readonly NoticeInFile[];
  readonly exemptions: readonly ExemptionInFile[];
  /** How many facts of each type stand, and the last of each. */
  readonly counts: Readonly<Partial<Record<FactType, number>>>;
  readonly lastFacts: Readonly<Partial<Record<FactType, LastFact>>>;
}

/** The stored document: the file, the events that it follows from, and what it is found by. */
export interface RegistrantView extends ViewDocument, RegistrantFile {
  /** All of them: after a correction, or a late record, everything may follow anew. */
  readonly events: readonly RecordedEvent[];
  readonly nationalities: readonly string[];
  /** By the last stay; whether its admission has run out is asked of `admittedThrough`, day by day. */
  readonly lastSeen?: Exclude<Whereabouts, 'past-admission'>;
  /** The last day of the admission, or a day beyond all others where it has no end. */
  readonly admittedThrough?: CivilDay;
  readonly fins: readonly string[];
  readonly passportKeys: readonly string[];
  readonly nameKeys: readonly string[];
}
