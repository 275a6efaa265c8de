import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { eventTables } from '#libs/command-handling';
import { type EventTable, shape } from '#libs/kernel';
import { describedMetadata, eventsMarkdown } from './events-document.js';
import { type FieldRow, fieldRows } from './field-table.js';
import { type GoldenFile, readGoldenFiles } from './golden-files.js';
import { fieldsIn } from './shape-walk.js';

const files = readGoldenFiles();
const text = eventsMarkdown(files, eventTables);
const types = eventTables.flatMap((table) => Object.keys(table));

const known = new Map<string, readonly FieldRow[]>();

function rowsOf(type: string): readonly FieldRow[] {
  const rows = known.get(type) ?? newRowsOf(type);
  known.set(type, rows);
  return rows;
}

function newRowsOf(type: string): readonly FieldRow[] {
  const file = files.find((golden) => golden.type === type);
  const row = eventTables.find((table) => Object.hasOwn(table, type))?.[type];
  if (!file || !row) throw new Error(`${type} is not known.`);
  return fieldRows(file, row);
}

function rowOf(type: string, path: string) {
  return rowsOf(type).find((row) => row.path === path);
}

describe('docs/EVENTS.md', () => {
  it('is what tables and golden files say (UPDATE_DOCS=1 writes it)', () => {
    const file = new URL('../docs/EVENTS.md', import.meta.url);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, text);

    expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(text);
  });

  it('has one heading for each type, to which others can link', () => {
    const headings = text.match(/^### .*$/gm);
    expect(headings).toEqual(expect.arrayContaining(types.map((type) => `### ${type}`)));
    expect(headings).toHaveLength(types.length);
  });

  it('tells of every field of the metadata', () => {
    const shown = files.flatMap(({ examples }) =>
      examples.flatMap(({ metadata }) => Object.keys(metadata)),
    );
    expect([...describedMetadata].sort()).toEqual([...new Set(shown)].sort());
  });
});

describe('a field in docs/EVENTS.md', () => {
  it.each([
    ['ArrivalRegistered', 'arrivedOn', 'required', false],
    ['ArrivalRegistered', 'admittedUntil', 'optional', false],
    ['ArrivalRegistered', 'fin', 'required', true],
    ['ArrivalRegistered', 'identity.familyName', 'required', true],
    ['ArrivalRegistered', 'identity', 'optional', true],
    ['ArrivalRegistered', 'documents[].country', 'optional', true],
    ['ArrivalRegistered', 'visit.contact.name', 'optional', true],
    ['ArrivalRegistered', 'basis.kind', 'required', false],
    ['ArrivalRegistered', 'basis.criteria', 'depends', false],
    ['ArrivalRegistered', 'basis.lookoutRef', 'optional', true],
    ['CallInRegistrationCompleted', 'admission.admissionNumber', 'required', true],
    ['ChangeReported', 'usState', 'depends', false],
    ['ChangeReported', 'value.line2', 'optional', true],
    ['ChangeReported', 'value.employer', 'depends', true],
    ['GoodCauseAccepted', 'obligation.year', 'depends', false],
    ['RecordCorrected', 'corrected.data', 'required', false],
    ['DutyEnacted', 'data.terms.dueAfterDays', 'depends', false],
    ['PolicyRecordCorrected', 'corrected.note', 'optional', false],
  ])('is said to be what it is: %s %s', (type, path, presence, isPersonal) => {
    expect(rowOf(type, path)).toMatchObject({ presence, isPersonal });
  });

  it.each([
    ['ArrivalRegistered', 'port', 'a port'],
    ['ArrivalRegistered', 'usState', 'a state or territory, two letters'],
    ['ArrivalRegistered', 'fin', '7 to 10 digits'],
    ['ArrivalRegistered', 'visit.purpose', 'text, 1 to 1000 characters'],
    ['ArrivalRegistered', 'documents', 'list, 0 to 20 entries'],
    [
      'ArrivalRegistered',
      'person.nationalities',
      'list, 1 to 5 entries: a country, ISO 3166-1 alpha-2',
    ],
    [
      'ArrivalRegistered',
      'arrivedOn',
      'a day that exists, YYYY-MM-DD; from 1880-01-01 to 2100-12-31',
    ],
    ['ArrivalRegistered', 'basis.kind', 'one of designation, lookout, officer-discretion'],
    ['CallInRegistrationCompleted', 'office', 'an office'],
    [
      'StatusChanged',
      'to',
      'one of permanent-resident, refugee, asylee, citizen, or a class of admission',
    ],
    ['DutyExemptionMade', 'data.classes', 'list, 1 to 50 entries: a class of admission'],
    ['HistoryImportBegun', 'adopted', 'true or false'],
  ])('says what may stand there: %s %s', (type, path, what) => {
    expect(rowOf(type, path)?.what).toBe(what);
  });

  it('is missing nowhere, but within what is corrected, and has an example or fields of its own', () => {
    for (const { type, examples } of files) {
      const rows = rowsOf(type);
      const told = rows.map(({ path }) => path);
      const shown = new Set(examples.flatMap(({ data }) => fieldsIn(data)));
      const left = [...shown].filter((path) => !told.includes(path));
      expect(left.filter((path) => !path.startsWith('corrected.data.'))).toEqual([]);
      if (left.length > 0) expect(type).toMatch(/^(Policy)?RecordCorrected$/);
      for (const { path, what, example } of rows) {
        const hasFields = told.some((other) => other.startsWith(`${path}.`));
        const hasItems = told.some((other) => other.startsWith(`${path}[].`));
        if (example === undefined && !hasFields && !hasItems) expect(what).toBe('an object');
        expect(`${what} ${example ?? ''}`).not.toMatch(/undefined|Problem/);
      }
    }
  });

  it('of an older version is told by its examples, under the version that is written today', () => {
    const today = shape.object({ names: shape.list(shape.text(), 1, 2) });
    const table: EventTable = {
      NoteTaken: {
        version: 2,
        personal: [],
        upcasters: { 1: (data) => ({ names: [(data as { readonly name: string }).name] }) },
        check: (data) => today(data, ''),
      },
    };
    const golden = (version: number, data: object): GoldenFile => ({
      ...{ type: 'NoteTaken', version, stream: 'imports', about: 'A note was taken.' },
      examples: [
        {
          name: 'complete',
          data: data as GoldenFile['examples'][0]['data'],
          ...{ metadata: files[0]!.examples[0]!.metadata, stored: { data: '', metadata: '' } },
        },
      ],
    });
    const old = eventsMarkdown([golden(1, { name: 'x' }), golden(2, { names: ['x'] })], [table]);
    const section = old.slice(old.indexOf('### NoteTaken'));

    expect(section).toMatch(/Version 2: .*\n(.*\n)*Version 1, read as version 2: /);
    expect(section).toMatch(
      /\| `names` \| list, 1 to 2 entries: text, 1 to 200 characters \| required/,
    );
    expect(section).toMatch(/\| `name` \| text +\| required/);
  });
});
