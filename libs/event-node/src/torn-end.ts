import { isWhole, MAGIC_BYTES, readFrame } from './log-frame.js';
import type { Segments } from './segments.js';
import { DamagedEvent } from './storage.js';

/**
 * Cuts the log where its first record that is not whole begins, if nothing whole follows it: that is the
 * end of a write that was cut off, of which nobody was told. Where a whole record follows, the bad one may
 * have been acknowledged: then nothing is cut. Throws `DamagedEvent` then.
 */
export function dropTornEnd(segments: Segments, offset: number): void {
  if (!segments.isInLast(offset) || isFollowed(segments, offset)) {
    throw new DamagedEvent(
      `record at byte ${String(offset)} of the log`,
      'it is not what was laid down, and later ones follow it',
    );
  }
  segments.truncate(offset);
}

function isFollowed(segments: Segments, offset: number): boolean {
  const rest = segments.read(offset, segments.end - offset);
  for (let at = rest.indexOf(MAGIC_BYTES, 1); at >= 0; at = rest.indexOf(MAGIC_BYTES, at + 1)) {
    if (isRecord(rest, at, offset + at)) return true;
  }
  return false;
}

function isRecord(bytes: Buffer, at: number, offset: number): boolean {
  try {
    return isWhole(readFrame(bytes, at, offset));
  } catch {
    return false;
  }
}
