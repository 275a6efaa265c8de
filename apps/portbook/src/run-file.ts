import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `<data>/run.json`: where the running system is to be found. It holds no secret. */
export interface RunFile {
  readonly url: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly processes: Readonly<Record<string, number>>;
}

export function writeRunFile(dataDir: string, run: RunFile): void {
  const file = runFilePath(dataDir);
  // Readers never see half a file.
  writeFileSync(`${file}.new`, `${JSON.stringify(run, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** The file of a system that runs, or was killed without a chance to remove it. */
export function readRunFile(dataDir: string): RunFile | undefined {
  try {
    return JSON.parse(readFileSync(runFilePath(dataDir), 'utf8')) as RunFile;
  } catch {
    return undefined;
  }
}

export function removeRunFile(dataDir: string): void {
  rmSync(runFilePath(dataDir), { force: true });
}

/** Whether a process with this id lives; it may since be another's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function runFilePath(dataDir: string): string {
  return join(dataDir, 'run.json');
}
