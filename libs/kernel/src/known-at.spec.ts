import { describe, expect, it } from '@jest/globals';
import { isKnownAt, readKnownAt, readPosition } from './known-at.js';

describe('a moment of knowledge', () => {
  it('is written as an instant or as a position of the log', () => {
    const instant = '2003-12-01T00:00:00.000Z';
    expect(readKnownAt(instant)).toEqual({ kind: 'instant', instant });
    expect(readKnownAt('position:12')).toEqual({ kind: 'position', position: 12 });
  });

  it.each(['', '2003-12-01', 'position:', 'position:-1', 'position:01', 'position:1e3', '12'])(
    'is not written as "%s"',
    (text) => {
      expect(readKnownAt(text)).toBeUndefined();
    },
  );

  it('has no position that could not be counted up to', () => {
    expect(readPosition('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(readPosition('9007199254740992')).toBeUndefined();
    expect(readPosition('12345678901234567')).toBeUndefined();
  });

  it('takes in what was recorded by then, the moment itself included', () => {
    const metadata = { recordedAt: '2003-12-01T00:00:00.000Z' };
    const event = { metadata, position: 7 };
    const known = (text: string) => isKnownAt(event, readKnownAt(text));

    expect(known('2003-12-01T00:00:00.000Z')).toBe(true);
    expect(known('2003-11-30T23:59:59.999Z')).toBe(false);
    expect(known('position:7')).toBe(true);
    expect(known('position:6')).toBe(false);
    expect(isKnownAt(event, undefined)).toBe(true);
  });

  it('counts what was imported later from its import, where it stands by an instant', () => {
    const imported = { at: '2004-02-02T00:00:00.000Z', by: 'spec', file: 'f', adopted: false };
    const event = { metadata: { recordedAt: '2003-12-01T00:00:00.000Z', imported }, position: 7 };

    expect(isKnownAt(event, readKnownAt('2003-12-31T00:00:00.000Z'))).toBe(false);
    expect(isKnownAt(event, readKnownAt('2004-02-02T00:00:00.000Z'))).toBe(true);
  });
});
