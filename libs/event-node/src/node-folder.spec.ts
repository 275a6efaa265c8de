import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import esdb from '@eventstore/db-client';
import { open } from 'lmdb';
import { FolderInUse, startEventNode } from './index.js';
import { integerKey } from './record.js';
import {
  anEvent,
  aStream,
  gathered,
  idsIn,
  idsOf,
  someEvents,
  useRunningNode,
} from './spec-node.contract.js';

const running = useRunningNode();

/** Changes the stored bytes behind the node's back; it must be closed. */
async function tampered(
  table: string,
  change: (bytes: Buffer) => Buffer,
  key: Buffer,
): Promise<void> {
  const encodings = { encoding: 'binary', keyEncoding: 'binary' } as const;
  const root = open<Buffer, Buffer>({
    path: join(running.folder, 'events.mdb'),
    noSubdir: true,
    overlappingSync: false,
    ...encodings,
  });
  const events = root.openDB<Buffer, Buffer>({ name: table, ...encodings });
  const bytes = events.get(key);
  if (bytes === undefined) throw new Error('there is nothing to change');
  const changed = change(Buffer.from(bytes));
  if (changed.length === 0) events.removeSync(key);
  else events.putSync(key, changed);
  await root.close();
}

describe('a node that is started again', () => {
  it('has every event at its place, and goes on from there', async () => {
    const stream = aStream();
    const events = someEvents(3);
    await running.client.appendToStream(stream, events);
    const before = await gathered(running.client.readAll());
    await running.restart();

    expect(await gathered(running.client.readAll())).toEqual(before);
    const next = await running.client.appendToStream(stream, anEvent(), { expectedRevision: 2n });
    expect(Number(next.position?.commit)).toBe(before.length + 1);
  });

  it('knows a repeated append from before', async () => {
    const stream = aStream();
    const events = someEvents(2);
    const first = await running.client.appendToStream(stream, events);
    await running.client.appendToStream(aStream(), anEvent());
    await running.restart();

    expect(await running.client.appendToStream(stream, events)).toEqual(first);
    expect(await idsIn(running.client, stream)).toEqual(idsOf(events));
  });
});

describe('a folder', () => {
  it('that another node has is refused with its name', async () => {
    const second = startEventNode({ folder: running.folder });

    await expect(second).rejects.toThrow(FolderInUse);
    await expect(second).rejects.toThrow(running.folder);
  });

  it('that is no folder is refused with its name', async () => {
    const file = join(running.folder, 'a-file');
    await writeFile(file, '');

    await expect(startEventNode({ folder: file })).rejects.toThrow(`${file} cannot be opened`);
  });

  it('of another format is refused, and is free again', async () => {
    const mark = (format: string) => () =>
      tampered('about', () => Buffer.from(format), Buffer.from('format'));

    await expect(running.restart(mark('2'))).rejects.toThrow('has format 2');
    await mark('1')();
    await running.restart();
  });

  it('is free again where the port was taken', async () => {
    const { port } = running.node;
    const folder = join(running.folder, 'other');

    await expect(startEventNode({ folder, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await (await startEventNode({ folder })).close();
  });
});

describe('a damaged event', () => {
  /** A stream of ten events, the fifth of which is damaged. */
  async function aDamagedStream(damage: (bytes: Buffer) => Buffer): Promise<{
    stream: string;
    position: number;
  }> {
    const stream = aStream();
    const last = await running.client.appendToStream(stream, someEvents(10));
    const position = Number(last.position?.commit) - 5;
    await running.restart(() => tampered('events', damage, integerKey(position)));
    return { stream, position };
  }

  const flipBit = (bytes: Buffer): Buffer => {
    const at = bytes.length - 3;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0b100, at);
    return bytes;
  };

  it.each([
    ['changed in one bit', flipBit, 'its checksum does not match'],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 7), 'it is too short'],
    ['taken away', () => Buffer.alloc(0), 'it is missing'],
  ])(
    'that was %s is named with its position, after those before it',
    async (_, damage, finding) => {
      const { stream, position } = await aDamagedStream(damage);
      const message = `event at position ${String(position)} is damaged: ${finding}`;
      const seen: number[] = [];
      const read = async (events: AsyncIterable<esdb.ResolvedEvent>): Promise<void> => {
        for await (const { event } of events) seen.push(Number(event?.revision));
      };
      await expect(read(running.client.readStream(stream))).rejects.toThrow(message);
      expect(seen).toEqual([0, 1, 2, 3]);

      const commit = BigInt(position - 2);
      const all = running.client.readAll({ fromPosition: { commit, prepare: commit } });
      await expect(read(all)).rejects.toThrow(message);
      expect(seen).toEqual([0, 1, 2, 3, 2, 3]);
      expect(running.faults.at(-1)?.message).toContain(message);
    },
  );

  it('is not delivered to a subscription either, which ends', async () => {
    const { stream, position } = await aDamagedStream(flipBit);
    const ended = new Promise<Error>((resolve) => {
      running.client.subscribeToStream(stream).on('error', resolve).resume();
    });

    expect((await ended).message).toContain(`position ${String(position)}`);
  });

  it('does not keep the stream from being read behind it, or appended to', async () => {
    const { stream } = await aDamagedStream(flipBit);
    const behind = running.client.readStream(stream, { fromRevision: 5n });

    expect(await gathered(behind)).toHaveLength(5);
    const next = await running.client.appendToStream(stream, anEvent(), { expectedRevision: 9n });
    expect(next.nextExpectedRevision).toBe(10n);
  });
});
