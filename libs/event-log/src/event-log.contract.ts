import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventTable, RecordedEvent } from '#libs/kernel';
import { UnknownEventType, UnreadableEvent } from './errors.js';
import type { EventLog } from './port.js';
import { aNote, aRegistrant, someNotes, specMetadata, specTables } from './spec-events.contract.js';

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

function ids(events: readonly { readonly id: string }[]): string[] {
  return events.map(({ id }) => id);
}

type Tables = readonly EventTable[];

/** What every event log must do, whichever it is; `open` gives the same one each time, under these tables. */
export function describeEventLog(name: string, open: (tables: Tables) => Promise<EventLog>): void {
  describe(name, () => {
    let log: EventLog;
    beforeAll(async () => {
      log = await open(specTables);
    });
    afterAll(async () => {
      await log.close();
    });

    const fresh = async (count: number) => {
      const registrant = aRegistrant();
      const events = someNotes(registrant.registrantId, count);
      const outcome = await log.append(registrant.stream, events, 'no-stream');
      if ('conflict' in outcome) throw new Error('A new stream conflicts.');
      return { ...registrant, events, ...outcome };
    };

    describe('appending', () => {
      it('answers revision and position of the last event', async () => {
        const { stream, events, revision, position } = await fresh(3);
        expect(revision).toBe(2);
        const stored = await all(log.readStream(stream));
        expect(stored.map((event) => event.revision)).toEqual([0, 1, 2]);
        expect(stored.at(-1)?.position).toBe(position);
        expect(ids(stored)).toEqual(ids(events));
        expect(stored.map(({ data, metadata }) => ({ data, metadata }))).toEqual(
          events.map(({ data, metadata }) => ({ data, metadata })),
        );
      });

      it('gives a conflict, and stores nothing, at another revision than expected', async () => {
        const { registrantId, stream } = await fresh(2);
        const late = aNote(registrantId, 'too late');
        expect(await log.append(stream, [late], 'no-stream')).toEqual({ conflict: true });
        expect(await log.append(stream, [late], 0)).toEqual({ conflict: true });
        expect(await log.append(stream, [late], 2)).toEqual({ conflict: true });
        expect(await all(log.readStream(stream))).toHaveLength(2);
      });

      it('lets one of several win that expect the same revision', async () => {
        const { registrantId, stream } = await fresh(1);
        const outcomes = await Promise.all(
          someNotes(registrantId, 8).map((event) => log.append(stream, [event], 0)),
        );
        expect(outcomes.filter((outcome) => !('conflict' in outcome))).toHaveLength(1);
        expect(await all(log.readStream(stream))).toHaveLength(2);
      });

      it('changes nothing when it is repeated, and answers the same', async () => {
        const { registrantId, stream, events, revision, position } = await fresh(2);
        const more = await log.append(stream, [aNote(registrantId, 'after')], 1);
        expect(await log.append(stream, events, 'no-stream')).toEqual({ revision, position });
        expect(await log.append(stream, events, 'any')).toEqual({ revision, position });
        expect(more).toMatchObject({ revision: 2 });
        expect(await all(log.readStream(stream))).toHaveLength(3);
      });

      it('at any revision goes to the end', async () => {
        const { registrantId, stream } = await fresh(2);
        const outcome = await log.append(stream, [aNote(registrantId, 'last')], 'any');
        expect(outcome).toMatchObject({ revision: 2 });
      });

      it('refuses an event that its table does not allow, and stores none of the append', async () => {
        const { registrantId, stream } = await fresh(1);
        const bad = { ...aNote(registrantId, 'x'), data: { registrantId, txt: 'x' } };
        const append = log.append(stream, [aNote(registrantId, 'good'), bad], 0);
        await expect(append).rejects.toThrow('txt is not a field that exists here');
        expect(await all(log.readStream(stream))).toHaveLength(1);
      });
    });

    describe('reading a stream', () => {
      it('gives nothing where there is none', async () => {
        expect(await all(log.readStream(aRegistrant().stream))).toEqual([]);
        const backwards = { direction: 'backwards', limit: 1 } as const;
        expect(await all(log.readStream(aRegistrant().stream, backwards))).toEqual([]);
      });

      it('goes either way, from a revision on, as far as wanted', async () => {
        const { stream } = await fresh(5);
        const revisions = async (options: Parameters<EventLog['readStream']>[1]) =>
          (await all(log.readStream(stream, options))).map(({ revision }) => revision);
        expect(await revisions({ from: 3 })).toEqual([3, 4]);
        expect(await revisions({ from: 5 })).toEqual([]);
        expect(await revisions({ from: 1, limit: 2 })).toEqual([1, 2]);
        expect(await revisions({ limit: 0 })).toEqual([]);
        expect(await revisions({ direction: 'backwards', limit: 2 })).toEqual([4, 3]);
        expect(await revisions({ direction: 'backwards', from: 1 })).toEqual([1, 0]);
      });

      it.each([3, 265, 300])('of %d events may be left early', async (count) => {
        const { stream } = await fresh(count);
        for await (const { revision } of log.readStream(stream)) {
          // Late enough that what is left lies here already.
          if (revision === 1) await all(log.readStream(stream));
          if (revision === 1) break;
        }
        expect(await all(log.readStream(stream))).toHaveLength(count);
      });
    });

    describe('reading a log', () => {
      it('gives the events of all its streams in the order of their positions', async () => {
        const before = await fresh(1);
        const [a, b] = [await fresh(2), await fresh(1)];
        const read = await all(log.readAll({ after: before.position }));
        expect(ids(read)).toEqual(ids([...a.events, ...b.events]));
        const positions = read.map(({ position }) => position);
        expect(positions).toEqual([...positions].sort((x, y) => x - y));
        expect(await all(log.readAll({ after: before.position, limit: 2 }))).toHaveLength(2);
        expect(await log.head()).toBe(b.position);
      });

      it('keeps the access log, and what is not its own, apart', async () => {
        const { position } = await fresh(1);
        const event = { type: 'DayBegan', data: { day: '2003-11-20' }, metadata: specMetadata };
        const [read, foreign] = [randomUUID(), randomUUID()];
        await log.append('access-2003-11', [{ ...event, id: read }], 'any');
        await log.append(`other-${foreign}`, [{ ...event, id: foreign }], 'any');
        expect(await all(log.readAll({ after: position }))).toEqual([]);
        expect(ids(await all(log.readAll({ after: position, log: 'access' })))).toEqual([read]);
        expect(await log.head()).toBe(position);
        expect(await log.head('access')).toBeGreaterThan(position);
      });

      it('gives them as stored when asked: personal content encrypted', async () => {
        const { events, position } = await fresh(2);
        const read = await all(log.readAllStored({ after: position - 2 }));
        expect(ids(read)).toEqual(ids(events));
        const text = JSON.stringify(read);
        expect(text).toContain('"encrypted":"');
        expect(text).not.toContain('Testperson');
      });
    });

    describe('at an event of a type or version that this program does not know', () => {
      const [table = {}] = specTables;
      const { NoteTaken } = table;
      const later: Tables = [
        {
          NoteTaken: { ...NoteTaken!, version: 2, upcasters: { 1: (data) => data } },
          NoteBurnt: { version: 1, personal: [], check: () => [] },
        },
      ];
      const cases = [
        ['NoteBurnt', 1, 'The type of event'],
        ['NoteTaken', 2, 'Version 2 of event'],
      ] as const;

      it.each(cases)(
        'every reading and following ends, and names it: %s, version %d',
        async (type, version, reason) => {
          const { registrantId, stream, position: before } = await fresh(1);
          const event = { ...aNote(registrantId, 'later'), type };
          const upgraded = await open(later);
          const appended = await upgraded.append(stream, [event], 0);
          const after = await fresh(1);
          const place = { ...appended, id: event.id, stream, type, version };

          const seen: string[] = [];
          const readings: (() => Promise<unknown>)[] = [
            () => all(log.readStream(stream)),
            () => all(log.readAll({ after: before })),
            () => all(log.readAllStored({ after: before })),
            () =>
              log.follow({
                after: before,
                signal: new AbortController().signal,
                onEvent: ({ id }) => void seen.push(id),
              }),
          ];
          for (const reading of readings) {
            const error = await reading().catch((thrown: unknown) => thrown);
            expect(error).toBeInstanceOf(UnreadableEvent);
            expect(error).toMatchObject({ event: place, isUnknown: true });
            expect((error as Error).cause).toBeInstanceOf(UnknownEventType);
            expect((error as Error).message).toContain(reason);
            expect(JSON.stringify(error)).not.toMatch(/Testperson|later|encrypted/);
          }
          expect(seen).toEqual([]);
          expect(ids(await all(log.readAll({ after: after.position - 1 })))).toHaveLength(1);
          expect((await all(upgraded.readStream(stream))).map(({ id }) => id)).toContain(event.id);
        },
      );
    });

    describe('following a log', () => {
      /** Follows until `count` events have come, and gives them. */
      const followed = async (after: number, count: number) => {
        const stop = new AbortController();
        const seen: RecordedEvent[] = [];
        await log.follow({
          after,
          signal: stop.signal,
          onEvent: (event) => {
            seen.push(event);
            if (seen.length === count) stop.abort();
          },
        });
        return seen;
      };

      it('hands over what is there, says that it has caught up, and goes on with what comes', async () => {
        const first = await fresh(40);
        const stop = new AbortController();
        const seen: string[] = [];
        let later: Awaited<ReturnType<typeof fresh>> | undefined;
        await log.follow({
          after: first.position - 40,
          signal: stop.signal,
          onEvent: async (event) => {
            // Slower than the store: the end of the log must not be announced before this one.
            await new Promise(setImmediate);
            seen.push(event.id);
            if (event.id === later?.events.at(-1)?.id) stop.abort();
          },
          onCaughtUp: async () => {
            expect(seen).toEqual(ids(first.events));
            later = await fresh(3);
          },
        });
        expect(seen).toEqual(ids([...first.events, ...(later?.events ?? [])]));
      });

      it('begins after the position that was handled last', async () => {
        const { events, position } = await fresh(4);
        expect(ids(await followed(position - 2, 2))).toEqual(ids(events.slice(2)));
      });

      it('hands over one event at a time', async () => {
        const { position } = await fresh(5);
        const stop = new AbortController();
        let running = 0;
        let seen = 0;
        await log.follow({
          after: position - 5,
          signal: stop.signal,
          onEvent: async () => {
            running += 1;
            expect(running).toBe(1);
            await new Promise(setImmediate);
            running -= 1;
            seen += 1;
            if (seen === 5) stop.abort();
          },
        });
        expect(seen).toBe(5);
      });

      it('stops with the error of a handler, at the event that it choked on', async () => {
        const { position, events } = await fresh(3);
        const seen: string[] = [];
        const follow = log.follow({
          after: position - 3,
          signal: new AbortController().signal,
          onEvent: ({ id }) => {
            seen.push(id);
            if (seen.length === 2) throw new Error('choked');
          },
        });
        await expect(follow).rejects.toThrow('choked');
        expect(seen).toEqual(ids(events.slice(0, 2)));
      });

      it('stops at once when it is called off while nothing comes, or before it began', async () => {
        const { position } = await fresh(1);
        const stop = new AbortController();
        const options = { after: position, signal: stop.signal, onEvent: () => undefined };
        await log.follow({ ...options, onCaughtUp: () => void setImmediate(() => stop.abort()) });
        await log.follow(options);
      });
    });
  });
}
