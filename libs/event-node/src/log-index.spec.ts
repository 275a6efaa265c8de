import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FrameEntry, LogIndex } from './log-index.js';

let folder: string;
let index: LogIndex;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portbook-index-'));
  index = new LogIndex(folder);
});
afterEach(async () => {
  await index.close();
  await rm(folder, { recursive: true });
});

function anEntry(stream: string, revision: number, position: number): FrameEntry {
  return { stream, revision, position, count: 1, offset: position * 100, length: 100 };
}

describe('the index', () => {
  it('looks at each record a few times when it is written, however many a stream has', async () => {
    const count = 2_000;
    let looks = 0;
    const entries = Array.from({ length: count }, (_, revision) => ({
      ...anEntry('a', 0, revision + 1),
      get revision() {
        looks += 1;
        return revision;
      },
    }));
    index.add(entries);
    await index.flush();

    expect(looks).toBeLessThan(10 * count);
    expect(index.last('a')).toEqual({ revision: count - 1, position: count });
  });

  it('keeps of each stream what came while the rest was being written', async () => {
    index.add([anEntry('a', 0, 1), anEntry('b', 0, 2), anEntry('a', 1, 3)]);
    const written = index.flush();
    index.add([anEntry('a', 2, 4), anEntry('c', 0, 5)]);
    const range = { from: 0, direction: 'forwards', limit: 10 } as const;
    const revisions = (stream: string): number[] =>
      index.framesOf(stream, range).map(({ revision }) => revision);

    for (const wait of [undefined, written]) {
      await wait;
      expect(revisions('a')).toEqual([0, 1, 2]);
      expect(revisions('b')).toEqual([0]);
      expect(revisions('c')).toEqual([0]);
    }
  });
});
