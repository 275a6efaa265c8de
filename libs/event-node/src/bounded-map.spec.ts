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

  it('holds fewer entries where their names are long', () => {
    const map = new BoundedMap<string, number>(10);
    const name = (at: number, length: number): string => String(at).padStart(length);
    const held = (length: number): number[] =>
      Array.from({ length: 30 }, (_, at) => at).filter((at) => map.get(name(at, length)) === at);
    for (let at = 0; at < 30; at += 1) map.set(name(at, 400), at);
    expect(held(400)).toEqual([27, 28, 29]);

    for (let at = 0; at < 30; at += 1) {
      map.set(name(at, 100), 0);
      map.set(name(at, 100), at);
    }
    expect(held(100)).toHaveLength(10);
  });

  it('may be given one whose name alone is longer', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b'.repeat(1_000), 2);
    map.set('c', 3);

    expect([map.get('a'), map.get('c')]).toEqual([undefined, 3]);
  });
});
