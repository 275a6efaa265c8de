import { constants } from 'node:fs';
import { copyFile, open, readdir, stat, truncate } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { join } from 'node:path';
import { openLogStorage } from './log-storage.js';
import { checkedReading } from './log-scan.js';
import { isSegment, Segments } from './segments.js';

/** Told now and then how far it is, in bytes. */
type OnProgress = (done: number, of: number) => void;

export interface LogCopy {
  /** The names of the files, in the order of the log; none where the folder holds no log. */
  readonly files: readonly string[];
  /** Of the last event in them. */
  readonly lastPosition: number;
  /** How many bytes of a record that was not whole were left out at the end. */
  readonly leftOut: number;
}

/**
 * Copies the log of a folder into an empty one, also while a node appends to it. Files are only ever
 * appended to, so that those of one moment are a beginning of the log, and every event acknowledged
 * before the call is in the copy. Checks each checksum of the copy. Throws `DamagedEvent` where the log
 * is damaged. The copy is not synced.
 */
export async function copyLog(
  from: string,
  into: string,
  onProgress: OnProgress = () => undefined,
): Promise<LogCopy> {
  const files = (await readdir(from)).filter(isSegment).sort();
  if (files.length === 0) return { files, lastPosition: 0, leftOut: 0 };
  for (const name of files) {
    const durable = await durableBytes(join(from, name));
    // What is appended meanwhile may be lost again in a power cut, and is no part of the copy.
    await copyFile(join(from, name), join(into, name), constants.COPYFILE_FICLONE);
    await shorten(join(into, name), durable);
  }
  return { files, ...(await checkedCopy(into, onProgress)) };
}

/**
 * Opens the log of a folder once, which checks each checksum and makes its index where there is none.
 * Answers the last position. Throws `DamagedEvent`.
 */
export async function checkLog(folder: string, onProgress?: OnProgress): Promise<number> {
  const onIndexing = onProgress && { onIndexing: onProgress };
  const storage = await openLogStorage({ folder, ...onIndexing });
  const lastPosition = storage.lastPosition();
  await storage.close();
  return lastPosition;
}

/** The length of the file, all of which is on disk. */
async function durableBytes(file: string): Promise<number> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    await handle.datasync();
    return size;
  } finally {
    await handle.close();
  }
}

async function shorten(file: string, bytes: number): Promise<void> {
  const { size } = await stat(file);
  if (size > bytes) await truncate(file, bytes);
}

async function checkedCopy(
  folder: string,
  onProgress: OnProgress,
): Promise<Omit<LogCopy, 'files'>> {
  const segments = new Segments(folder);
  const copied = segments.end;
  try {
    let place = { offset: 0, position: 0 };
    while (place.offset < segments.end) {
      place = checkedReading(segments, place, () => undefined);
      onProgress(place.offset, segments.end);
      await nextTurn();
    }
    return { lastPosition: place.position, leftOut: copied - segments.end };
  } finally {
    segments.close();
  }
}
