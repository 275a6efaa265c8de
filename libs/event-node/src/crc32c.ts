const CASTAGNOLI_REVERSED = 0x82f63b78;
const STRIDE = 8;

/** Table 0 advances the checksum by one byte; table n by that byte and n bytes of zeros after it. */
const [t0, t1, t2, t3, t4, t5, t6, t7] = tables();

/**
 * CRC-32C (Castagnoli) of the bytes from `start` up to, not including, `end`. It takes eight bytes at a
 * time: every event that is read passes through it.
 */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = -1;
  let at = start;
  for (const last = end - STRIDE; at <= last; at += STRIDE) {
    crc ^=
      byte(bytes, at) |
      (byte(bytes, at + 1) << 8) |
      (byte(bytes, at + 2) << 16) |
      (byte(bytes, at + 3) << 24);
    crc =
      entry(t7, crc) ^
      entry(t6, crc >>> 8) ^
      entry(t5, crc >>> 16) ^
      entry(t4, crc >>> 24) ^
      entry(t3, byte(bytes, at + 4)) ^
      entry(t2, byte(bytes, at + 5)) ^
      entry(t1, byte(bytes, at + 6)) ^
      entry(t0, byte(bytes, at + 7));
  }
  for (; at < end; at += 1) crc = entry(t0, crc ^ byte(bytes, at)) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function entry(table: Int32Array, index: number): number {
  return table[index & 0xff] ?? 0;
}

type Tables = readonly [
  ...[Int32Array, Int32Array, Int32Array, Int32Array],
  ...[Int32Array, Int32Array, Int32Array, Int32Array],
];

function tables(): Tables {
  const first = Int32Array.from({ length: 256 }, (_, index) => {
    let crc = index;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = crc & 1 ? (crc >>> 1) ^ CASTAGNOLI_REVERSED : crc >>> 1;
    }
    return crc;
  });
  const further = (table: Int32Array): Int32Array =>
    Int32Array.from(table, (crc) => entry(first, crc) ^ (crc >>> 8));
  const made: Int32Array[] = [first];
  for (let n = 1; n < STRIDE; n += 1) made.push(further(made[n - 1] ?? first));
  return made as unknown as Tables;
}
