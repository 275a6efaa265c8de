import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import { copyKeys } from '#libs/event-log';
import { copyLog, type LogCopy } from '#libs/event-node';
import { settingsHere } from '../api-client.js';
import { noteLastBackup } from '../backup/last-backup.js';
import { bytesOf, type Manifest, writeManifest } from '../backup/manifest.js';
import { embeddedLogFolder } from '../backup/places.js';
import { staged, type StagedFolder } from '../backup/staged-folder.js';
import { Exit, wrongUse } from '../exit.js';
import { print } from '../output.js';
import { megabytes, progressReporter } from '../progress.js';

const ADVICE = 'Name a folder that is not there yet.';

/** `portbook backup DIR`: the embedded event log, also while the system runs; keys apart. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('copy the embedded event log, also while the system runs; the keys apart')
    .argument('<dir>', 'the folder to make; it must not be there yet, or be empty')
    .option('--keys <dir>', 'copy the key folder too, into this folder of its own')
    .action(backup);
}

async function backup(dir: string, { keys: keysDir }: { readonly keys?: string }): Promise<void> {
  if (keysDir !== undefined && areNested(dir, keysDir)) {
    throw wrongUse('--keys must name a folder apart: who has the backup must not have the keys.');
  }
  const settings = settingsHere();
  const logFolder = embeddedLogFolder(settings);
  const made = await staged(async (stage): Promise<Made> => {
    // The keys take their place first, but are copied last: all that the log needs are there by then.
    const keys = keysDir === undefined ? undefined : await stage(keysDir, ADVICE);
    const log = await stage(dir, ADVICE);
    const copy = await copiedLog(logFolder, log.folder);
    const lastPosition = String(copy.lastPosition);
    const about = { content: 'event log', lastPosition, files: copy.files } as const;
    const listed = await writeManifest(log.folder, about);
    if (keys) {
      const files = await copiedKeys(settings.keysDir, keys.folder);
      await writeManifest(keys.folder, { content: 'keys', lastPosition, files });
    }
    return { listed, copy, log, keys };
  });
  const { madeAt, lastPosition } = made.listed;
  const told = { madeAt, folder: made.log.target, lastPosition };
  noteLastBackup(settings.dataDir, { ...told, withKeys: keysDir !== undefined });
  await report(made);
}

/** Whether one is the other, or lies in it. */
function areNested(one: string, other: string): boolean {
  const within = (from: string, to: string): boolean => !/^\.\.([/\\]|$)/.test(relative(from, to));
  return within(resolve(one), resolve(other)) || within(resolve(other), resolve(one));
}

async function copiedLog(from: string, into: string): Promise<LogCopy> {
  const none = new Exit(`${from} holds no event log. Does PORTBOOK_DATA name the right folder?`);
  if (!existsSync(from)) throw none;
  const progress = progressReporter('MB checked');
  const copy = await copyLog(from, into, (done, of) => {
    progress.report(megabytes(done), megabytes(of));
  }).catch((error: unknown) => {
    throw new Exit(error instanceof Error ? error.message : String(error));
  });
  progress.finish();
  if (copy.files.length === 0) throw none;
  return copy;
}

async function copiedKeys(from: string, into: string): Promise<string[]> {
  const names = existsSync(from) ? await copyKeys(from, into) : [];
  if (names.length === 0) {
    throw new Exit(`The key folder ${from} holds no keys. Does PORTBOOK_KEYS name the right one?`);
  }
  return names;
}

interface Made {
  readonly listed: Manifest;
  readonly copy: LogCopy;
  readonly log: StagedFolder;
  readonly keys: StagedFolder | undefined;
}

async function report({ listed, copy, log, keys }: Made): Promise<void> {
  const { length } = listed.files;
  const size = `${length} ${length === 1 ? 'file' : 'files'}, ${megabytes(bytesOf(listed))} MB`;
  const lines = [
    `The event log up to position ${listed.lastPosition} (${size}) is in ${log.target}.`,
  ];
  if (keys) lines.push(`The keys are in ${keys.target}. Keep them apart.`);
  lines.push('The views are not part of it: they are built anew from the log.');
  await print(lines.join('\n'));
  if (copy.leftOut > 0) {
    const what = `The last ${copy.leftOut} bytes of the log hold no whole record`;
    process.stderr.write(`${what}: nobody was told that it is stored, and it is left out.\n`);
  }
  if (!keys) {
    process.stderr.write(
      'WARNING: the keys are not in this backup. Without them the personal content in it can never be\n' +
        'opened again. Back them up with --keys <dir>, to another place.\n',
    );
  }
}
