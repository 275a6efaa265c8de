import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isInstant } from './instant.js';

describe('an instant', () => {
  it('is what the platform writes, and sorts as the instants do', () => {
    const instants = fc.date({
      min: new Date('0001-01-01T00:00:00.000Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        expect(isInstant(a.toISOString())).toBe(true);
        expect(a.toISOString() < b.toISOString()).toBe(a.getTime() < b.getTime());
      }),
    );
  });

  it.each([
    ...['2003-12-02', '2003-12-02T10:00:00Z', '2003-12-02T10:00:00.000+00:00'],
    ...['2003-12-02T10:00:00.000', '2003-12-02T10:00:00.000000Z', '2003-12-02 10:00:00.000Z'],
    ...['2003-02-30T10:00:00.000Z', '2003-12-02T24:00:00.000Z', '2003-12-02T23:60:00.000Z'],
    ...['2003-12-02T23:59:60.000Z', '2003-12-02t10:00:00.000z', ''],
  ])('is not %j', (value) => {
    expect(isInstant(value)).toBe(false);
  });

  it.each([undefined, null, 0, {}])('is a string, and not %j', (value) => {
    expect(isInstant(value)).toBe(false);
  });
});
