import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openMemoryViews } from '#libs/view-store';
import { nameKeysOf, passportKeysOf, plainName } from './search-keys.js';

describe('what a registrant is found by', () => {
  it.each([
    ['Straße', 'strasse'],
    ['İbrahim', 'ibrahim'],
    ['Łukasz Đặng', 'lukasz dang'],
    ["O'Brien", 'o brien'],
    ['  al-Ḥusayn ', 'al husayn'],
    ['김 철수', '김 철수'],
    ['مُحَمَّد', 'محمد'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευσ'],
  ])('the name %s reads %s', (name, plain) => {
    expect(plainName(name)).toBe(plain);
    expect(plainName(plain)).toBe(plain);
  });

  it('any text at all gives keys that a store can keep', async () => {
    const collection = { name: 'keys', version: 1, fields: { keys: 'list' } } as const;
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(text, text, text, async (familyName, givenNames, number) => {
        const identity = {
          familyName,
          givenNames,
          birthCountry: 'IR',
          passport: { number, country: 'IR' },
        };
        const keys = [...nameKeysOf(identity, '1975-03-14'), ...passportKeysOf(identity.passport)];
        const document = { _id: 'a', position: 1, keys };

        expect(await openMemoryViews().write(collection as never, [{ document }])).toBe('written');
      }),
      { numRuns: 40 },
    );
  });

  it('a name of the longest letters gives keys that a store can keep', async () => {
    const identity = {
      familyName: '\u{20000}'.repeat(200),
      givenNames: '\u{2f800}'.repeat(200),
      birthCountry: 'IR',
      passport: { number: '\u{20000}'.repeat(200), country: 'IR' },
    };
    const keys = [...nameKeysOf(identity, '1975-03-14'), ...passportKeysOf(identity.passport)];

    for (const key of keys) expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1_000);
  });
});
