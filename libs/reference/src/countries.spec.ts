import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { countries } from './countries.js';
import { designatedCountries } from './designated-countries.js';
import { countryCodes, isCountry } from './lookup.js';

// The package is CommonJS and reads its languages from JSON files.
const iso = createRequire(import.meta.url)(
  'i18n-iso-countries',
) as typeof import('i18n-iso-countries');

describe('the countries', () => {
  it('are those of ISO 3166-1, without the user-assigned XK', () => {
    const assigned = Object.keys(iso.getAlpha2Codes()).filter((code) => code !== 'XK');
    expect([...countryCodes].sort()).toEqual(assigned.sort());
  });

  it('each have an English name of their own', () => {
    expect(new Set(Object.values(countries)).size).toBe(countryCodes.length);
    const english = iso.getNames('en', { select: 'official' });
    for (const [code, name] of Object.entries(countries))
      expect([code, name]).toEqual([code, english[code]]);
  });

  it('are known by two capital letters only', () => {
    expect(['IR', 'FR'].every(isCountry)).toBe(true);
    expect(['ir', 'IRN', 'XK', '', 'toString', '__proto__'].some(isCountry)).toBe(false);
  });
});

describe('the 25 designated countries', () => {
  it('are 25, in four call-in groups of 5, 13, 2 and 5', () => {
    const groups = [1, 2, 3, 4].map(
      (group) => designatedCountries.filter((country) => country.callInGroup === group).length,
    );
    expect(groups).toEqual([5, 13, 2, 5]);
  });

  it('have the ISO codes of their country', () => {
    for (const { alpha2, alpha3 } of designatedCountries)
      expect(iso.alpha2ToAlpha3(alpha2)).toBe(alpha3);
  });

  it('each have an I-94 code of their own, which is not the ISO numeric code', () => {
    expect(new Set(designatedCountries.map((country) => country.i94)).size).toBe(25);
    for (const { alpha2, i94 } of designatedCountries) {
      expect(i94).toMatch(/^\d{3}$/);
      expect(i94).not.toBe(iso.alpha2ToNumeric(alpha2));
    }
  });

  it('leave out Armenia, which was struck before any window opened', () => {
    expect(designatedCountries.map((country) => country.alpha2)).not.toContain('AM');
  });
});
