import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAlive, readRunFile } from '../run-file.js';

/** Why the system cannot start on a data folder, in one line; undefined where it can. */
export async function problemWithDataFolder(dataDir: string): Promise<string | undefined> {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    rmdirSync(mkdtempSync(join(dataDir, '.write-test-')));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return `The data folder ${dataDir} cannot be written to (${code}). Make it writable, or set PORTBOOK_DATA to another folder.`;
  }
  const run = readRunFile(dataDir);
  if (run && run.pid !== process.pid && isAlive(run.pid) && (await answers(run.url))) {
    return `Portbook already runs on ${dataDir} at ${run.url} (process ${run.pid}). Stop it first, or set PORTBOOK_DATA to another folder.`;
  }
  return undefined;
}

/** Step by step: Node's own recursion never ends where a file system refuses new folders, as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** A file that was left behind names a process id that may since be another's. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('/health/live', url), {
      signal: AbortSignal.timeout(2_000),
    });
    return response.ok;
  } catch {
    return false;
  }
}
