import { describe, expect, it } from '@jest/globals';
import { EventLogUnavailable } from '#libs/event-log';
import { openMemoryViews, ViewStoreUnavailable } from '#libs/view-store';
import { traces } from './faults.contract.js';
import { takeUpProjections, ViewsOfAnotherLog } from './take-up.js';

const running = new AbortController().signal;

/** A store and a log that ends at the position; `fails` are thrown by its first answers. */
function given(head: number | undefined, ...fails: readonly Error[]) {
  const store = openMemoryViews();
  const left = [...fails];
  const waited: string[] = [];
  const options = {
    store,
    collections: [traces],
    log: {
      head: () => {
        const failure = left.shift();
        return failure ? Promise.reject(failure) : Promise.resolve(head);
      },
    },
    logger: { warn: (fields: unknown) => waited.push((fields as { reason: string }).reason) },
    pause: () => Promise.resolve(),
  };
  return { store, options, waited };
}

describe('taking up projections', () => {
  it('lets those that are parked try again', async () => {
    const { store, options } = given(9);
    await store.writeCheckpoint(traces, { position: 9, parked: { error: 'not known' } });

    await takeUpProjections(options, running);

    expect(await store.readCheckpoint(traces)).toEqual({ position: 9 });
  });

  it('waits for a log and a store that cannot be reached yet, and says so', async () => {
    const away = [new EventLogUnavailable('away'), new ViewStoreUnavailable('away too')];
    const { options, waited } = given(undefined, ...away);

    await takeUpProjections(options, running);

    expect(waited).toEqual([expect.stringContaining('away'), expect.stringContaining('away too')]);
  });

  it('ends when told to, whatever is still away', async () => {
    const stopping = new AbortController();
    const { options } = given(
      undefined,
      new ViewStoreUnavailable('away'),
      new Error('asked again'),
    );
    const pause = () => {
      stopping.abort();
      return Promise.resolve();
    };

    await takeUpProjections({ ...options, pause }, stopping.signal);
  });

  it.each([undefined, 8])('refuses views that are ahead of a log that ends at %s', async (head) => {
    const { store, options } = given(head);
    await store.writeCheckpoint(traces, { position: 9 });

    await expect(takeUpProjections(options, running)).rejects.toThrow(ViewsOfAnotherLog);
  });

  it('passes on what no waiting helps', async () => {
    const { options } = given(1, new Error('a fault'));

    await expect(takeUpProjections(options, running)).rejects.toThrow('a fault');
  });
});
