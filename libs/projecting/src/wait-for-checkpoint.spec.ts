import { describe, expect, it } from '@jest/globals';
import { openMemoryViews, type ViewStore, ViewStoreUnavailable } from '#libs/view-store';
import { projectionStatuses, waitForCheckpoint } from './index.js';

const collection = { name: 'traces', version: 1, fields: {} };

describe('waiting for a checkpoint', () => {
  it('ends when the collection has come as far, however it became readable', async () => {
    const store = openMemoryViews();
    let reads = 0;
    const late: ViewStore = Object.assign(Object.create(store) as ViewStore, {
      readCheckpoint: async () => {
        reads += 1;
        if (reads === 1) throw new ViewStoreUnavailable('not made yet.');
        if (reads === 2) return undefined;
        return { position: reads === 3 ? 6 : 7 };
      },
    });

    expect(await waitForCheckpoint(late, { collection, position: 7 })).toBe(true);
    expect(reads).toBe(4);
  });

  it('is over in time where it does not come as far', async () => {
    const store = openMemoryViews();
    await store.writeCheckpoint(collection, { position: 6 });
    const asked = { collection, position: 7 };

    expect(await waitForCheckpoint(store, asked, { timeoutMs: 1 })).toBe(false);
    expect(await waitForCheckpoint(store, asked, { signal: AbortSignal.abort() })).toBe(false);
    expect(await waitForCheckpoint(store, { collection, position: 6 }, { timeoutMs: 0 })).toBe(
      true,
    );
  });

  it('is over at once where the projection is parked before it', async () => {
    const store = openMemoryViews();
    await store.writeCheckpoint(collection, { position: 6, parked: { position: 7, error: 'x' } });

    expect(await waitForCheckpoint(store, { collection, position: 7 })).toBe(false);
    expect(await waitForCheckpoint(store, { collection, position: 6 })).toBe(true);
  });

  it('passes a fault of the store on', async () => {
    const broken = { readCheckpoint: () => Promise.reject(new Error('disk')) } as never;

    await expect(waitForCheckpoint(broken, { collection, position: 1 })).rejects.toThrow('disk');
  });
});

describe('the status of a projection', () => {
  it('is behind by all of the log before it has begun', async () => {
    const [first] = await projectionStatuses(openMemoryViews(), [collection], 0);
    const [empty] = await projectionStatuses(openMemoryViews(), [collection], undefined);

    expect(first).toEqual({ name: 'traces', version: 1, lag: 1 });
    expect(empty?.lag).toBe(0);
  });
});
