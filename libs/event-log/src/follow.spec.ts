import { describe, expect, it } from '@jest/globals';
import { createCodec, type StoredEvent } from './codec.js';
import { backoffMs } from './backoff.js';
import { CAUGHT_UP, follow, type FollowSource } from './follow.js';
import { specMetadata, specTables } from './spec-events.contract.js';

function at(position: number, stream = 'registry-days'): StoredEvent {
  const id = `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`;
  const event = { id, stream, type: 'DayBegan', revision: 0, position };
  return { ...event, data: {}, metadata: specMetadata };
}

/** Subscriptions that give what is scripted, one after the other, each broken at its end. */
function scripted(...subscriptions: (StoredEvent | typeof CAUGHT_UP)[][]) {
  const stop = new AbortController();
  const asked: (number | undefined)[] = [];
  const waited: number[] = [];
  const source: FollowSource = {
    subscribe: async function* (after) {
      asked.push(after);
      const items = subscriptions[asked.length - 1];
      if (items === undefined) {
        stop.abort();
        return;
      }
      yield* items;
      throw new Error('broken');
    },
    decode: createCodec(specTables).decode,
    backOff: (failures) => {
      waited.push(failures);
      return Promise.resolve();
    },
  };
  return { source, asked, waited, signal: stop.signal };
}

describe('following across breaks', () => {
  it('begins each time after the last event seen, those of others included', async () => {
    const { source, asked, signal } = scripted(
      [at(1), at(2, '$settings')],
      [at(3), at(4, 'access-2003-11')],
    );
    const seen: number[] = [];
    await follow(source, { signal, onEvent: ({ position }) => void seen.push(position) });
    expect(seen).toEqual([1, 3]);
    expect(asked).toEqual([undefined, 2, 4]);
  });

  it('hands over no event again that a server repeats', async () => {
    const { source, signal } = scripted([at(1), at(2)], [at(2), at(3)]);
    const seen: number[] = [];
    const onEvent = ({ position }: { position: number }) => void seen.push(position);
    await follow(source, { signal, after: 1, onEvent });
    expect(seen).toEqual([2, 3]);
  });

  it('waits longer with each attempt that brings nothing, and tells of each break', async () => {
    const { source, waited, signal } = scripted([at(1)], [], [], [CAUGHT_UP], []);
    const breaks: string[] = [];
    const onBreak = ({ message }: Error) => void breaks.push(message);
    await follow(source, { signal, onEvent: () => undefined, onBreak });
    expect(waited).toEqual([1, 2, 3, 1, 2]);
    expect(breaks[0]).toBe('The event log cannot be reached: broken');
    expect(breaks).toHaveLength(5);
  });

  it('stops with the error of what cannot be decoded', async () => {
    const { source, signal } = scripted([at(1), { ...at(2), metadata: {} }]);
    const following = follow(source, { signal, onEvent: () => undefined });
    await expect(following).rejects.toThrow('metadata.recordedAt');
  });
});

describe('the wait before an attempt', () => {
  it('doubles up to five seconds, and half of it is left to chance', () => {
    expect([1, 2, 3, 7, 1_000].map((failures) => backoffMs(failures, 1))).toEqual([
      100, 200, 400, 5_000, 5_000,
    ]);
    expect(backoffMs(1_000, 0)).toBe(2_500);
  });
});
