import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import esdb from '@eventstore/db-client';
import {
  anEvent,
  gathered,
  revisionsOf,
  someEvents,
  useRunningNode,
} from './spec-node.contract.js';

const running = useRunningNode();

describe('an empty log', () => {
  it('is read to its end at once, either way', async () => {
    expect(await gathered(running.client.readAll())).toEqual([]);
    const head = { direction: 'backwards', fromPosition: 'end', maxCount: 1 } as const;
    expect(await gathered(running.client.readAll(head))).toEqual([]);
  });
});

describe('a log of three streams', () => {
  /** `long` has positions 1 to 700; then come `a` and `b` in turn, up to 706. */
  beforeAll(async () => {
    await running.client.appendToStream('long', someEvents(700));
    for (let turn = 0; turn < 3; turn += 1) {
      await running.client.appendToStream('a', anEvent());
      await running.client.appendToStream('b', anEvent());
    }
  });

  const range = (from: number, to: number): number[] =>
    Array.from({ length: Math.abs(to - from) + 1 }, (_, n) => (from < to ? from + n : from - n));

  it.each<[string, esdb.ReadStreamOptions, number[]]>([
    ['forwards from the start', {}, range(0, 699)],
    ['forwards from a revision, inclusive', { fromRevision: 697n }, [697, 698, 699]],
    ['forwards up to a limit', { fromRevision: 3n, maxCount: 2 }, [3, 4]],
    ['forwards from the end', { fromRevision: 'end' }, []],
    ['forwards from beyond the end', { fromRevision: 10_000n }, []],
    ['backwards from the end', { direction: 'backwards', fromRevision: 'end' }, range(699, 0)],
    [
      'backwards from the end up to a limit',
      { direction: 'backwards', fromRevision: 'end', maxCount: 300 },
      range(699, 400),
    ],
    ['backwards from a revision', { direction: 'backwards', fromRevision: 2n }, [2, 1, 0]],
    [
      'backwards from beyond the end',
      { direction: 'backwards', fromRevision: 10_000n, maxCount: 2 },
      [699, 698],
    ],
    ['backwards from the start', { direction: 'backwards', fromRevision: 'start' }, [0]],
  ])('gives a stream %s', async (_, options, revisions) => {
    expect(await revisionsOf(running.client.readStream('long', options))).toEqual(revisions);
  });

  const at = (position: number): esdb.Position => ({
    commit: BigInt(position),
    prepare: BigInt(position),
  });

  it.each<[string, esdb.ReadAllOptions, number[]]>([
    ['forwards from the start', {}, range(1, 706)],
    ['forwards from a position, inclusive', { fromPosition: at(704) }, [704, 705, 706]],
    ['forwards from position 0', { fromPosition: at(0), maxCount: 2 }, [1, 2]],
    ['forwards from beyond the end', { fromPosition: at(10_000) }, []],
    ['forwards from the end', { fromPosition: 'end' }, []],
    ['the last event', { direction: 'backwards', fromPosition: 'end', maxCount: 1 }, [706]],
    [
      'backwards from a position, exclusive',
      { direction: 'backwards', fromPosition: at(3) },
      [2, 1],
    ],
    ['backwards from the start', { direction: 'backwards', fromPosition: 'start' }, []],
  ])('gives all streams %s', async (_, options, positions) => {
    const found = await gathered(running.client.readAll(options));
    expect(found.map(({ position }) => position)).toEqual(positions);
  });

  it('gives each event of a stream the position that it has among all', async () => {
    const all = await gathered(running.client.readAll({ fromPosition: at(701) }));
    const a = await gathered(running.client.readStream('a'));

    expect(a).toEqual([all[0], all[2], all[4]]);
    expect(all.map(({ position }) => position)).toEqual(range(701, 706));
  });

  it('says so where a stream is not there', async () => {
    const read = revisionsOf(running.client.readStream('nowhere'));

    await expect(read).rejects.toMatchObject({
      constructor: esdb.StreamNotFoundError,
      streamName: 'nowhere',
    });
  });

  it('is read by a slow reader without being kept in memory for it', async () => {
    const slow = running.client.readStream('long', {}, { highWaterMark: 1 });
    const seen: number[] = [];
    for await (const { event } of slow) {
      seen.push(Number(event?.revision));
      if (seen.length % 100 === 0) await nextTurn();
    }
    expect(seen).toEqual(range(0, 699));
  });
});
