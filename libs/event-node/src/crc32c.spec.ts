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

  it('can be taken piece by piece', () => {
    const [whole, head, tail] = ['123456789', '1234', '56789'].map((text) => Buffer.from(text));
    expect(crc32c(tail ?? whole ?? Buffer.alloc(0), 0, crc32c(head ?? Buffer.alloc(0)))).toBe(
      0xe3069283,
    );
  });
});
