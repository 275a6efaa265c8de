import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { drain, drainOneAhead } from './client-streams.js';
import { EventLogUnavailable } from './errors.js';

const cancel = (): Promise<void> => Promise.resolve();

async function firstOf(items: AsyncIterable<number>, count: number): Promise<number[]> {
  const taken: number[] = [];
  for await (const item of items) {
    taken.push(item);
    if (taken.length === count) break;
  }
  return taken;
}

describe('a stream of the client', () => {
  it('gives all of its items, one ahead or not', async () => {
    for (const read of [drain<number>, drainOneAhead<number>]) {
      const items = read({ stream: Readable.from([1, 2, 3]), cancel });
      expect(await firstOf(items, Infinity)).toEqual([1, 2, 3]);
    }
  });

  it('read one ahead has ended when its last item is handed over, so that no call is reset', async () => {
    const stream = Readable.from([1, 2]);
    expect(await firstOf(drainOneAhead({ stream, cancel }), 2)).toEqual([1, 2]);
    expect(stream.readableEnded).toBe(true);
  });

  it('that was left may still break, and nobody is harmed', async () => {
    const stream = Readable.from([1, 2, 3]);
    await firstOf(drain({ stream, cancel }), 1);
    expect(stream.emit('error', new Error('too late'))).toBe(true);
  });

  it('that is silent while somebody waits is given up, and not while nobody does', async () => {
    const stream = new Readable({ objectMode: true, read: () => undefined });
    const items = drain<number>({ stream, cancel, silenceMaxMs: 5 });
    stream.push(1);
    expect(await items.next()).toEqual({ done: false, value: 1 });
    await new Promise((resolve) => {
      setTimeout(resolve, 25);
    });
    stream.push(2);
    expect(await items.next()).toEqual({ done: false, value: 2 });
    await expect(items.next()).rejects.toThrow(EventLogUnavailable);
  });
});
