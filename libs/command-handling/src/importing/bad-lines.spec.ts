import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createMemoryKeys, historyLine } from '#libs/event-log';
import { IMPORTS_STREAM } from '#libs/kernel';
import { enactedTimeline } from '#libs/policy';
import type { HistoryEvent } from '../adoption.js';
import { policyHistory } from '../seeding.js';
import type { Imported } from './import-history.js';
import {
  actor,
  all,
  aRegistry,
  arrival,
  byStream,
  callIn,
  contents,
  dayLine,
  imported,
  lineOf,
  NOW,
  textOf,
} from './imported.contract.js';

describe('a file with bad lines', () => {
  const bad = (line: number, problem: string) => ({
    line,
    problem: expect.stringContaining(problem),
  });
  const changed = (event: HistoryEvent, more: object): HistoryEvent => ({
    ...event,
    data: { ...(event.data as object), ...more },
  });
  const note = { actor, recordedAt: NOW, schemaVersion: 1 };
  const rescission = (eventIdNamed: string): HistoryEvent =>
    lineOf(1, 7, { type: 'RecordRescinded', data: { eventId: eventIdNamed, reason: 'Invented' } });
  const departure = (departedOn: string): HistoryEvent =>
    lineOf(1, 8, { type: 'UnregisteredDepartureRecorded', data: { departedOn, source: 'other' } });
  const [law] = policyHistory(enactedTimeline);

  it('appends nothing, and names them and why', async () => {
    const registry = aRegistry();
    const text = textOf([arrival(1), '{"broken', arrival(2), 'null']);
    const outcome = await imported(registry, text);
    expect(outcome).toMatchObject({ kind: 'invalid', bad: { total: 2 } });
    expect((outcome as { bad: { first: unknown } }).bad.first).toEqual([
      { line: 2, problem: 'is not JSON.' },
      { line: 4, problem: 'it must be an object.' },
    ]);
    expect(await all(registry.log.readAll())).toEqual([]);
  });

  it.each<[string, readonly (HistoryEvent | string)[], readonly object[]]>([
    [
      'a field that does not exist',
      [changed(arrival(1), { x: 1 })],
      [bad(1, 'x is not a field that exists here')],
    ],
    ['an unknown code', [changed(arrival(1), { port: 'ZZZ' })], [bad(1, 'port')]],
    ['an id twice', [arrival(1), arrival(1)], [bad(2, 'has the id of an earlier line')]],
    ['nobody registered', [callIn(1), departure('2003-01-01')].slice(1), [bad(1, 'registered')]],
    [
      'a departure within no stay',
      [arrival(1), departure('2001-01-01')],
      [bad(2, 'no stay that this departure could end')],
    ],
    [
      'a rescission of what is not there',
      [arrival(1), rescission(randomUUID())],
      [bad(2, 'no event with this id')],
    ],
    [
      'a fact on an event that was rescinded',
      [arrival(1), rescission(arrival(1).id), departure('2003-01-01')],
      [bad(3, 'registered')],
    ],
    [
      'a day to come',
      [arrival(1), departure('2027-01-01')],
      [bad(2, '2027-01-01 has not begun anywhere yet')],
    ],
    [
      'a time of recording to come',
      [{ ...arrival(1), metadata: { ...note, recordedAt: '2027-01-01T00:00:00.000Z' } }],
      [bad(1, 'metadata.recordedAt is later')],
    ],
    [
      'a mark of an import that is none',
      [{ ...arrival(1), metadata: { ...note, imported: { adopted: true } as never } }],
      [bad(1, 'metadata.imported must be')],
    ],
    [
      'more than is stored of an event',
      [{ ...arrival(1), metadata: { ...note, remark: 'x'.repeat(60_000) } as never }],
      [bad(1, 'at most 60000 are stored')],
    ],
    [
      'a key that has no stored form',
      [{ ...arrival(1), metadata: { ...note, remark: { 7: 'x' } } as never }],
      [bad(1, 'object key of digits')],
    ],
    [
      'half a character',
      [
        historyLine({ ...arrival(1), metadata: { ...note, commandId: 'HALF' } })
          .trim()
          .replace('HALF', '\\ud800'),
      ],
      [bad(1, '')],
    ],
    ['a ref of the policy twice', [law!, { ...law!, id: randomUUID() }], [bad(2, 'a second time')]],
    [
      'a day of another registry that has not come here',
      [dayLine('2027-01-01')],
      [bad(1, "after this registry's day")],
    ],
  ])('is not imported: %s', async (_, lines, expected) => {
    const registry = aRegistry();
    const outcome = await imported(registry, textOf(lines));
    expect(outcome).toMatchObject({ kind: 'invalid', bad: { total: expected.length } });
    expect((outcome as { bad: { first: unknown } }).bad.first).toEqual(expected);
    expect(await all(registry.log.readAll())).toEqual([]);
  });

  it('is imported without them, and without what depends on them, where that is wanted', async () => {
    const registry = aRegistry();
    const broken = changed(arrival(1), { port: 'ZZZ' });
    const lines = [arrival(2), broken, departure('2003-01-01'), callIn(2)];
    const outcome = await imported(registry, textOf(lines), { skipInvalid: true });
    expect(outcome).toMatchObject({ kind: 'imported', appended: 2, bad: { total: 2 } });
    expect((outcome as Imported).bad.first).toEqual([
      bad(2, 'port'),
      bad(3, '(Line 2, of the same stream, is bad too.)'),
    ]);
    expect(byStream(await contents(registry))).toEqual(byStream([arrival(2), callIn(2)]));
  });

  it('names the first hundred of many, and says how many there are', async () => {
    const outcome = await imported(aRegistry(), 'x\n'.repeat(250));
    expect(outcome).toMatchObject({ kind: 'invalid', bad: { total: 250 } });
    const { first } = (outcome as Imported).bad;
    expect([first.length, first[0]?.line, first.at(-1)?.line]).toEqual([100, 1, 100]);
  });

  it('names a line that is too long, or no text, and reads on', async () => {
    const long = `"${'x'.repeat(1_100_000)}"`;
    const text = textOf([long, arrival(1)]);
    const outcome = await imported(aRegistry(), text, { skipInvalid: true });
    expect(outcome).toMatchObject({ appended: 1 });
    expect((outcome as Imported).bad.first).toEqual([bad(1, 'is longer than 1048576 bytes')]);
  });

  it('is not imported where one person stands in it encrypted under a lost key, and in clear', async () => {
    const from = aRegistry();
    await imported(from, textOf([arrival(1)]));
    let text = '';
    for await (const event of from.log.readAllStored()) {
      if (event.stream !== IMPORTS_STREAM) text += historyLine(event);
    }
    const outcome = await imported(aRegistry(), text + textOf([callIn(1)]));
    expect(outcome).toMatchObject({ kind: 'invalid', bad: { total: 1, first: [bad(2, 'key')] } });

    const bare = { log: from.log, keys: createMemoryKeys() };
    expect(await imported(bare, textOf([arrival(1), callIn(1)]))).toMatchObject({
      kind: 'conflict',
      conflict: { line: 2, isClosed: true },
    });
  });
});
