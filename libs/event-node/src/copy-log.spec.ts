import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkLog, copyLog, FolderInUse, FolderNotEmpty, vacateFolder } from './index.js';
import { lockFolder } from './folder-lock.js';
import { openLogStorage } from './log-storage.js';
import type { EventStorage } from './storage.js';

const FIRST = 'log-000000000000.pbl';
const WRITERS = 32;

let root: string;
let folder: string;
let copy: string;
let log: EventStorage;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'portbook-copy-'));
  [folder, copy] = [join(root, 'log'), join(root, 'copy')];
  await mkdir(copy);
  // Small files, so that new ones are begun while the log is copied.
  log = await openLogStorage({ folder, segmentBytes: 4_000 });
});

afterEach(async () => {
  await log.close();
  await rm(root, { recursive: true });
});

/** One append of each writer. */
async function appendRound(round: number): Promise<void> {
  const appends = Array.from({ length: WRITERS }, (_, writer) => {
    const position = round * WRITERS + writer + 1;
    const id = Buffer.alloc(16);
    id.writeUInt32BE(position);
    const event = { id, type: 'Written', message: Buffer.from(`message ${String(position)}`) };
    return { stream: `s-${String(writer)}`, revision: round, position, events: [event] };
  });
  await log.append(appends);
}

async function messagesIn(at: string): Promise<string[]> {
  const storage = await openLogStorage({ folder: at });
  const messages: string[] = [];
  for (;;) {
    const next = { from: messages.length + 1, direction: 'forwards', limit: 1_000 } as const;
    const page = storage.readAll(next);
    if (page.length === 0) break;
    messages.push(...page.map(({ message }) => message.toString()));
  }
  await storage.close();
  return messages;
}

describe('a copy of the log', () => {
  it('made while it is appended to is a beginning of it, with all that was acknowledged before', async () => {
    await appendRound(0);
    let rounds = 1;
    const end = new AbortController();
    const writing = (async () => {
      for (; !end.signal.aborted; rounds += 1) await appendRound(rounds);
    })();
    const copies: { readonly at: string; readonly before: number; readonly last: number }[] = [];
    for (let n = 0; n < 5; n += 1) {
      const at = join(root, `copy-${String(n)}`);
      await mkdir(at);
      const before = rounds * WRITERS;
      copies.push({ at, before, last: (await copyLog(folder, at)).lastPosition });
    }
    end.abort();
    await writing;

    for (const { at, before, last } of copies) {
      expect(last).toBeGreaterThanOrEqual(before);
      const expected = Array.from({ length: last }, (_, n) => `message ${String(n + 1)}`);
      expect(await messagesIn(at)).toEqual(expected);
    }
  });

  it('has every file of it, and not its index', async () => {
    for (let round = 0; round < 4; round += 1) await appendRound(round);
    const { files, lastPosition, leftOut } = await copyLog(folder, copy);

    expect(files.length).toBeGreaterThan(1);
    expect([files[0], lastPosition, leftOut]).toEqual([FIRST, 4 * WRITERS, 0]);
    expect(existsSync(join(copy, 'index.mdb'))).toBe(false);
    expect(await checkLog(copy)).toBe(4 * WRITERS);
  });

  it('leaves out a record at the end that is not whole, and says so', async () => {
    await appendRound(0);
    const { size } = await stat(join(folder, FIRST));
    const log = await readFile(join(folder, FIRST));
    await appendFile(join(folder, FIRST), log.subarray(0, 50));

    expect(await copyLog(folder, copy)).toMatchObject({ lastPosition: WRITERS, leftOut: 50 });
    expect((await stat(join(copy, FIRST))).size).toBe(size);
    expect((await stat(join(folder, FIRST))).size).toBe(size + 50);
  });

  it('is not made of a log that is damaged', async () => {
    await appendRound(0);
    await appendRound(1);
    const log = await readFile(join(folder, FIRST));
    const at = log.indexOf('message 7');
    log.writeUInt8(log.readUInt8(at) ^ 1, at);
    await writeFile(join(folder, FIRST), log);

    await expect(copyLog(folder, copy)).rejects.toThrow(/record at byte \d+ of the log is damaged/);
  });

  it('of a folder without a log is empty', async () => {
    expect((await copyLog(copy, join(root, 'none'))).files).toEqual([]);
  });
});

describe('the folder of a node', () => {
  it('is vacated where nothing but its lock lies in it', async () => {
    const free = join(root, 'free');
    await (await lockFolder(free)).release();
    await vacateFolder(free);
    expect(existsSync(free)).toBe(false);
    await vacateFolder(free);
  });

  it('is not vacated where a node has it, or has left a log', async () => {
    const taken = join(root, 'taken');
    const lock = await lockFolder(taken);
    await expect(vacateFolder(taken)).rejects.toThrow(FolderInUse);
    await lock.release();
    await expect(vacateFolder(folder)).rejects.toThrow(FolderNotEmpty);
    expect(existsSync(join(folder, FIRST))).toBe(true);
  });
});
