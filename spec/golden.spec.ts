import { describe, expect, it } from '@jest/globals';
import { eventTables } from '#libs/command-handling';
import { createCodec } from '#libs/event-log';
import {
  canonicalJson,
  type EventTable,
  type EventTypeRow,
  POLICY_STREAM,
  registrantIdOf,
} from '#libs/kernel';
import { commandForEvent, policyCommandNames, type PolicyEventType } from '#libs/policy';
import { commandOfFact, isFactType, registrantCommandExamples } from '#libs/registry';
import {
  expectedFileNames,
  fillInStoredForms,
  goldenFileName,
  goldenFileNames,
  goldenKeys,
  readGoldenFiles,
  storedEvent,
} from './golden-files.js';
import { fieldsIn, fieldsKnown, isNeeded, problemAt, without } from './shape-walk.js';

if (process.env['UPDATE_GOLDEN'] === '1') await fillInStoredForms(eventTables);
const goldenFiles = readGoldenFiles();

const rows = new Map(eventTables.flatMap((table) => Object.entries(table)));
const codec = createCodec(eventTables, goldenKeys);
const sealed = createCodec(eventTables);

function rowOf(type: string): EventTypeRow {
  const row = rows.get(type);
  if (row === undefined) throw new Error(`No table names ${type}.`);
  return row;
}

const examples = goldenFiles.flatMap((file) =>
  file.examples.map(
    (example) => [`${goldenFileName(file)}, ${example.name}`, { file, example }] as const,
  ),
);

/** The paths in `data` that are stored encrypted, those of an event within it too. */
function personalPaths(row: EventTypeRow, data: unknown): readonly string[] {
  if (row.nested === undefined) return row.personal;
  const { type } = (data as Record<string, { readonly type: string }>)[row.nested] ?? { type: '' };
  const inner = rowOf(type).personal.map((path) => `${String(row.nested)}.data.${path}`);
  return [...row.personal, ...inner];
}

describe('the golden files', () => {
  it('are one for each version that each event type ever had, and no others', () => {
    expect(goldenFileNames()).toEqual(expectedFileNames(eventTables));
    expect(goldenFiles.map(goldenFileName)).toEqual(goldenFileNames());
  });

  it('would be missed for a new type, and for a new version of one', () => {
    const [first = {}, ...others] = eventTables;
    const DutyEnacted = { ...rowOf('DutyEnacted'), version: 3 };
    const DutyForgotten = { version: 1, personal: [], check: () => [] };
    const grown: readonly EventTable[] = [{ ...first, DutyEnacted, DutyForgotten }, ...others];
    const wanted = expectedFileNames(grown);

    expect(wanted.filter((name) => !goldenFileNames().includes(name))).toEqual([
      'duty-enacted.v2.json',
      'duty-enacted.v3.json',
      'duty-forgotten.v1.json',
    ]);
  });

  it('hold the stored form of each example (UPDATE_GOLDEN=1 writes that of a new one)', () => {
    const lacking = examples.filter(([, { example }]) => !Object.hasOwn(example, 'stored'));
    expect(lacking.map(([name]) => name)).toEqual([]);
  });

  it('name the command by which the event comes about, each command once', () => {
    const named = goldenFiles.flatMap(({ command }) => command ?? []);
    const commands = [...Object.keys(registrantCommandExamples), ...policyCommandNames];
    expect([...new Set(named)].sort()).toEqual(commands.sort());

    for (const { type, stream, command, examples: all } of goldenFiles) {
      if (stream === POLICY_STREAM) expect(command).toBe(commandForEvent[type as PolicyEventType]);
      if (!isFactType(type)) continue;
      for (const { data } of all) expect(command).toBe(commandOfFact(type, data as never).type);
    }
  });
});

describe('what was stored once', () => {
  it.each(examples)('is read as it was meant, for ever: %s', (_, { file, example }) => {
    const row = rowOf(file.type);
    const event = codec.decode(storedEvent(file, example));

    expect(event.data).toEqual(example.today ?? example.data);
    expect(event.metadata).toEqual({ ...example.metadata, schemaVersion: row.version });
    expect(example.metadata.schemaVersion).toBe(file.version);
    expect(row.check(event.data)).toEqual([]);
  });

  it.each(examples)('is stored again in the very same bytes: %s', async (_, { file, example }) => {
    const { id, stream, type, data, metadata } = codec.asStored(storedEvent(file, example));
    const [again] = await codec.encode(stream, [{ id, type, data, metadata }]);

    expect(again).toEqual({ id, type, ...example.stored });
    expect(canonicalJson(data)).toBe(example.stored.data);
    expect(canonicalJson(metadata)).toBe(example.stored.metadata);
  });

  it.each(examples)(
    'has its personal content encrypted, all of it and nothing else: %s',
    async (_, { file, example }) => {
      const row = rowOf(file.type);
      const stored = storedEvent(file, example);
      const today = codec.decode(stored);
      const personal = personalPaths(row, today.data);
      const clear = personal.reduce(without, today.data);

      expect(sealed.decode(stored).data).toEqual(clear);
      expect(row.check(clear)).toEqual([]);
      expect(Object.hasOwn(stored.data as object, 'encrypted')).toBe(
        canonicalJson(clear) !== canonicalJson(today.data),
      );

      // Today's program writes it so too: what it has put in clear is all that is in clear.
      const { id, stream, type, data, metadata } = today;
      const [written] = await codec.encode(stream, [{ id, type, data, metadata }]);
      const back = { ...stored, data: JSON.parse(written?.data ?? ''), metadata };
      expect(sealed.decode(back).data).toEqual(clear);
      expect(codec.decode(back).data).toEqual(today.data);
    },
  );

  it('opens under its key alone', () => {
    const strange = createCodec(eventTables, {
      ...goldenKeys,
      find: () => new Uint8Array(32).fill(7),
    });
    const personal = examples.filter(([, { example }]) =>
      example.stored.data.includes('encrypted'),
    );

    expect(personal.length).toBeGreaterThan(20);
    expect(personal.map(([, { file }]) => file.type)).toContain('RecordCorrected');
    for (const [, { file, example }] of personal) {
      expect(() => strange.decode(storedEvent(file, example))).toThrow('under another key');
    }
  });
});

const ofToday = examples.filter(([, { file }]) => file.version === rowOf(file.type).version);

/** What an event within an event holds stands in the golden files of its own type. */
function isWithinNested(row: EventTypeRow, path: string): boolean {
  return row.nested !== undefined && path.startsWith(`${row.nested}.data.`);
}

describe('the shape of each type', () => {
  const files = goldenFiles.filter(({ type, version }) => version === rowOf(type).version);

  it.each(files.map((file) => [file.type, file] as const))(
    'has no field that no golden file shows: %s',
    (type, file) => {
      const row = rowOf(type);
      const shown = new Set(file.examples.flatMap(({ data }) => fieldsIn(data)));
      const known = file.examples.flatMap(({ data }) => [...fieldsKnown(row.check, data)]);
      const hidden = known.filter((path) => !shown.has(path) && !isWithinNested(row, path));

      expect([...new Set(hidden)]).toEqual([]);
    },
  );

  it.each(ofToday)('lets no field be added: %s', (_, { file, example }) => {
    const { check } = rowOf(file.type);
    // What a correction of the policy says, only the record tells that it names.
    const isFree = (path: string): boolean =>
      file.type === 'PolicyRecordCorrected' && /^corrected\.data(\.|$)/.test(path);
    const objects = fieldsIn(example.data).filter((path) => path.includes('.') && !isFree(path));
    const parents = new Set(objects.map((path) => path.replace(/\.[^.]+$/, '')));

    for (const parent of ['', ...parents]) {
      const path = parent === '' ? 'extra' : `${parent}.extra`;
      const problem = problemAt(check, example.data, { path, put: 1 });
      expect([path, problem]).toEqual([path, 'is not a field that exists here']);
    }
  });

  it.each(ofToday.filter(([, { example }]) => example.name === 'minimal'))(
    'lets no field be left out, but for what may not have been opened: %s',
    (_, { file, example }) => {
      const row = rowOf(file.type);
      const personal = personalPaths(row, example.data);
      const isPersonal = (path: string): boolean =>
        personal.some((at) => path === at || path.startsWith(`${at}.`));
      const isFree = (path: string): boolean =>
        file.type === 'PolicyRecordCorrected' && path.startsWith('corrected.data.');
      for (const path of fieldsIn(example.data)) {
        if (isFree(path)) continue;
        if (!isPersonal(path))
          expect([path, isNeeded(row.check, example.data, path)]).toEqual([path, true]);
        else if (personal.includes(path))
          expect(isNeeded(row.check, example.data, path)).toBe(false);
      }
    },
  );
});

describe('a correction', () => {
  const facts = examples.filter(([, { file }]) => isFactType(file.type));

  it.each(facts)('carries every fact of every version whole: %s', async (_, { file, example }) => {
    const { type, version, stream } = file;
    const today = example.today ?? example.data;
    const correction = {
      registrantId: registrantIdOf(stream),
      eventId: '00000000-0000-4000-8000-00000000000a',
      corrected: { type, version, data: example.data },
      reason: 'Invented slip of the pen',
    };
    const { metadata } = example;
    const event = { id: correction.eventId, type: 'RecordCorrected', data: correction, metadata };
    const [encoded] = await codec.encode(stream, [event]);
    const stored = {
      ...{ id: event.id, stream, type: event.type, revision: 0, position: 1, metadata },
      data: JSON.parse(encoded?.data ?? ''),
    };
    const corrected = { type, version: rowOf(type).version, data: today };

    expect(codec.decode(stored).data).toEqual({ ...correction, corrected });
    const personal = rowOf(type).personal.map((path) => `corrected.data.${path}`);
    const clear = ['reason', ...personal].reduce<unknown>(without, { ...correction, corrected });
    expect(sealed.decode(stored).data).toEqual(clear);
  });
});
