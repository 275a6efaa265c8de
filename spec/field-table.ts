import type { EventTypeRow } from '#libs/kernel';
import {
  classesOfAdmission,
  countryCodes,
  officeCodes,
  portCodes,
  stateCodes,
} from '#libs/reference';
import { statusesOutside } from '#libs/registry';
import type { GoldenFile } from './golden-files.js';
import { type Check, fieldsIn, isNeeded, problemAt, valuesAt } from './shape-walk.js';

/** What is to be said of one field of the data of an event. */
export interface FieldRow {
  readonly path: string;
  readonly what: string;
  readonly presence: 'required' | 'optional' | 'depends';
  readonly isPersonal: boolean;
  /** JSON; absent where the fields within say it better. */
  readonly example?: string;
}

/**
 * The fields of a version, as its golden file shows them and, where it is the one that is written
 * today, as the check of its type answers when something else is put in their place. What the check
 * does not look at is left out: only what the event refers to tells its shape.
 */
export function fieldRows(file: GoldenFile, row: EventTypeRow): readonly FieldRow[] {
  const examples = file.examples.map(({ data }) => data);
  const isToday = file.version === row.version;
  const isWithin = (path: string): boolean =>
    row.nested !== undefined && path.startsWith(`${row.nested}.data.`);
  const paths = [...new Set(examples.flatMap((data) => fieldsIn(data)))];
  return parentsFirst(paths)
    .filter((path) => !isWithin(path))
    .map((path) => {
      const isPersonal = row.personal.some((at) => isAtOrWithin(at, path));
      const having = examples.filter((data) => valuesAt(data, path).length > 0);
      const [first] = having.flatMap((data) => valuesAt(data, path));
      const example = fieldsIn(first).length > 0 || isObject(first) ? undefined : first;
      return {
        path,
        what: isToday ? whatMayStandAt(row.check, having, path) : kindOf(first),
        presence: presenceOf({ file, row, path }),
        isPersonal,
        ...(example !== undefined && { example: JSON.stringify(example) }),
      };
    })
    .filter(({ what }) => what !== '');
}

function isAtOrWithin(at: string, path: string): boolean {
  return path === at || path.startsWith(`${at}.`) || path.startsWith(`${at}[]`);
}

/** A field that only a later example has comes behind its neighbours, not behind everything. */
function parentsFirst(paths: readonly string[]): readonly string[] {
  const parentOf = (path: string): string => path.replace(/\.?[^.]+$/, '');
  const below = (parent: string): readonly string[] =>
    paths
      .filter((path) => parentOf(path) === parent)
      .flatMap((path) => [path, ...below(path), ...below(`${path}[]`)]);
  return below('');
}

interface Asked {
  readonly file: GoldenFile;
  readonly row: EventTypeRow;
  readonly path: string;
}

/**
 * A personal field may always be absent once its key is gone, and a check of today says nothing of an
 * older version: there the examples alone tell what has to be given.
 */
function presenceOf({ file, row, path }: Asked): FieldRow['presence'] {
  const parent = path.replace(/\.?[^.]+$/, '');
  const examples = file.examples.map(({ data }) => data);
  const within = examples.filter((data) => parent === '' || valuesAt(data, parent).length > 0);
  const having = within.filter((data) => valuesAt(data, path).length > 0);
  const isAlways = having.length === within.length;
  const isUntold = row.personal.includes(path) || file.version !== row.version;
  if (isUntold) return isAlways ? 'required' : 'optional';
  const needing = having.filter((data) => isNeeded(row.check, data, path));
  if (needing.length === 0) return 'optional';
  return isAlways && needing.length === having.length ? 'required' : 'depends';
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return isObject(value) ? 'object' : typeof value === 'string' ? 'text' : typeof value;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** In the words of the check: what it says must stand there, over all examples. */
function whatMayStandAt(check: Check, examples: readonly unknown[], path: string): string {
  return [...new Set(examples.map((data) => allowedAt(check, data, path)))].join('; or ');
}

const ENTRIES_TOO_MANY = Array.from({ length: 10_000 }, () => 0);
const LONG_AGO = '1000-01-01';

function allowedAt(check: Check, data: unknown, path: string): string {
  const problem = (put: unknown, at = path): string =>
    problemAt(check, data, { path: at, put }) ?? '';
  const allowed = problem(null);
  switch (allowed) {
    case 'must be text':
      return problem('').replace('must have', 'text,');
    case 'must be a list': {
      const entries = problem(ENTRIES_TOO_MANY).replace('must have', 'list,');
      return fieldsIn(valuesAt(data, path)).length > 0
        ? entries
        : `${entries}: ${allowedAt(check, data, `${path}[]`)}`;
    }
    case 'is not a known code':
      return vocabularyAt(check, data, path);
    default: {
      const range = allowed.startsWith('must be a day') ? problem(LONG_AGO) : '';
      const words = allowed.replace(/^must be (one of (?=.*, ))?/, (_, among) =>
        among ? 'one of ' : '',
      );
      return range === '' ? words : `${words}; ${range.replace('must lie ', '')}`;
    }
  }
}

/** Too many codes to list, by the name of their list, the longest first. */
const vocabularies: readonly (readonly [string, readonly string[]])[] = [
  ['a country, ISO 3166-1 alpha-2', countryCodes],
  ['a port', portCodes],
  ['a state or territory, two letters', stateCodes],
  [
    `one of ${statusesOutside.join(', ')}, or a class of admission`,
    [...statusesOutside, ...classesOfAdmission],
  ],
  ['a class of admission', classesOfAdmission],
  ['an office', officeCodes],
];

function vocabularyAt(check: Check, data: unknown, path: string): string {
  const known = vocabularies.filter(([, codes]) =>
    codes.every((code) => problemAt(check, data, { path, put: code }) !== 'is not a known code'),
  );
  const [[name] = []] = known.toSorted(([, a], [, b]) => b.length - a.length);
  if (name === undefined) throw new Error(`Which codes may stand at ${path} has no name here.`);
  return name;
}
