import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#libs/kernel';
import { createMemoryEventLog } from './memory.js';
import { historyLine, HistoryLineError, type HistoryOptions, readHistory } from './history-file.js';
import { createMemoryKeys } from './keys.js';
import { aNote, aRegistrant, someNotes, specMetadata, specTables } from './spec-events.contract.js';

const { registrantId, stream } = aRegistrant();

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string | Buffer, options: Partial<HistoryOptions> = {}, size = 7) {
  const events: RecordedEvent[] = [];
  const source = chunked(Buffer.from(text as string), size);
  for await (const event of readHistory(source, { tables: specTables, ...options })) {
    events.push(event);
  }
  return events;
}

const line = (more: object = {}) => historyLine({ ...aNote(registrantId, 'é'), stream, ...more });

describe('a history file', () => {
  it('gives back what was written, positions by line and revisions by stream', async () => {
    const other = aRegistrant();
    const events = [
      ...someNotes(registrantId, 2).map((event) => ({ ...event, stream })),
      { ...aNote(other.registrantId, 'ñ'), stream: other.stream },
      { ...aNote(registrantId, 'z'), stream },
    ];
    const text = events.map(historyLine).join('');
    for (const size of [1, 64, 100_000]) {
      const back = await read(text, {}, size);
      expect(back.map(({ position, revision }) => [position, revision])).toEqual([
        [1, 0],
        [2, 1],
        [3, 0],
        [4, 2],
      ]);
      expect(back.map(historyLine).join('')).toBe(text);
    }
  });

  it('may hold blank lines, Windows line ends, and no newline at its end', async () => {
    const text = `${line()}\n${line().trimEnd()}\r\n   \n${line().trimEnd()}`;
    expect((await read(text)).map(({ position }) => position)).toEqual([1, 3, 5]);
    expect(await read('')).toEqual([]);
  });

  it('as exported, encrypted, opens under the keys, and is otherwise without personal content', async () => {
    const keys = createMemoryKeys();
    const log = createMemoryEventLog(specTables, keys);
    await log.append(stream, someNotes(registrantId, 2), 'no-stream');
    let text = '';
    for await (const event of log.readAllStored()) text += historyLine(event);
    expect(text).not.toContain('Testperson');
    expect((await read(text, { keys }))[0]?.data).toHaveProperty('name', 'Exempli Testperson');
    expect((await read(text))[0]?.data).toEqual({ registrantId, text: 'note 0' });
    expect((await read(text, { asStored: true })).map(historyLine).join('')).toBe(text);
  });

  const good = { id: randomUUID(), stream, type: 'NoteTaken', metadata: specMetadata };
  const data = { registrantId, text: 'x' };
  it.each([
    ['{"name":"Testperson"', 'is not JSON.'],
    ['"Testperson"', 'it must be an object.'],
    [{ ...good }, 'data is missing.'],
    [{ ...good, data, extra: 'Testperson' }, 'extra is not a field that exists here.'],
    [{ ...good, data, id: 'Testperson' }, 'id must be a UUID in lower case.'],
    [{ ...good, data, stream: 'registrant-7' }, 'stream must be a stream of the registry log'],
    [{ ...good, data, stream: 'access-2003-11' }, 'stream must be a stream of the registry log'],
    [{ ...good, data, type: 'NoteBurnt' }, 'is not known here'],
    [{ ...good, data, metadata: { ...specMetadata, schemaVersion: 9 } }, 'Version 9'],
    [
      {
        ...good,
        type: 'NoteCorrected',
        data: {
          ...data,
          corrected: { type: 'NoteTaken', version: 9, data: { name: 'Testperson' } },
        },
      },
      'Version 9',
    ],
    [{ ...good, data, metadata: { ...specMetadata, recordedAt: '2003-02-30' } }, 'recordedAt must'],
    [{ ...good, data, metadata: { ...specMetadata, actor: 'Testperson' } }, 'actor must'],
    [{ ...good, data: { ...data, txt: 'Testperson' } }, 'txt is not a field that exists here'],
    [{ ...good, data: { ...data, registrantId: randomUUID() } }, 'must be the one of the stream'],
    [{ ...good, data: { ...data, encrypted: 7 } }, 'stored'],
  ])('with a bad line names it and the reason, and repeats no value (%#)', async (bad, reason) => {
    const text = typeof bad === 'string' ? bad : JSON.stringify(bad);
    const reading = read(`${line()}${text}\n${line()}`, { keys: createMemoryKeys() });
    await expect(reading).rejects.toThrow(HistoryLineError);
    await expect(reading).rejects.toHaveProperty('line', 2);
    await expect(reading).rejects.toThrow(/^line 2: /);
    await expect(reading).rejects.toThrow(reason);
    await expect(reading).rejects.not.toThrow('Testperson');
  });

  it('with an event twice names the second', async () => {
    const twice = line({ id: randomUUID() });
    await expect(read(`${twice}${twice}`)).rejects.toThrow(
      'line 2: has the id of an earlier line.',
    );
  });

  it('that is not UTF-8, or has no end of line, is refused', async () => {
    const latin = Buffer.concat([Buffer.from(line()), Buffer.from([0x22, 0xe9, 0x22, 0x0a])]);
    await expect(read(latin)).rejects.toThrow('line 2: is not UTF-8');
    const endless = Buffer.alloc(1024 * 1024 + 1, 'x');
    await expect(read(endless, {}, 65_536)).rejects.toThrow('line 1: is longer than');
  });

  it('gives the good lines, and tells of the bad ones, where that is wanted', async () => {
    const told: string[] = [];
    const options = { onInvalid: (error: Error) => void told.push(error.message) };
    const events = await read(`{\n${line()}[]\n${line()}`, options);
    expect(events.map(({ position, revision }) => [position, revision])).toEqual([
      [2, 0],
      [4, 1],
    ]);
    expect(told).toEqual(['line 1: is not JSON.', 'line 3: it must be an object.']);
  });
});
