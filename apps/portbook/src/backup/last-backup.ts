import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './error-code.js';

/** `<data>/last-backup.json`: what was backed up last from this data folder, and where to. */
export interface LastBackup {
  /** A UTC instant. */
  readonly madeAt: string;
  readonly folder: string;
  readonly lastPosition: string;
  /** Whether the keys were copied too. */
  readonly withKeys: boolean;
}

/** The backup is whole without this note: where it cannot be written, that is said. */
export function noteLastBackup(dataDir: string, backup: LastBackup): void {
  const file = noteIn(dataDir);
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify(backup, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  } catch (error) {
    const why = `${file} cannot be written (${errorCode(error)})`;
    process.stderr.write(`${why}: "portbook status" will not know of this backup.\n`);
  }
}

export function readLastBackup(dataDir: string): LastBackup | undefined {
  try {
    return JSON.parse(readFileSync(noteIn(dataDir), 'utf8')) as LastBackup;
  } catch {
    return undefined;
  }
}

function noteIn(dataDir: string): string {
  return join(dataDir, 'last-backup.json');
}
