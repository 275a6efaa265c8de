import { describe, expect, it } from '@jest/globals';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import esdb from '@eventstore/db-client';
import { open } from 'lmdb';
import { FolderInUse, startEventNode } from './index.js';
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
const security = 'plaintext';

/** Changes the log behind the node's back, at the place where the text last stands; it must be closed. */
async function tampered(text: string, change: (log: Buffer, at: number) => void): Promise<void> {
  const file = join(running.folder, 'log-000000000000.pbl');
  const log = await readFile(file);
  const at = log.lastIndexOf(text);
  if (at < 0) throw new Error('there is nothing to change');
  change(log, at);
  await writeFile(file, log);
}

async function markFormat(format: string): Promise<void> {
  const encodings = { encoding: 'binary', keyEncoding: 'binary' } as const;
  const path = join(running.folder, 'index.mdb');
  const root = open<Buffer, Buffer>({ path, noSubdir: true, ...encodings });
  const about = root.openDB<Buffer, Buffer>({ name: 'about', ...encodings });
  about.putSync(Buffer.from('format'), Buffer.from(format));
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

/** A folder that everybody may enter. */
async function anOpenFolder(name: string): Promise<string> {
  const folder = join(running.folder, name);
  await mkdir(folder);
  await chmod(folder, 0o755);
  return folder;
}

describe('a folder', () => {
  it('is for the user of the node alone', async () => {
    expect((await stat(running.folder)).mode & 0o777).toBe(0o700);
    const folder = join(running.folder, 'made');
    await (await startEventNode({ folder, security: 'plaintext' })).close();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['is empty', []],
    ['is a disk of its own', ['lost+found']],
    ['was left by a node that did not get far', ['node.lock', 'node.lock-lock']],
  ])('that %s is closed to others', async (what, names) => {
    const folder = await anOpenFolder(what);
    for (const name of names) await writeFile(join(folder, name), '');
    await (await startEventNode({ folder, security })).close();

    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('that holds other things and no events is refused, and left as it was', async () => {
    const folder = await anOpenFolder('home');
    await writeFile(join(folder, 'letters.txt'), 'Dear sir');
    await expect(startEventNode({ folder, security })).rejects.toThrow(
      `The data folder ${folder} cannot be opened: letters.txt lies in it, and no events do.`,
    );

    expect((await stat(folder)).mode & 0o777).toBe(0o755);
    expect(await readdir(folder)).toEqual(['letters.txt']);
  });

  it('that another node has is refused with its name', async () => {
    const second = startEventNode({ folder: running.folder, security });

    await expect(second).rejects.toThrow(FolderInUse);
    await expect(second).rejects.toThrow(running.folder);
  });

  it('is opened where its lock was cut off', async () => {
    await running.restart(() => writeFile(join(running.folder, 'node.lock'), 'cut'));

    await expect(startEventNode({ folder: running.folder, security })).rejects.toThrow(FolderInUse);
  });

  it('that is no folder is refused with its name', async () => {
    const file = join(running.folder, 'a-file');
    await writeFile(file, '');

    await expect(startEventNode({ folder: file, security })).rejects.toThrow(
      `${file} cannot be opened`,
    );
  });

  it('of another format is refused, and is free again', async () => {
    await expect(running.restart(() => markFormat('2'))).rejects.toThrow('has format 2');
    await markFormat('log-index-1');
    await running.restart();
  });

  it('with the events of an earlier version is refused with what to do', async () => {
    const folder = join(running.folder, 'earlier');
    await mkdir(folder);
    await writeFile(join(folder, 'events.mdb'), '');

    await expect(startEventNode({ folder, security })).rejects.toThrow(
      'Go on with that version there',
    );
  });

  it('is free again where the port was taken', async () => {
    const { port } = running.node;
    const folder = join(running.folder, 'other');

    await expect(startEventNode({ folder, port, security })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await (await startEventNode({ folder, security })).close();
  });
});

describe('a damaged event', () => {
  /** A stream of ten events, the fifth of which is damaged. */
  async function aDamagedStream(): Promise<{ stream: string; position: number }> {
    const stream = aStream();
    const events = someEvents(10);
    const last = await running.client.appendToStream(stream, events);
    const position = Number(last.position?.commit) - 5;
    await running.restart(() => tampered(events[4]?.id ?? '', flipBit));
    return { stream, position };
  }

  function flipBit(log: Buffer, at: number): void {
    log.writeUInt8(log.readUInt8(at) ^ 0b100, at);
  }

  it('is named with its position, after those before it', async () => {
    const { stream, position } = await aDamagedStream();
    const message = `event at position ${String(position)} is damaged: its checksum does not match`;
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
  });

  it('is not delivered to a subscription either, which ends', async () => {
    const { stream, position } = await aDamagedStream();
    const ended = new Promise<Error>((resolve) => {
      running.client.subscribeToStream(stream).on('error', resolve).resume();
    });

    expect((await ended).message).toContain(`position ${String(position)}`);
  });

  it('does not keep the stream from being read behind it, or appended to', async () => {
    const { stream } = await aDamagedStream();
    const behind = running.client.readStream(stream, { fromRevision: 5n });

    expect(await gathered(behind)).toHaveLength(5);
    const next = await running.client.appendToStream(stream, anEvent(), { expectedRevision: 9n });
    expect(next.nextExpectedRevision).toBe(10n);
  });
});
