import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** More than is written before the first event. */
const NEEDED_BYTES = 256 * 1024;
const IS_FULL: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/**
 * Throws where the disk of the folder has no room to begin with. It is tried by writing: LMDB reaches its
 * files through memory, and where the disk then has no place for them, the process ends without a word.
 */
export function proveRoom(folder: string): void {
  const path = join(folder, `.room-${randomUUID()}`);
  const file = openSync(path, 'wx', 0o600);
  try {
    unlinkSync(path);
    // Nothing that a file system could make small.
    const bytes = randomBytes(NEEDED_BYTES);
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!IS_FULL.includes(code)) throw error;
    throw new Error(`its disk is full (${String(code)}). Make room, and start again.`, {
      cause: error,
    });
  } finally {
    closeSync(file);
  }
}
