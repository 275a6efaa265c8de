import {
  type Frame,
  FRAME_BYTES_MIN,
  frameOffsetAt,
  headLengthAt,
  isWhole,
  MAGIC_BYTES,
  readFrame,
} from './log-frame.js';
import type { Segments } from './segments.js';
import { DamagedEvent } from './storage.js';

/** What is read at once where records are looked for. */
const PIECE_BYTES = 1024 * 1024;

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

/** The record that begins there, read whole; undefined where none does, or it is not what was laid down. */
export function wholeFrameAt(segments: Segments, offset: number): Frame | undefined {
  const headLength = headLengthAt(segments.read(offset, FRAME_BYTES_MIN), 0) ?? 0;
  try {
    // Only a head that is right is believed how long the rest is.
    const { length } = readFrame(segments.read(offset, headLength), 0, offset);
    const frame = readFrame(segments.read(offset, length), 0, offset);
    return isWhole(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}

function isFollowed(segments: Segments, offset: number): boolean {
  for (let start = offset + 1; start < segments.end; start += PIECE_BYTES) {
    // Longer by the beginning of a record, which could else lie in two pieces.
    const piece = segments.read(start, PIECE_BYTES + FRAME_BYTES_MIN - 1);
    for (let at = piece.indexOf(MAGIC_BYTES); at >= 0; at = piece.indexOf(MAGIC_BYTES, at + 1)) {
      const isInPlace = frameOffsetAt(piece, at) === start + at;
      if (isInPlace && wholeFrameAt(segments, start + at)) return true;
    }
  }
  return false;
}
