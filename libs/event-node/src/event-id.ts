const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The 16 bytes of a UUID in its text form; undefined where it is none. */
export function parseUuid(text: string): Buffer | undefined {
  return UUID.test(text) ? Buffer.from(text.replaceAll('-', ''), 'hex') : undefined;
}

/** The 16 bytes of a UUID sent as two signed 64-bit integers in decimal. */
export function uuidFromHalves(mostSignificant: string, leastSignificant: string): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64BE(BigInt.asIntN(64, BigInt(mostSignificant)), 0);
  bytes.writeBigInt64BE(BigInt.asIntN(64, BigInt(leastSignificant)), 8);
  return bytes;
}

export function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...parts, hex.slice(20)].join('-');
}
