import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Exit } from '../exit.js';
import { errorCode } from './error-code.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const INTERRUPTED = 130;

/** A folder that is made aside, beside the place that it is to take. */
export interface StagedFolder {
  /** Where it is to stand. */
  readonly target: string;
  /** Where it is made; the owner alone may look into it. */
  readonly folder: string;
}

/** Refuses, with the advice, a place at which something lies already. */
export type Stage = (place: string, advice: string) => Promise<StagedFolder>;

/**
 * After the work all folders that it staged take their places, whole and on disk, in the order of their
 * staging. Where anything fails, or the program is interrupted, all of them are removed.
 */
export async function staged<Result>(work: (stage: Stage) => Promise<Result>): Promise<Result> {
  const folders: StagedFolder[] = [];
  const placed: StagedFolder[] = [];
  const remove = (): void => {
    for (const { folder } of folders) rmSync(folder, { recursive: true, force: true });
    for (const { target } of placed) rmSync(target, { recursive: true, force: true });
  };
  const stopListening = removingOnExit(remove);
  try {
    const result = await work(async (place, advice) => {
      const made = await makeBeside(resolve(place), advice);
      folders.push(made);
      return made;
    });
    for (const made of folders) {
      await put(made);
      placed.push(made);
    }
    for (const { target } of placed) await sync(dirname(target));
    return result;
  } catch (error) {
    remove();
    throw error;
  } finally {
    stopListening();
  }
}

/** An interruption ends the program in order, so that nothing unfinished is left. */
function removingOnExit(remove: () => void): () => void {
  const end = (): never => process.exit(INTERRUPTED);
  process.once('exit', remove);
  for (const signal of SIGNALS) process.once(signal, end);
  return () => {
    process.off('exit', remove);
    for (const signal of SIGNALS) process.off(signal, end);
  };
}

async function makeBeside(target: string, advice: string): Promise<StagedFolder> {
  if (existsSync(target)) await refuseUnlessEmpty(target, advice);
  try {
    await mkdir(dirname(target), { recursive: true });
    return { target, folder: await mkdtemp(`${target}.unfinished-`) };
  } catch (error) {
    throw new Exit(`${target} cannot be written (${errorCode(error)}).`);
  }
}

async function put({ target, folder }: StagedFolder): Promise<void> {
  for (const name of await readdir(folder)) await sync(join(folder, name));
  await sync(folder);
  try {
    await rename(folder, target);
  } catch (error) {
    throw new Exit(`${target} cannot be put in its place (${errorCode(error)}).`);
  }
}

async function refuseUnlessEmpty(folder: string, advice: string): Promise<void> {
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    throw new Exit(`${folder} cannot be used (${errorCode(error)}). ${advice}`);
  }
  if (names.length > 0) throw new Exit(`${folder} is not empty. ${advice}`);
}

/** A file or folder whose bytes or names are on disk when the promise resolves. */
async function sync(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
