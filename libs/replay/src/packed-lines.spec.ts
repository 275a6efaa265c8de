import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PackedLines } from './packed-lines.js';

describe('packed lines', () => {
  it('are found again where they were kept, whatever they say and however long they are', () => {
    const line = fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .map((text) => text.replace(/\n/g, ''));
    // Some longer than a chunk, some that end at or over its end.
    const long = fc.integer({ min: 1, max: 3_000_000 }).map((length) => 'é'.repeat(length / 2));
    const kept = fc.array(
      fc.oneof({ weight: 9, arbitrary: line }, { weight: 1, arbitrary: long }),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(kept, (lines) => {
        const packed = new PackedLines();
        const places = lines.map((text) => packed.add(text));
        expect(places.map((place) => packed.lineAt(place))).toEqual(lines);
      }),
      { numRuns: 40 },
    );
  });

  it('are not found where none was kept', () => {
    expect(() => new PackedLines().lineAt(0)).toThrow(RangeError);
  });
});
