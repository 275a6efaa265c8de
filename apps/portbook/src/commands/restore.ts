import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { checkLog, FolderInUse, FolderNotEmpty, vacateFolder } from '#libs/event-node';
import type { Settings } from '#libs/settings';
import { settingsHere } from '../api-client.js';
import { type Backup, copyListed, type Manifest, readBackup } from '../backup/manifest.js';
import { embeddedLogFolder } from '../backup/places.js';
import { staged } from '../backup/staged-folder.js';
import { Exit } from '../exit.js';
import { print } from '../output.js';
import { megabytes, progressReporter } from '../progress.js';
import { problemWithDataFolder } from '../supervisor/data-folder.js';

const MOVE_LOG = 'Move it away first, or restore into another data folder (PORTBOOK_DATA).';
const MOVE_KEYS = 'Move it away first, or restore into another key folder (PORTBOOK_KEYS).';

/** `portbook restore DIR`: what `portbook backup` made, into a data folder without a log. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('put a backup into a data folder (PORTBOOK_DATA) that has no event log')
    .argument('<dir>', 'the folder that "portbook backup" made')
    .option('--keys <dir>', 'restore the keys too, from the folder that --keys made')
    .action(restore);
}

async function restore(dir: string, { keys: keysDir }: { readonly keys?: string }): Promise<void> {
  const settings = settingsHere();
  const place = embeddedLogFolder(settings);
  const log = await readBackup(dir, 'event log');
  const keys = keysDir === undefined ? undefined : await readBackup(keysDir, 'keys');
  await refuseUnlessFree(settings, place);
  await staged(async (stage) => {
    if (keys) await copyListed(keys, (await stage(settings.keysDir, MOVE_KEYS)).folder);
    const { folder } = await stage(place, MOVE_LOG);
    await copyListed(log, folder);
    await check(folder, log.manifest);
    await vacate(place);
  });
  await print(
    `The event log up to position ${log.manifest.lastPosition} is restored to ${place}.\n` +
      'The views are built anew from it at the next start.',
  );
  warnOfKeys(settings.keysDir, log, keys);
}

/** Views of another log would say of themselves that they had seen this one. */
async function refuseUnlessFree({ dataDir }: Settings, place: string): Promise<void> {
  const problem = await problemWithDataFolder(dataDir);
  if (problem !== undefined) throw new Exit(problem);
  await vacate(place);
  const views = join(dataDir, 'views');
  if (existsSync(views) && readdirSync(views).length > 0) {
    throw new Exit(
      `The data folder holds views of another log (${views}). Remove them: the system builds them ` +
        'anew from the log that is restored.',
    );
  }
}

async function vacate(place: string): Promise<void> {
  try {
    await vacateFolder(place);
  } catch (error) {
    if (error instanceof FolderInUse) throw new Exit(error.message);
    if (!(error instanceof FolderNotEmpty)) throw error;
    throw new Exit(`There is an event log already: ${error.message} ${MOVE_LOG}`);
  }
}

/** Every checksum in the log, and that it ends where the backup said; the index is made on the way. */
async function check(folder: string, { lastPosition }: Manifest): Promise<void> {
  const progress = progressReporter('MB checked');
  const found = await checkLog(folder, (done, of) => {
    progress.report(megabytes(done), megabytes(of));
  }).catch((error: unknown) => {
    throw new Exit(error instanceof Error ? error.message : String(error));
  });
  progress.finish();
  if (String(found) === lastPosition) return;
  throw new Exit(
    `The log of this backup ends at position ${found}, and its backup.json says ${lastPosition}: files ` +
      'of two backups are mixed. Nothing was restored; use another backup.',
  );
}

function warnOfKeys(keysDir: string, log: Backup, keys: Backup | undefined): void {
  const warn = (text: string): void => {
    process.stderr.write(`WARNING: ${text}\n`);
  };
  const keysUntil = keys?.manifest.lastPosition ?? log.manifest.lastPosition;
  if (BigInt(keysUntil) < BigInt(log.manifest.lastPosition)) {
    warn(
      `these keys were saved at position ${keysUntil}: the personal content of people registered ` +
        'after it cannot be opened.',
    );
  }
  if (existsSync(keysDir) && readdirSync(keysDir).length > 0) return;
  warn(
    `the key folder ${keysDir} is empty: the personal content of this log cannot be opened. Put the ` +
      'saved keys there before the next start.',
  );
}
