import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BoundedMap } from './bounded-map.js';

describe('a bounded map', () => {
  it('holds the entries that came last, and forgets those before them', () => {
    const sets = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 });
    fc.assert(
      fc.property(sets, fc.integer({ min: 1, max: 8 }), (keys, capacity) => {
        const map = new BoundedMap<number, number>(capacity);
        let held: number[] = [];
        for (const [at, key] of keys.entries()) {
          map.set(key, at);
          if (!held.includes(key)) held = [...held, key].slice(-capacity);
          for (let other = 0; other <= 20; other += 1) {
            const expected = held.includes(other) ? keys.lastIndexOf(other, at) : undefined;
            expect(map.get(other)).toBe(expected);
          }
        }
      }),
    );
  });
});
