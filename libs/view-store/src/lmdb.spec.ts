import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openLmdbViews } from './lmdb.js';
import { idsOf, ship, ships } from './ships.contract.js';
import { describeViewStore } from './view-store.contract.js';

const folder = mkdtempSync(join(tmpdir(), 'portbook-views-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describeViewStore('lmdb', () => Promise.resolve(openLmdbViews(join(folder, 'contract'))));

describe('the view store (lmdb) beyond the contract', () => {
  it('ends a page early rather than read on without bounds, and goes on with the next', async () => {
    const store = openLmdbViews(join(folder, 'long'));
    const many = Array.from({ length: 4_100 }, (_, at) =>
      ship(`s${String(at).padStart(4, '0')}`, at, {
        flags: at % 2 === 0 ? ['PA'] : ['LR'],
        isSold: (at > 2_000 && at % 2 === 1) || at === 4_000,
      }),
    );
    const writes = many.map((document) => ({ document }));
    await store.write(ships, writes);
    // Each of the two holds for many; only one ship fulfils both, behind 2,000 others.
    const where = [
      { field: 'flags', equals: 'PA' },
      { field: 'isSold', equals: true },
    ] as const;

    const first = await store.find(ships, { where, limit: 10 });
    const second = await store.find(ships, { where, limit: 10, cursor: first.next ?? '' });

    expect(first.documents).toEqual([]);
    expect(idsOf(second.documents)).toEqual(['s4000']);
    expect(second.next).toBeUndefined();
    expect(await store.count(ships, where)).toBe(1);
    await store.close();
  });
});
