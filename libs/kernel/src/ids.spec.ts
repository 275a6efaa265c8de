import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v5 } from 'uuid';
import { eventId, isUuid, registrantIdOf, registrantStream } from './ids.js';

const ID = '0b9c6e1a-6f1d-4a63-9c6e-2d4f1f0a7b11';

describe('a UUID', () => {
  it('is written in lower case, with its hyphens', () => {
    expect(isUuid(ID)).toBe(true);
    expect([ID.toUpperCase(), ID.replaceAll('-', ''), `${ID} `, `{${ID}}`, ''].some(isUuid)).toBe(
      false,
    );
    expect([undefined, null, 1, [ID]].some(isUuid)).toBe(false);
  });
});

describe('an event id', () => {
  it('is for ever the same for the same parts', () => {
    expect(eventId(registrantStream(ID), 'c0ffee00-0000-4000-8000-000000000001', 0)).toBe(
      '887bae29-e0c0-56f7-bfea-531b6701ecf6',
    );
  });

  it('is UUID v5 in the namespace of the storage format', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (stream, index) => {
        const named = v5(`${stream}/${String(index)}`, '6c2f0f0a-5b1e-5a77-9d1c-0b7a4d0c2e11');
        expect(eventId(stream, index)).toBe(named);
      }),
    );
  });

  it('differs with each part and with their order', () => {
    const ids = [
      eventId('a', 'b', 0),
      eventId('a', 'b', 1),
      eventId('a', 'c', 0),
      eventId('b', 'a', 0),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isUuid)).toBe(true);
  });
});

describe('a registrant stream', () => {
  it('names its registrant', () => {
    expect(registrantStream(ID)).toBe(`registrant-${ID}`);
    expect(registrantIdOf(registrantStream(ID))).toBe(ID);
  });

  it.each([
    'policy-nseers',
    'registrant-',
    'registrant-7',
    `xregistrant-${ID}`,
    `registrant-${ID}x`,
  ])('is not %s', (stream) => {
    expect(registrantIdOf(stream)).toBeUndefined();
  });
});
