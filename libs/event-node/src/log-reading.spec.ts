import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogStorage } from './log-storage.js';
import { Segments } from './segments.js';
import { type AppendToStore, type EventStorage, PAGE_BYTES } from './storage.js';

let folder: string;
let storage: EventStorage;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portbook-log-'));
  storage = await openLogStorage({ folder });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await storage.close();
  await rm(folder, { recursive: true });
});

/** One append of so many events, each message of which has so many bytes. */
function aRecord(count: number, bytes: number, first = { revision: 0, position: 1 }) {
  const events = Array.from({ length: count }, (_, at) => ({
    id: Buffer.alloc(16, at),
    type: 'T',
    message: Buffer.from(String(first.position + at).padStart(bytes)),
  }));
  return { stream: 'a', ...first, events } satisfies AppendToStore;
}

/** How many bytes of the log are read from the files while that is done. */
function bytesRead(done: () => void): number {
  const reading = jest.spyOn(Segments.prototype, 'readInto');
  done();
  const read = reading.mock.results.map(({ value }) => (value as Buffer).length);
  reading.mockRestore();
  return read.reduce((sum, length) => sum + length, 0);
}

interface Pages {
  /** The positions of the events, in the order in which they came. */
  readonly positions: number[];
  readonly lengths: number[];
}

type Reading = (from: number) => { readonly position: number; readonly message: Buffer }[];

function messagesFrom(from: number): ReturnType<Reading> {
  const { bytes, count } = storage.readMessages(from, 256, Buffer.alloc(PAGE_BYTES));
  const each = bytes.length / count;
  return Array.from({ length: count }, (_, at) => {
    const message = bytes.subarray(at * each, (at + 1) * each);
    return { message, position: Number(message.toString()) };
  });
}

const limit = 256;

const readings: [string, Reading, 1 | -1][] = [
  ['in one piece', messagesFrom, 1],
  ['all forwards', (from) => storage.readAll({ from, direction: 'forwards', limit }), 1],
  ['all backwards', (from) => storage.readAll({ from, direction: 'backwards', limit }), -1],
  [
    'a stream forwards',
    (from) => storage.readStream('a', { from: from - 1, direction: 'forwards', limit }),
    1,
  ],
  [
    'a stream backwards',
    (from) => storage.readStream('a', { from: from - 1, direction: 'backwards', limit }),
    -1,
  ],
];

function pagesOf(read: Reading, step: 1 | -1): Pages {
  const pages: Pages = { positions: [], lengths: [] };
  const last = storage.lastPosition();
  for (let from = step > 0 ? 1 : last; from >= 1 && from <= last;) {
    const page = read(from);
    pages.positions.push(...page.map(({ position }) => position));
    pages.lengths.push(page.reduce((sum, { message }) => sum + message.length, 0));
    from += step * page.length;
  }
  return pages;
}

function inOrder(count: number, step: 1 | -1): number[] {
  const forwards = Array.from({ length: count }, (_, at) => at + 1);
  return step > 0 ? forwards : forwards.reverse();
}

describe('a record of very many events', () => {
  it.each(readings)('is read from the disk once when it is read %s', async (_, read, step) => {
    await storage.append([aRecord(8_000, 100)]);
    let pages: Pages | undefined;
    const read1 = bytesRead(() => (pages = pagesOf(read, step)));

    expect(pages?.positions).toEqual(inOrder(8_000, step));
    expect(read1).toBeLessThan(1.2 * 8_000 * 130);
  });

  it('is read once by several readers in turn, each of which is in another one', async () => {
    for (let n = 0; n < 4; n += 1) {
      const first = { revision: n * 2_000, position: n * 2_000 + 1 };
      await storage.append([aRecord(2_000, 100, first)]);
    }
    const read = bytesRead(() => {
      for (let from = 1; from < 2_000; from += 200) {
        for (let n = 0; n < 4; n += 1) {
          const range = { direction: 'forwards', limit: 200 } as const;
          expect(storage.readAll({ from: n * 2_000 + from, ...range })).toHaveLength(200);
        }
      }
    });

    expect(read).toBeLessThan(2 * 8_000 * 130);
  });
});

describe('a page', () => {
  it.each(readings)('of large events read %s is cut by their bytes', async (_, read, step) => {
    await storage.append([aRecord(20, 50_000)]);
    const { positions, lengths } = pagesOf(read, step);

    expect(positions).toEqual(inOrder(20, step));
    expect(Math.max(...lengths)).toBeLessThanOrEqual(PAGE_BYTES + 50_000);
  });

  it.each(readings)('read %s holds an event that is longer by itself', async (_, read, step) => {
    await storage.append([aRecord(3, 200_000)]);
    const { positions, lengths } = pagesOf(read, step);

    expect(positions).toEqual(inOrder(3, step));
    expect(lengths).toEqual([200_000, 200_000, 200_000]);
  });
});

describe('a damaged log that is being read', () => {
  async function damageAt(find: (log: Buffer) => number): Promise<void> {
    const [file, log] = await readLog();
    const at = find(log);
    log.writeUInt8(log.readUInt8(at) ^ 1, at);
    await writeFile(file, log);
  }

  async function readLog(): Promise<[string, Buffer]> {
    const file = join(folder, 'log-000000000000.pbl');
    return [file, await readFile(file)];
  }

  it.each(readings)(
    'gives what stands before a record with a damaged head, read %s, and then says so',
    async (_, read, step) => {
      for (const n of [0, 1, 2]) {
        await storage.append([aRecord(2, 10, { revision: 2 * n, position: 2 * n + 1 })]);
      }
      const [head, before, from] = step > 0 ? [2, [1, 2, 3, 4], 1] : [0, [6, 5, 4, 3], 6];
      // The last byte of the position is part of what the checksum of the head covers.
      await damageAt((log) => {
        let at = 0;
        for (let n = 0; n < head; n += 1) at = log.indexOf('PBL1', at + 1);
        return at + 33;
      });

      expect(read(from).map(({ position }) => position)).toEqual(before);
      expect(() => read(from + step * 4)).toThrow('the checksum of its head does not match');
    },
  );

  it.each(readings)(
    'gives what stands before a damaged event of a record, read %s, and then says so',
    async (_, read, step) => {
      await storage.append([aRecord(5, 10)]);
      await damageAt((log) => log.indexOf('         3'));

      const [from, before] = step > 0 ? [1, [1, 2]] : [5, [5, 4]];
      expect(read(from).map(({ position }) => position)).toEqual(before);
      expect(() => read(3)).toThrow('event at position 3 is damaged');
    },
  );
});
