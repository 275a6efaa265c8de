import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  aFleet,
  find,
  fleet,
  given,
  idsOf,
  naively,
  ship,
  type ShipField,
  ships,
} from './ships.contract.js';
import type { Capabilities } from './mongo-servers.contract.js';
import { type Condition, InvalidCursor, type Query, type ViewStore } from './index.js';

/** What every adapter finds; `current` gives the store, empty of ships. */
export function describeQueries(current: () => ViewStore, can: Capabilities): void {
  describe('queries', () => {
    const documents = [
      ship('a', 1, { name: 'Anna', port: 'NYC', tonnage: 10, flags: ['PA', 'LR'] }),
      ship('b', 2, { name: 'Annabel', port: 'BOS', tonnage: 20, isSold: true, flags: ['US'] }),
      ship('c', 3, { name: 'Bert', port: 'NYC', tonnage: -5, isSold: false }),
      ship('d', 4, { port: 'LOS', flags: ['AA', 'ZZ'] }),
    ];
    const cases: readonly (readonly [string, readonly Condition<ShipField>[], string[]])[] = [
      ['nothing', [], ['a', 'b', 'c', 'd']],
      ['an equality', [{ field: 'port', equals: 'NYC' }], ['a', 'c']],
      ['the equality of a truth', [{ field: 'isSold', equals: false }], ['c']],
      ['the equality of a number', [{ field: 'tonnage', equals: 20 }], ['b']],
      ['a text, which is no number', [{ field: 'tonnage', equals: '20' }], []],
      ['a value that no field can hold', [{ field: 'name', equals: 'x\u0000' }], []],
      ['a value of any length', [{ field: 'name', equals: 'x'.repeat(9_999) }], []],
      ['membership', [{ field: 'port', in: ['BOS', 'XXX', 'LOS', 'BOS'] }], ['b', 'd']],
      ['membership in an empty list', [{ field: 'port', in: [] }], []],
      ['membership of an element', [{ field: 'flags', in: ['LR', 'PA', 'US'] }], ['a', 'b']],
      ['a prefix', [{ field: 'name', prefix: 'Anna' }], ['a', 'b']],
      ['an empty prefix', [{ field: 'name', prefix: '' }], ['a', 'b', 'c']],
      ['a range', [{ field: 'tonnage', range: { from: -5, below: 20 } }], ['a', 'c']],
      ['its other bounds', [{ field: 'tonnage', range: { above: -5, to: 20 } }], ['a', 'b']],
      ['one bound', [{ field: 'tonnage', range: { below: 10 } }], ['c']],
      ['a range of texts', [{ field: 'name', range: { above: 'Anna' } }], ['b', 'c']],
      ['bounds of which two hold', [{ field: 'name', range: { from: 'A', above: 'B' } }], ['c']],
      [
        'several ranges and an equality',
        [
          { field: 'tonnage', range: { to: 10 } },
          { field: 'name', range: { from: 'B' } },
          { field: 'port', equals: 'NYC' },
        ],
        ['c'],
      ],
    ];

    const byElement = [
      'a range that one element fulfils',
      [{ field: 'flags', range: { from: 'B', to: 'Y' } }],
      ['a', 'b'],
    ] as const satisfies (typeof cases)[number];

    it.each(can.rangesOfElements ? [...cases, byElement] : cases)(
      'find by %s',
      async (_, where, ids) => {
        await given(current(), ...documents);

        expect(idsOf((await find(current(), where)).documents)).toEqual(ids);
        expect(await current().count(ships, where)).toBe(ids.length);
      },
    );

    it('sort by a field, leaving out what lacks it, and count all the same', async () => {
      await given(current(), ...documents);

      expect(idsOf((await find(current(), [], { field: 'tonnage' })).documents)).toEqual([
        'c',
        'a',
        'b',
      ]);
      expect(
        idsOf((await find(current(), [], { field: 'tonnage', descending: true })).documents),
      ).toEqual(['b', 'a', 'c']);
    });

    it('order texts by their bytes, whatever the language', async () => {
      const beyond = can.byteOrder ? ['\u{1f6a2}'] : [];
      const names = ['', 'Z', 'a', 'a ', 'aa', 'ä', '\uff5e', ...beyond];
      await given(
        current(),
        ...names.map((name, at) => ship(`s${names.length - at}`, at, { name })),
      );

      const { documents: found } = await find(current(), [], { field: 'name' });

      expect(found.map(({ name }) => name)).toEqual(names);
    });

    it('refuse a field that is not declared, a list to sort by, and a page without measure', async () => {
      const wrong: readonly unknown[] = [
        { where: [{ field: 'cargo', equals: 1 }], limit: 1 },
        { where: [{ field: 'toString', equals: 1 }], limit: 1 },
        { where: [{ field: 'tonnage', range: {} }], limit: 1 },
        { sort: { field: 'flags' }, limit: 1 },
        { sort: { field: 'position' }, limit: 1 },
        { limit: 0 },
        { limit: 501 },
      ];

      for (const query of wrong) {
        await expect(current().find(ships, query as Query<ShipField>)).rejects.toThrow(TypeError);
      }
      const where = [{ field: 'cargo', equals: 1 }] as unknown as Condition<ShipField>[];
      await expect(current().count(ships, where)).rejects.toThrow(TypeError);
    });
  });

  describe('pages', () => {
    beforeAll(async () => {
      const writes = aFleet().map((document) => ({ document }));
      expect(await current().write(fleet, writes)).toBe('written');
    });

    const port = fc.constantFrom('BOS', 'NYC', 'LOS');
    const tonnage = fc.integer({ min: -12, max: 30 });
    const condition = fc.oneof<fc.Arbitrary<Condition<ShipField>>[]>(
      port.map((equals) => ({ field: 'port', equals })),
      fc.boolean().map((equals) => ({ field: 'isSold', equals })),
      fc.array(port).map((values) => ({ field: 'port', in: values })),
      fc.subarray(['PA', 'LR', 'MH', 'US']).map((values) => ({ field: 'flags', in: values })),
      fc.constantFrom('A', 'a', 'Zo', 'Ω', '').map((prefix) => ({ field: 'name', prefix })),
      tonnage.map((from) => ({ field: 'tonnage', range: { from } })),
      fc.tuple(tonnage, tonnage).map(([above, to]) => ({ field: 'tonnage', range: { above, to } })),
    );
    const sort = fc.option(
      fc.record({
        field: fc.constantFrom<ShipField>('name', 'port', 'tonnage', 'isSold'),
        descending: fc.boolean(),
      }),
      { nil: undefined },
    );

    it('together give each document that fulfils the conditions once, in order', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(condition, { maxLength: 3 }), sort, async (where, by) => {
          const found = await pages(current(), { where, limit: 150, ...(by && { sort: by }) });

          expect(found).toEqual(naively(where, by));
          expect(await current().count(fleet, where)).toBe(naively(where).length);
        }),
        { numRuns: can.randomQueries },
      );
    });

    it('go on behind the last row, whatever has been written meanwhile', async () => {
      await given(current(), ship('b', 1), ship('d', 1), ship('f', 1));
      const first = await current().find(ships, { limit: 2 });
      await given(current(), ship('a', 2), ship('e', 2));
      await current().write(ships, [{ remove: 'd', replaces: 1 }]);

      const second = await current().find(ships, { limit: 2, cursor: first.next ?? '' });

      expect(idsOf(first.documents)).toEqual(['b', 'd']);
      expect(idsOf(second.documents)).toEqual(['e', 'f']);
      expect(second.next).toBeUndefined();
    });

    it('refuse a cursor of another list, and what is none', async () => {
      const { next } = await current().find(fleet, { sort: { field: 'tonnage' }, limit: 1 });
      const wrong: readonly Query<ShipField>[] = [
        { limit: 1, cursor: next ?? '' },
        { limit: 1, cursor: next ?? '', sort: { field: 'tonnage', descending: true } },
        { limit: 1, cursor: next ?? '', sort: { field: 'port' } },
        { limit: 1, cursor: '' },
        { limit: 1, cursor: 'nonsense' },
        { limit: 1, cursor: Buffer.from('["fleet-v1",1,"a"]').toString('base64url') },
        { limit: 1, cursor: Buffer.from('["fleet-v1",null,7]').toString('base64url') },
      ];

      for (const query of wrong) {
        await expect(current().find(fleet, query)).rejects.toThrow(InvalidCursor);
      }
    });
  });
}

async function pages(store: ViewStore, query: Query<ShipField>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.find(fleet, { ...query, ...(cursor !== undefined && { cursor }) });
    expect(page.documents.length).toBeLessThanOrEqual(query.limit);
    ids.push(...idsOf(page.documents));
    cursor = page.next;
  } while (cursor !== undefined);
  return ids;
}
