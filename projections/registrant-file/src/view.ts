import type { CivilDay, Instant } from '#libs/kernel';
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
  readonly address?: UsAddress;
  readonly usState?: string;
  readonly contact?: Visit['contact'];
  readonly purposeCode?: string;
  /** Of the last admission. */
  readonly port?: string;
  readonly classOfAdmission?: string;
  readonly admittedUntil?: CivilDay;
  /** The class of admission, or the status that has replaced it since. */
  readonly status?: string;
  /** The responsible office: of the last registration, else by the state of the last known address. */
  readonly office?: string;
  readonly registeredOn?: CivilDay;
  readonly stays: readonly StayInFile[];
  /** How many facts of each type stand, and the last of each. */
  readonly counts: Readonly<Partial<Record<FactType, number>>>;
  readonly lastFacts: Readonly<Partial<Record<FactType, LastFact>>>;
}

export interface LastFact {
  readonly day: CivilDay;
  readonly eventId: string;
}

/** An event of the registrant as the view keeps it: corrections and late records change what follows from all. */
export interface KeptEvent {
  readonly id: string;
  readonly type: string;
  readonly revision: number;
  readonly position: number;
  readonly recordedAt: Instant;
  readonly data: unknown;
}

/** The stored document: the file, the events that it follows from, and what it is found by. */
export interface RegistrantView extends ViewDocument, RegistrantFile {
  readonly events: readonly KeptEvent[];
  readonly nationalities: readonly string[];
  /** By the last stay; whether the admission has run out is asked of `admittedThrough`, day by day. */
  readonly lastSeen?: Exclude<Whereabouts, 'past-admission'>;
  /** The day to which the last admission runs, a day beyond all others where it has no end. */
  readonly admittedThrough?: CivilDay;
  readonly fins: readonly string[];
  readonly passportKeys: readonly string[];
  readonly nameKeys: readonly string[];
}
