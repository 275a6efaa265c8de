import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LOCK_FILES, lockFolder } from './folder-lock.js';

/** Something lies in a folder that was to be free. */
export class FolderNotEmpty extends Error {
  constructor(folder: string, name: string) {
    super(`The folder ${folder} is not empty: ${name} lies in it.`);
    this.name = 'FolderNotEmpty';
  }
}

/**
 * Removes the folder of a node where no node runs on it and none has left anything in it. Throws
 * `FolderInUse` or `FolderNotEmpty`, and removes nothing then.
 */
export async function vacateFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  refuseUnlessEmpty(folder);
  const lock = await lockFolder(folder);
  try {
    // A node may have come and gone since.
    refuseUnlessEmpty(folder);
    // Under the lock: a node that comes now makes a lock of its own, and then the folder stays.
    for (const name of LOCK_FILES) rmSync(join(folder, name), { force: true });
    rmdirSync(folder);
  } finally {
    await lock.release();
  }
}

function refuseUnlessEmpty(folder: string): void {
  const [name] = readdirSync(folder).filter((file) => !LOCK_FILES.includes(file));
  if (name !== undefined) throw new FolderNotEmpty(folder, name);
}
