import type { CivilDay } from '#libs/kernel';
import type { Condition, Page, ViewStore } from '#libs/view-store';
import { registrantFile } from './projection.js';
import { nameKey, passportKey } from './search-keys.js';
import type { RegistrantFile, RegistrantView, Whereabouts } from './view.js';

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

/** By what a registrant is searched; names without regard to case, accents and punctuation. */
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

type Field = keyof RegistrantView & string;

/** The file of one registrant; undefined where there is none of that id. */
export async function getRegistrant(
  views: ViewStore,
  registrantId: string,
  today: CivilDay,
): Promise<FileOnDay | undefined> {
  const view = await views.get(registrantFile, registrantId);
  return view && fileOn(view, today);
}

/** Registrants for whom all that is asked holds, in the order of their ids. Throws InvalidCursor. */
export async function listRegistrants(
  views: ViewStore,
  { nationality, port, office, whereabouts, today, ...page }: RegistrantList,
): Promise<Page<FileOnDay>> {
  const where = [
    ...equal('nationalities', nationality),
    ...equal('port', port),
    ...equal('office', office),
    ...(whereabouts ? seen(whereabouts, today) : []),
  ];
  return await pageOf(views, { where, page, today });
}

/** Registrants who ever gave that number or name. Throws InvalidCursor. */
export async function searchRegistrants(
  views: ViewStore,
  { by, today, ...page }: RegistrantSearch,
): Promise<Page<FileOnDay>> {
  return await pageOf(views, { where: [conditionOf(by)], page, today });
}

async function pageOf(
  views: ViewStore,
  {
    where,
    page,
    today,
  }: {
    readonly where: readonly Condition<Field>[];
    readonly page: { readonly limit: number; readonly cursor?: string };
    readonly today: CivilDay;
  },
): Promise<Page<FileOnDay>> {
  const { documents, next } = await views.find(registrantFile, { where, ...page });
  return {
    documents: documents.map((view) => fileOn(view, today)),
    ...(next !== undefined && { next }),
  };
}

function equal(field: Field, equals: string | undefined): Condition<Field>[] {
  return equals === undefined ? [] : [{ field, equals }];
}

function seen(whereabouts: Whereabouts, today: CivilDay): Condition<Field>[] {
  if (whereabouts === 'departed' || whereabouts === 'departed-unregistered') {
    return equal('lastSeen', whereabouts);
  }
  const range = whereabouts === 'present' ? { from: today } : { below: today };
  return [...equal('lastSeen', 'present'), { field: 'admittedThrough', range }];
}

function conditionOf(by: RegistrantKey): Condition<Field> {
  if ('fin' in by) return { field: 'fins', equals: by.fin };
  if ('admissionNumber' in by) return { field: 'admissionNumbers', equals: by.admissionNumber };
  if ('passport' in by) return { field: 'passportKeys', equals: passportKey(by.passport) };
  return { field: 'nameKeys', equals: nameKey(by.name, by.name.bornOn) };
}

/** What only the store needs is left out. */
function fileOn(view: RegistrantView, today: CivilDay): FileOnDay {
  const { _id, events, nationalities, fins, passportKeys, nameKeys, ...shown } = view;
  const { lastSeen, admittedThrough, ...file } = shown;
  const isPast = lastSeen === 'present' && admittedThrough !== undefined && admittedThrough < today;
  const whereabouts = isPast ? 'past-admission' : lastSeen;
  return { ...file, ...(whereabouts && { whereabouts }) };
}
