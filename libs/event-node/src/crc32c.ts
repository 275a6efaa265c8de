const CASTAGNOLI_REVERSED = 0x82f63b78;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    crc = crc & 1 ? (crc >>> 1) ^ CASTAGNOLI_REVERSED : crc >>> 1;
  }
  return crc >>> 0;
});

/** CRC-32C (Castagnoli) of the bytes from an offset on, continued from the checksum of what precedes them. */
export function crc32c(bytes: Uint8Array, offset = 0, preceding = 0): number {
  let crc = ~preceding;
  for (let index = offset; index < bytes.length; index += 1) {
    crc = (table[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}
