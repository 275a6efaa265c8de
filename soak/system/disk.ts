import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PIECE = Buffer.alloc(1024 * 1024, 1);

export interface SmallDisk {
  readonly folder: string;
  /** Fills it to the last byte, and gives what makes room again. */
  readonly fill: () => () => void;
  readonly remove: () => void;
}

/** A disk of its own, that can be filled without harm to others: a tmpfs, which takes root to mount. */
export function makeDisk(megabytes = 512): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'portbook-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  return {
    folder,
    fill: () => filled(join(folder, 'ballast')),
    remove: () => {
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

function filled(ballast: string): () => void {
  const file = openSync(ballast, 'w');
  try {
    for (let length = PIECE.length; length > 0;) length = grown(file, length);
  } finally {
    closeSync(file);
  }
  return () => {
    unlinkSync(ballast);
  };
}

/** The length to try next: the half of one for which there was no room. */
function grown(file: number, length: number): number {
  try {
    return writeSync(file, PIECE, 0, length) === 0 ? 0 : length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    return Math.floor(length / 2);
  }
}
