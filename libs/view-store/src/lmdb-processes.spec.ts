import { type ChildProcess, fork } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { transformFileSync } from '@swc/core';
import { open } from 'lmdb';
import { openLmdbViews, readLmdbViews } from './lmdb.js';
import type { Collection, ViewDocument, ViewStore } from './index.js';
import { ViewStoreUnavailable } from './index.js';

interface Note extends ViewDocument {
  readonly text: string;
}

const notes: Collection<Note> = { name: 'notes', version: 1, fields: { text: 'value' } };
const work = mkdtempSync(join(tmpdir(), 'portbook-view-processes-'));

/** Answers each message `[method, ...arguments]` from a store that it has opened for reading. */
const READER = `
import { readLmdbViews } from './lmdb.js';
const views = readLmdbViews(process.argv[2]);
process.on('message', async ([method, ...args]) => {
  try {
    process.send({ answer: await views[method](...args) });
  } catch (error) {
    process.send({ error: error.name });
  }
});
process.on('disconnect', () => process.exit());
`;

/** Node runs no TypeScript: the room is put beside the reader as the build would put it. */
function compileRoom(into: string): void {
  for (const file of readdirSync('libs/view-store/src')) {
    if (!/(?<!\.spec|\.contract)\.ts$/.test(file)) continue;
    const { code } = transformFileSync(join('libs/view-store/src', file), {
      swcrc: false,
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    writeFileSync(join(into, file.replace(/\.ts$/, '.js')), code);
  }
  writeFileSync(join(into, 'package.json'), '{"type":"module"}');
  writeFileSync(join(into, 'reader.js'), READER);
  symlinkSync(resolve('node_modules'), join(into, 'node_modules'));
}

describe('views that other processes read', () => {
  const program = join(work, 'program');
  let writer: ViewStore | undefined;
  let reader: ChildProcess | undefined;

  beforeAll(() => {
    mkdirSync(program);
    compileRoom(program);
  });
  afterEach(async () => {
    await writer?.close();
    writer = undefined;
    if (reader?.connected) {
      reader.disconnect();
      await once(reader, 'exit');
    }
  });
  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
  });

  function startReader(folder: string): void {
    reader = fork(join(program, 'reader.js'), [folder], { execArgv: [] });
  }

  async function ask(...message: readonly unknown[]): Promise<unknown> {
    if (!reader) throw new Error('No reader has been started.');
    reader.send([...message]);
    const [reply] = (await once(reader, 'message')) as [Record<string, unknown>];
    return reply['error'] ?? reply['answer'];
  }

  it('are unavailable until they are made, and then there without a restart', async () => {
    const folder = join(work, 'late');
    startReader(folder);

    expect(await ask('get', notes, 'a')).toBe('ViewStoreUnavailable');
    expect(await ask('readCheckpoint', notes)).toBe('ViewStoreUnavailable');
    expect(existsSync(folder)).toBe(false);

    writer = openLmdbViews(folder);
    expect(await ask('readCheckpoint', notes)).toBeUndefined();
    await writer.write(notes, [{ document: { _id: 'a', position: 1, text: 'first' } }]);

    expect(await ask('get', notes, 'a')).toEqual({ _id: 'a', position: 1, text: 'first' });
  });

  it('are unavailable while their file is being made', async () => {
    const folder = join(work, 'empty');
    const path = join(folder, 'views.mdb');
    mkdirSync(folder);
    writeFileSync(path, '');
    startReader(folder);
    expect(await ask('get', notes, 'a')).toBe('ViewStoreUnavailable');

    const withoutTables = open({ path, maxDbs: 8 });
    expect(await ask('get', notes, 'a')).toBe('ViewStoreUnavailable');
    await withoutTables.close();
    writer = openLmdbViews(folder);

    expect(await ask('count', notes)).toBe(0);
  });

  it('show each write as soon as it is acknowledged, however much the file grows', async () => {
    const folder = join(work, 'growing');
    writer = openLmdbViews(folder);
    startReader(folder);
    await ask('count', notes);

    for (let round = 1; round <= 6; round += 1) {
      const writes = Array.from({ length: 200 }, (_, at) => ({
        document: { _id: `${round}-${at}`, position: round, text: `${at} `.repeat(100) },
      }));
      await writer.write(notes, writes);
      await writer.writeCheckpoint(notes, { position: round });

      expect(await ask('readCheckpoint', notes)).toEqual({ position: round });
      expect(await ask('count', notes)).toBe(round * 200);
      expect(await ask('get', notes, `${round}-199`)).toEqual(writes.at(-1)?.document);
    }
    const page = await ask('find', notes, { where: [{ field: 'text', prefix: '7 ' }], limit: 10 });
    expect(page).toMatchObject({ documents: Array.from({ length: 6 }, () => expect.anything()) });
  });

  it('are there again for the next writer', async () => {
    const folder = join(work, 'again');
    const first = openLmdbViews(folder);
    await first.write(notes, [{ document: { _id: 'a', position: 1, text: 'kept' } }]);
    await first.writeCheckpoint(notes, { position: 1 });
    await first.close();

    writer = openLmdbViews(folder);

    expect(
      await writer.find(notes, { where: [{ field: 'text', equals: 'kept' }], limit: 1 }),
    ).toEqual({
      documents: [{ _id: 'a', position: 1, text: 'kept' }],
    });
    expect(await writer.readCheckpoint(notes)).toEqual({ position: 1 });
  });

  it('are not opened where their file is damaged', async () => {
    const folder = join(work, 'damaged');
    mkdirSync(folder);
    writeFileSync(join(folder, 'views.mdb'), Buffer.alloc(20_000, 'nothing of LMDB'));
    startReader(folder);

    expect(() => openLmdbViews(folder)).toThrow('Delete its folder');
    expect(await ask('get', notes, 'a')).toBe('ViewStoreUnavailable');
    rmSync(folder, { recursive: true });
    writer = openLmdbViews(folder);
    expect(await ask('count', notes)).toBe(0);
  });

  it('are readable by their owner alone', async () => {
    const folder = join(work, 'private');
    writer = openLmdbViews(folder);
    await writer.writeCheckpoint(notes, { position: 1 });
    const files = readdirSync(folder).map((file) => join(folder, file));

    expect(files.length).toBeGreaterThan(0);
    expect([folder, ...files].map((path) => statSync(path).mode & 0o077)).toEqual(
      [folder, ...files].map(() => 0),
    );
  });

  it('are opened once in a process, and written by no reader', async () => {
    const folder = join(work, 'once');
    writer = openLmdbViews(folder);

    expect(() => readLmdbViews(folder)).toThrow('open in this process already');
    expect(() => openLmdbViews(folder)).toThrow('open in this process already');
    await writer.close();
    const reading = readLmdbViews(folder);
    await expect(reading.writeCheckpoint(notes, {})).rejects.toThrow('reading only');
    await expect(reading.drop(notes)).rejects.toThrow('reading only');
    await reading.close();
    await expect(reading.get(notes, 'a')).rejects.toThrow(ViewStoreUnavailable);
    writer = openLmdbViews(folder);
  });
});
