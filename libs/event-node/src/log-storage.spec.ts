import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openLogStorage } from './log-storage.js';
import { type AppendToStore, type EventStorage, NotLaidDown } from './storage.js';

const LOG = 'log-000000000000.pbl';

let folder: string;
let open: EventStorage[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portbook-log-'));
});
afterEach(async () => {
  for (const storage of open.splice(0)) await storage.close();
  await rm(folder, { recursive: true });
});

async function opened(at = folder, segmentBytes?: number): Promise<EventStorage> {
  const storage = await openLogStorage({ folder: at, ...(segmentBytes && { segmentBytes }) });
  open.push(storage);
  return storage;
}

async function closed(storage: EventStorage): Promise<void> {
  open = open.filter((other) => other !== storage);
  await storage.close();
}

interface Told {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly count?: number;
}

function anAppend({ stream, revision, position, count = 1 }: Told): AppendToStore {
  const events = Array.from({ length: count }, (_, at) => ({
    id: Buffer.alloc(16, position + at),
    type: `T${String(position + at)}`,
    message: Buffer.from(`message ${String(position + at)}`),
  }));
  return { stream, revision, position, events };
}

/** Five appends to two streams: positions 1 to 9. */
const appends = [
  anAppend({ stream: 'a', revision: 0, position: 1 }),
  anAppend({ stream: 'b', revision: 0, position: 2, count: 3 }),
  anAppend({ stream: 'a', revision: 1, position: 5, count: 2 }),
  anAppend({ stream: 'ä', revision: 0, position: 7 }),
  anAppend({ stream: 'b', revision: 3, position: 8, count: 2 }),
];

function all(storage: EventStorage, limit = 100): string[] {
  const forwards = { direction: 'forwards', limit } as const;
  const told: string[] = [];
  for (;;) {
    const page = storage.readAll({ from: told.length + 1, ...forwards });
    if (page.length === 0) return told;
    for (const { stream, revision, position, type, message } of page) {
      told.push([stream, revision, position, type, message.toString()].join(' '));
    }
  }
}

const everything = [
  'a 0 1 T1 message 1',
  'b 0 2 T2 message 2',
  'b 1 3 T3 message 3',
  'b 2 4 T4 message 4',
  'a 1 5 T5 message 5',
  'a 2 6 T6 message 6',
  'ä 0 7 T7 message 7',
  'b 3 8 T8 message 8',
  'b 4 9 T9 message 9',
];

async function aLog(segmentBytes?: number): Promise<void> {
  const storage = await opened(folder, segmentBytes);
  await storage.append(appends.slice(0, 2));
  await storage.append(appends.slice(2, 3));
  await storage.append(appends.slice(3));
  await closed(storage);
}

describe('the log', () => {
  it.each([undefined, 100, 300])(
    'is read both ways and by stream, in files of %j bytes',
    async (size) => {
      await aLog(size);
      const storage = await opened(folder, size);

      for (const limit of [1, 2, 100]) expect(all(storage, limit)).toEqual(everything);
      const back = storage.readAll({ from: 9, direction: 'backwards', limit: 100 });
      expect(back.map(({ position }) => position)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
      const some = storage.readAll({ from: 6, direction: 'backwards', limit: 3 });
      expect(some.map(({ position }) => position)).toEqual([6, 5, 4]);
      const b = storage.readStream('b', { from: 1, direction: 'forwards', limit: 3 });
      expect(b.map(({ position }) => position)).toEqual([3, 4, 8]);
      const b2 = storage.readStream('b', { from: 3, direction: 'backwards', limit: 3 });
      expect(b2.map(({ position }) => position)).toEqual([8, 4, 3]);
      expect(storage.last('ä')).toEqual({ revision: 0, position: 7 });
      expect(storage.last('c')).toBeUndefined();
      expect(storage.findId('b', Buffer.alloc(16, 8))).toEqual({ revision: 3, position: 8 });
      expect(storage.findId('a', Buffer.alloc(16, 8))).toBeUndefined();
      expect(storage.lastPosition()).toBe(9);
    },
  );

  it('is read the same before its index is written as after', async () => {
    const storage = await opened();
    await storage.append(appends);

    expect(all(storage, 2)).toEqual(everything);
    const b = storage.readStream('b', { from: 2, direction: 'forwards', limit: 9 });
    expect(b.map(({ position }) => position)).toEqual([4, 8, 9]);
  });

  it('goes on where it ended', async () => {
    await aLog();
    const storage = await opened();
    await storage.append([anAppend({ stream: 'a', revision: 3, position: 10 })]);

    expect(all(storage)).toEqual([...everything, 'a 3 10 T10 message 10']);
  });

  it('makes its index anew where that is missing', async () => {
    await aLog(300);
    for (const name of await readdir(folder)) {
      if (name.startsWith('index')) await rm(join(folder, name));
    }

    expect(all(await opened())).toEqual(everything);
  });
});

describe('an append that has no form in the log', () => {
  it('is told from a fault of the disk, and leaves nothing', async () => {
    const storage = await opened();
    const bad = anAppend({ stream: 'b', revision: 2 ** 48, position: 2 });
    const good = anAppend({ stream: 'a', revision: 0, position: 1 });

    await expect(storage.append([good, bad])).rejects.toThrow(NotLaidDown);
    expect(all(storage)).toEqual([]);
  });
});

describe('a damaged index', () => {
  const fill = (byte: number) => (file: Buffer, from: number, to: number) =>
    file.fill(byte, from, to);
  const [zeros, ones] = [fill(0), fill(0xff)];
  const damages: [string, (file: Buffer) => Buffer][] = [
    ['is cut off in its beginning', (file) => file.subarray(0, 100)],
    ['is cut off after its first page', (file) => file.subarray(0, 4096)],
    ['is cut off after its beginning', (file) => file.subarray(0, 8192)],
    ['is cut off in its midst', (file) => file.subarray(0, 20_480)],
    ['is nothing but zeros', (file) => zeros(file, 0, file.length)],
    ['is nothing of LMDB', (file) => ones(file, 0, file.length)],
    ['is another thing in its first page', (file) => ones(file, 0, 4096)],
    ['is another thing in its second page', (file) => ones(file, 4096, 8192)],
    ['is another thing behind its first signs', (file) => ones(file, 32, 152)],
  ];

  it.each(damages)('that %s is made anew, and that is said', async (_, damage) => {
    await aLog();
    const file = join(folder, 'index.mdb');
    await writeFile(file, damage(await readFile(file)));
    const told: string[] = [];
    const storage = await openLogStorage({ folder, onFault: ({ message }) => told.push(message) });
    open.push(storage);

    expect(told).toEqual([expect.stringMatching(/^The index .*index\.mdb is damaged: it .* anew/)]);
    expect(all(storage)).toEqual(everything);
    await storage.append([anAppend({ stream: 'a', revision: 3, position: 10 })]);
    await closed(storage);
    expect(all(await opened())).toHaveLength(10);
  });

  it('is refused with what to do where it is deeper, and the log is not touched', async () => {
    await aLog();
    const [file, log] = [join(folder, 'index.mdb'), await readFile(join(folder, LOG))];
    const bytes = await readFile(file);
    await writeFile(file, zeros(bytes, 8192, bytes.length));

    await expect(openLogStorage({ folder })).rejects.toThrow(`Remove ${file} and start again`);
    expect(await readFile(join(folder, LOG))).toEqual(log);
    await rm(file);
    expect(all(await opened())).toEqual(everything);
  });

  it.each([
    ['first', [anAppend({ stream: 'aaaa', revision: 0, position: 1 })]],
    ['last', [...appends.slice(0, 4), anAppend({ stream: 'b', revision: 3, position: 8 })]],
  ])(
    'of another log, which ends in the %s record, is refused, and nothing is cut',
    async (_, others) => {
      await aLog();
      const log = await readFile(join(folder, LOG));
      const other = await opened(join(folder, 'other'));
      await other.append(others);
      await closed(other);
      await cp(join(folder, 'other', 'index.mdb'), join(folder, 'index.mdb'));

      await expect(openLogStorage({ folder })).rejects.toThrow('remove index.mdb from its folder');
      expect(await readFile(join(folder, LOG))).toEqual(log);
      await rm(join(folder, 'index.mdb'));
      expect(all(await opened())).toEqual(everything);
    },
  );

  it('is not seen where there is none', async () => {
    await aLog();
    const onFault = (fault: Error): never => {
      throw fault;
    };

    await (await openLogStorage({ folder, onFault })).close();
  });
});

describe('a log cut off in its last write', () => {
  it('loses that write and nothing before it, wherever it was cut', async () => {
    const [log, kept] = [join(folder, 'log'), join(folder, 'kept')];
    const storage = await opened(log);
    await storage.append(appends.slice(0, 3));
    await closed(storage);
    const before = (await readFile(join(log, LOG))).length;
    await cp(log, kept, { recursive: true });
    const again = await opened(log);
    await again.append(appends.slice(3));
    await closed(again);
    const whole = await readFile(join(log, LOG));

    await fc.assert(
      fc.asyncProperty(fc.integer({ min: before, max: whole.length }), async (length) => {
        const copy = join(folder, `cut-${String(length)}`);
        await cp(kept, copy, { recursive: true });
        await writeFile(join(copy, LOG), whole.subarray(0, length));
        const cut = await opened(copy);
        const told = all(cut);
        expect(everything.slice(0, told.length)).toEqual(told);
        expect([6, 7, 9]).toContain(told.length);
        const position = told.length + 1;
        await cut.append([anAppend({ stream: 'new', revision: 0, position })]);
        await closed(cut);
        expect(all(await opened(copy))).toHaveLength(position);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a damaged log', () => {
  it('is not cut where whole records follow, also of the same write and without an index', async () => {
    const storage = await opened();
    await storage.append(appends);
    await closed(storage);
    const log = await readFile(join(folder, LOG));
    const at = log.indexOf('message 1');
    log.writeUInt8(log.readUInt8(at) ^ 1, at);
    await writeFile(join(folder, LOG), log);
    await rm(join(folder, 'index.mdb'));

    await expect(openLogStorage({ folder })).rejects.toThrow('later ones follow it');
    expect(await readFile(join(folder, LOG))).toEqual(log);
  });

  it('is not cut where a later record says that the damaged one was durable', async () => {
    await aLog();
    const log = await readFile(join(folder, LOG));
    const at = log.indexOf('message 3');
    log.writeUInt8(log.readUInt8(at) ^ 1, at);
    await writeFile(join(folder, LOG), log);
    await rm(join(folder, 'index.mdb'));

    await expect(openLogStorage({ folder })).rejects.toThrow(
      /record at byte \d+ of the log is damaged/,
    );
    expect(await readFile(join(folder, LOG))).toEqual(log);
  });

  it('that is shorter than it is known to have been is refused', async () => {
    await aLog();
    await truncate(join(folder, LOG), 200);
    const refused = openLogStorage({ folder });

    await expect(refused).rejects.toThrow('The log at byte 200 is damaged');
  });

  it('of which a file is missing is refused', async () => {
    await aLog(100);
    const [, second] = (await readdir(folder)).filter((name) => name.endsWith('.pbl'));
    await rm(join(folder, second ?? ''));

    await expect(openLogStorage({ folder })).rejects.toThrow('a file is missing or was cut');
  });
});
