import { describe, expect, it } from '@jest/globals';
import { filterOf, pageFilter } from './mongo-filter.js';
import { type Ship, type ShipField, ships } from './ships.contract.js';
import type { Condition } from './index.js';

describe('the filter for a MongoDB', () => {
  it.each<readonly [Condition<ShipField>, unknown]>([
    [{ field: 'port', equals: 'NYC' }, { port: { $eq: 'NYC' } }],
    [{ field: 'port', in: ['NYC', 'x\u0000', 'BOS'] }, { port: { $in: ['NYC', 'BOS'] } }],
    [{ field: 'port', equals: 'x\u0000' }, { port: { $in: [] } }],
    [{ field: 'name', prefix: 'A.(b)' }, { name: { $regex: '^A\\.\\(b\\)' } }],
    [{ field: 'tonnage', range: { from: 1, below: 5 } }, { tonnage: { $gte: 1, $lt: 5 } }],
    [
      { field: 'flags', range: { above: 'A', to: 'F' } },
      { flags: { $elemMatch: { $gt: 'A', $lte: 'F' } } },
    ],
  ])('asks for %j by %j', (condition, asked) => {
    expect(filterOf(ships, [condition])).toEqual({ $and: [asked] });
  });

  it('takes no value for an operator', () => {
    const where = [{ field: 'port', equals: { $ne: 'NYC' } }] as unknown as Condition[];

    expect(() => filterOf(ships, where)).toThrow('type string');
  });

  it('goes on behind a place in either direction', () => {
    const asked = (sort?: { field: keyof Ship & string; descending?: boolean }) =>
      pageFilter(ships, { limit: 1, ...(sort && { sort }) }, { value: 5, id: 'a' });

    expect(asked()).toEqual({ $and: [{ _id: { $gt: 'a' } }] });
    expect(asked({ field: 'tonnage', descending: true })).toEqual({
      $and: [
        { tonnage: { $exists: true } },
        { tonnage: { $lte: 5 } },
        { $or: [{ tonnage: { $lt: 5 } }, { tonnage: { $eq: 5 }, _id: { $lt: 'a' } }] },
      ],
    });
  });
});
