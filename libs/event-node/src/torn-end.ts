import { MAGIC_BYTES, readFrame } from './log-frame.js';
import type { Segments } from './segments.js';
import { DamagedEvent } from './storage.js';

/**
 * Cuts the log where its first record that is not whole begins. That is a write that was cut off, which
 * nobody was told of - unless a later record says that the log was durable beyond that place: then
 * something acknowledged is damaged, and nothing is cut. Throws `DamagedEvent` then.
 */
export function dropTornEnd(segments: Segments, offset: number): void {
  if (segments.segmentEnd(offset) < segments.end || isAcknowledged(segments, offset)) {
    throw new DamagedEvent(
      `record at byte ${String(offset)} of the log`,
      'it is not what was laid down, and later ones follow it',
    );
  }
  segments.truncate(offset);
}

function isAcknowledged(segments: Segments, offset: number): boolean {
  const rest = segments.read(offset, segments.end - offset);
  for (let at = rest.indexOf(MAGIC_BYTES, 1); at >= 0; at = rest.indexOf(MAGIC_BYTES, at + 1)) {
    if (durableBy(rest, at, offset + at) > offset) return true;
  }
  return false;
}

/** What the record that seems to begin there says; 0 where none does. */
function durableBy(bytes: Buffer, at: number, offset: number): number {
  try {
    return readFrame(bytes, at, offset).durable;
  } catch {
    return 0;
  }
}
