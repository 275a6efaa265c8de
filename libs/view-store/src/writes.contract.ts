import { describe, expect, it } from '@jest/globals';
import { find, given, idsOf, ship, type Ship, ships } from './ships.contract.js';
import type { Capabilities } from './mongo-servers.contract.js';
import { InvalidDocument, type ViewStore } from './index.js';

/** What every adapter does with single documents and checkpoints; `current` gives the store, empty of ships. */
export function describeWrites(current: () => ViewStore, can: Capabilities): void {
  describe('documents', () => {
    it('come back whole', async () => {
      const whole = ship('a', 3, {
        name: 'Ωmega',
        tonnage: -12,
        isSold: false,
        flags: [],
        cargo: { kind: 'coal', notes: ['wet', null] },
      });
      await given(current(), whole);

      expect(await current().get(ships, 'a')).toEqual(whole);
      expect(await current().get(ships, 'b')).toBeUndefined();
    });

    it('are copies, which their readers and writers may change', async () => {
      const mine = { ...ship('a', 1), flags: ['PA'] };
      await given(current(), mine);
      mine.flags.push('LR');
      const read = (await current().get(ships, 'a')) as unknown as { flags: string[] };
      read.flags.push('MH');

      expect((await current().get(ships, 'a'))?.flags).toEqual(['PA']);
    });

    it('come many at a time, those that exist', async () => {
      await given(current(), ship('a', 1), ship('b', 2));

      const found = await current().getMany(ships, ['b', 'x', 'a']);

      expect(found).toEqual(
        new Map([
          ['b', ship('b', 2)],
          ['a', ship('a', 1)],
        ]),
      );
    });

    it('of two versions of a collection are apart', async () => {
      await given(current(), ship('a', 1));

      expect(await current().get({ ...ships, version: 2 }, 'a')).toBeUndefined();
    });
  });

  describe('guarded writes', () => {
    it('replace the document that was read, and no other', async () => {
      await given(current(), ship('a', 1, { port: 'NYC' }));

      const written = await current().write(ships, [
        { document: ship('a', 2, { port: 'BOS' }), replaces: 1 },
      ]);
      const refused = await current().write(ships, [
        { document: ship('a', 3, { port: 'LOS' }), replaces: 1 },
      ]);

      expect([written, refused]).toEqual(['written', 'conflict']);
      expect(await current().get(ships, 'a')).toEqual(ship('a', 2, { port: 'BOS' }));
      expect(idsOf((await find(current(), [{ field: 'port', equals: 'NYC' }])).documents)).toEqual(
        [],
      );
      expect(idsOf((await find(current(), [{ field: 'port', equals: 'BOS' }])).documents)).toEqual([
        'a',
      ]);
    });

    it('say so when one document among ten is stale, and leave that one as it is', async () => {
      const ten = Array.from({ length: 10 }, (_, at) => ship(`s${at}`, 1));
      await given(current(), ...ten);
      await current().write(ships, [{ document: ship('s4', 7, { name: 'newer' }), replaces: 1 }]);
      const batch = ten.map(({ _id }) => ({ document: ship(_id, 5), replaces: 1 }));

      expect(await current().write(ships, batch)).toBe('conflict');
      expect(await current().get(ships, 's4')).toEqual(ship('s4', 7, { name: 'newer' }));

      await writeHigher(current(), [...ten.map(({ _id }) => ship(_id, 5))]);
      const after = await current().getMany(ships, idsOf(ten));
      expect(ten.map(({ _id }) => after.get(_id)?.position)).toEqual(
        ten.map((_, at) => (at === 4 ? 7 : 5)),
      );
    });

    it('change nothing when a chunk is delivered again', async () => {
      const chunk = [ship('a', 1), ship('b', 2)];
      await given(current(), ...chunk);
      await current().write(ships, [{ document: ship('b', 9), replaces: 2 }]);

      const again = chunk.map((document) => ({ document }));

      expect(await current().write(ships, again)).toBe('conflict');
      expect(await current().get(ships, 'a')).toEqual(ship('a', 1));
      expect(await current().get(ships, 'b')).toEqual(ship('b', 9));
    });

    it('hold at every position that a log can have', async () => {
      const far = Number.MAX_SAFE_INTEGER - 1;
      await given(current(), ship('a', 2 ** 31), ship('b', far));

      const replaced = [
        { document: ship('a', far), replaces: 2 ** 31 },
        { document: ship('b', far + 1), replaces: far },
      ];

      expect(await current().write(ships, replaced)).toBe('written');
      expect(await current().write(ships, replaced)).toBe('conflict');
      expect((await current().get(ships, 'b'))?.position).toBe(far + 1);
    });

    it('let one of two writers make a new document, and tell the other', async () => {
      const outcomes = await Promise.all([
        current().write(ships, [{ document: ship('a', 4) }]),
        current().write(ships, [{ document: ship('a', 6) }]),
      ]);

      expect([...outcomes].sort()).toEqual(['conflict', 'written']);
      const winner = outcomes[0] === 'written' ? 4 : 6;
      expect((await current().get(ships, 'a'))?.position).toBe(winner);
    });

    if (can.atomicUpdates) {
      it('leave the highest position of forty writers on one document', async () => {
        const positions = Array.from({ length: 40 }, (_, at) => ((at * 27) % 40) + 1);

        await Promise.all(
          positions.map((position) => writeHigher(current(), [ship('a', position)])),
        );

        expect((await current().get(ships, 'a'))?.position).toBe(40);
      });
    }

    it('remove the document that was read, and no other', async () => {
      await given(current(), ship('a', 1, { port: 'NYC' }), ship('b', 1));
      await current().write(ships, [{ document: ship('b', 2), replaces: 1 }]);

      expect(await current().write(ships, [{ remove: 'a', replaces: 1 }])).toBe('written');
      expect(await current().write(ships, [{ remove: 'b', replaces: 1 }])).toBe('conflict');
      expect(await current().write(ships, [{ remove: 'c', replaces: 1 }])).toBe('conflict');
      expect([...(await current().getMany(ships, ['a', 'b', 'c'])).keys()]).toEqual(['b']);
      expect(await current().count(ships, [{ field: 'port', equals: 'NYC' }])).toBe(0);
    });

    it('are refused before anything is written, where one of them cannot be', async () => {
      const wrong: readonly Record<string, unknown>[] = [
        { _id: 'b', position: -1 },
        { _id: 'b', position: 1.5 },
        { _id: '', position: 1 },
        { _id: 'b\u0000', position: 1 },
        { _id: 'b'.repeat(201), position: 1 },
        { _id: 'b', position: 1, name: 'x'.repeat(1_001) },
        { _id: 'b', position: 1, name: 'tab\t' },
        { _id: 'b', position: 1, name: 'half \ud800' },
        { _id: 'b', position: 1, name: null },
        { _id: 'b', position: 1, tonnage: 0.5 },
        { _id: 'b', position: 1, port: ['NYC'] },
        { _id: 'b', position: 1, flags: 'PA' },
        { _id: 'b', position: 1, cargo: { 'a.b': 1 } },
        { _id: 'b', position: 1, cargo: [{ $set: 1 }] },
        { _id: 'b', position: 1, cargo: { notes: [['a'], ['b']] } },
        { _id: 'a', position: 1 },
      ];

      for (const document of wrong) {
        const writes = [{ document: ship('a', 1) }, { document: document as unknown as Ship }];
        await expect(current().write(ships, writes)).rejects.toThrow(InvalidDocument);
      }
      expect(await current().count(ships)).toBe(0);
    });
  });

  describe('checkpoints', () => {
    it('are kept a collection and version', async () => {
      const parked = { position: 8, id: 'e', type: 'ShipSank', error: 'no ship' };

      expect(await current().readCheckpoint(ships)).toBeUndefined();
      await current().writeCheckpoint(ships, { position: 7 });
      expect(await current().readCheckpoint(ships)).toEqual({ position: 7 });
      await current().writeCheckpoint(ships, { position: 7, parked });

      expect(await current().readCheckpoint(ships)).toEqual({ position: 7, parked });
      expect(await current().readCheckpoint({ ...ships, version: 2 })).toBeUndefined();
    });

    it('go with the collection that is dropped, and leave the others', async () => {
      const next = { ...ships, version: 11 };
      await given(current(), ship('a', 1, { port: 'NYC' }));
      await current().write(next, [{ document: ship('a', 5, { port: 'NYC' }) }]);
      await current().writeCheckpoint(ships, { position: 1 });
      await current().writeCheckpoint(next, { position: 5 });

      await current().drop(ships);

      expect(await current().readCheckpoint(ships)).toBeUndefined();
      expect(await current().count(ships, [{ field: 'port', equals: 'NYC' }])).toBe(0);
      expect(await current().get(ships, 'a')).toBeUndefined();
      expect(await current().readCheckpoint(next)).toEqual({ position: 5 });
      expect(await current().count(next, [{ field: 'port', equals: 'NYC' }])).toBe(1);
      await current().drop(next);
    });
  });
}

/** What a projection does: reads, leaves what is newer alone, writes, and again after a conflict. */
async function writeHigher(store: ViewStore, documents: readonly Ship[]): Promise<void> {
  for (;;) {
    const held = await store.getMany(ships, idsOf(documents));
    const writes = documents.flatMap((document) => {
      const replaces = held.get(document._id)?.position;
      if (replaces === undefined) return [{ document }];
      return replaces < document.position ? [{ document, replaces }] : [];
    });
    if ((await store.write(ships, writes)) === 'written') return;
  }
}
