import type { CivilDay } from '#libs/kernel';
import type { Page, ViewStore } from '#libs/view-store';
import type { RegistrantFile, Whereabouts } from './view.js';

/** A registrant's file as it is read on a day of the registry. */
export interface FileOnDay extends RegistrantFile {
  /** Of the last event folded into it. */
  readonly position: number;
  /** Absent where no stay is known. */
  readonly whereabouts?: Whereabouts;
}

export interface RegistrantList {
  readonly nationality?: string;
  /** Of the last admission. */
  readonly port?: string;
  readonly office?: string;
  readonly whereabouts?: Whereabouts;
  readonly cursor?: string;
  /** 1 to 500. */
  readonly limit: number;
  /** The registry's day: an admission that ends on it has not run out. */
  readonly today: CivilDay;
}

/** By what a registrant is searched; names without regard to case and accents. */
export type RegistrantKey =
  | { readonly fin: string }
  | { readonly admissionNumber: string }
  | { readonly passport: { readonly number: string; readonly country?: string } }
  | {
      readonly name: {
        readonly familyName: string;
        readonly givenNames?: string;
        readonly bornOn: CivilDay;
      };
    };

export interface RegistrantSearch {
  readonly by: RegistrantKey;
  readonly cursor?: string;
  readonly limit: number;
  readonly today: CivilDay;
}

export declare function getRegistrant(
  views: ViewStore,
  registrantId: string,
  today: CivilDay,
): Promise<FileOnDay | undefined>;
export declare function listRegistrants(
  views: ViewStore,
  list: RegistrantList,
): Promise<Page<FileOnDay>>;
export declare function searchRegistrants(
  views: ViewStore,
  search: RegistrantSearch,
): Promise<Page<FileOnDay>>;
