import { type Frame, frameLengthAt, headLengthAt, isWhole, readFrame } from './log-frame.js';
import type { Segments } from './segments.js';
import { DamagedEvent } from './storage.js';
import { dropTornEnd, wholeFrameAt } from './torn-end.js';

/** What is read at once where the log is gone through from one place to its end. */
export const SCAN_BYTES = 1024 * 1024;

/** What is read at once where heads alone are wanted: many of small records, and little of a large one. */
const HEADS_BYTES = 4 * 1024;

/** A place between two records of the log, and the last position before it. */
export interface LogPlace {
  readonly offset: number;
  readonly position: number;
}

/**
 * Hands on the records of one reading from there on, every checksum of them checked, and gives where it
 * ended; read again from there until that is the end of the log. A torn end is dropped. Throws
 * `DamagedEvent` where the log is not what was laid down.
 */
export function checkedReading(
  segments: Segments,
  from: LogPlace,
  visit: (frame: Frame) => void,
): LogPlace {
  let { offset, position } = from;
  for (const frame of wholeFrames(segments, offset)) {
    if (frame.position !== position + 1) {
      throw new DamagedEvent(
        `record at byte ${String(offset)} of the log`,
        `it begins with position ${String(frame.position)} instead of ${String(position + 1)}`,
      );
    }
    visit(frame);
    position += frame.count;
    offset += frame.length;
  }
  if (offset === from.offset) dropTornEnd(segments, offset);
  return { offset, position };
}

/**
 * The records from there to the end of the log, of each of them its head alone: their messages are not
 * read. Each is there until the next is asked for. Throws `DamagedEvent` at a head that is damaged.
 */
export function* headsFrom(segments: Segments, start: number): Generator<Frame> {
  const window = Buffer.allocUnsafeSlow(HEADS_BYTES);
  let bytes: Buffer = window.subarray(0, 0);
  for (let [offset, at] = [start, 0]; offset < segments.end;) {
    if ((headLengthAt(bytes, at) ?? Infinity) > bytes.length - at) {
      bytes = segments.readInto(window, offset);
      at = 0;
      const length = headLengthAt(bytes, at) ?? 0;
      if (length > bytes.length) bytes = segments.read(offset, length);
    }
    const frame = readFrame(bytes, at, offset);
    yield frame;
    at += frame.length;
    offset += frame.length;
  }
}

/** The frames from there on that are whole, as many as one reading holds. */
function* wholeFrames(segments: Segments, start: number): Generator<Frame> {
  const bytes = segments.read(start, SCAN_BYTES);
  if ((frameLengthAt(bytes, 0) ?? 0) > bytes.length) {
    const long = wholeFrameAt(segments, start);
    if (long) yield long;
    return;
  }
  for (let at = 0; at < bytes.length;) {
    const frame = wholeFrame(bytes, at, start + at);
    if (frame === undefined) return;
    yield frame;
    at += frame.length;
  }
}

function wholeFrame(bytes: Buffer, at: number, offset: number): Frame | undefined {
  try {
    const frame = readFrame(bytes, at, offset);
    return isWhole(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}
