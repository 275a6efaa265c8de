import { describe, expect, it } from '@jest/globals';
import { crc32c } from './crc32c.js';

describe('CRC-32C', () => {
  it.each([
    ['123456789', 0xe3069283],
    ['', 0],
  ])('of "%s" is the published value', (text, checksum) => {
    expect(crc32c(Buffer.from(text))).toBe(checksum);
  });

  it('of zeros is the value in RFC 3720', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  });

  it('of a part of the bytes is that of the part', () => {
    expect(crc32c(Buffer.from('.123456789.'), 1, 10)).toBe(0xe3069283);
  });
});
