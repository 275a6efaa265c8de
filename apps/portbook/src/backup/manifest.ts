import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, constants, copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Exit } from '../exit.js';
import { megabytes, progressReporter } from '../progress.js';
import { errorCode } from './error-code.js';

/** What a folder of a backup holds. */
export type Content = 'event log' | 'keys';

interface FileEntry {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** `backup.json`, the list of a backup: read for as long as there are backups. */
export interface Manifest {
  readonly format: 'portbook-backup-1';
  readonly content: Content;
  /** A UTC instant. */
  readonly madeAt: string;
  /** Of the last event in the log; keys are those of all registrants up to there. */
  readonly lastPosition: string;
  readonly files: readonly FileEntry[];
}

const MANIFEST = 'backup.json';
const FORMAT = 'portbook-backup-1';
const FILE_MODE = 0o600;

/** Writes the list of files that lie in the folder beside them, and answers it. */
export async function writeManifest(
  folder: string,
  told: Pick<Manifest, 'content' | 'lastPosition'> & { readonly files: readonly string[] },
): Promise<Manifest> {
  const files: FileEntry[] = [];
  for (const name of told.files) files.push(await entryOf(folder, name));
  const madeAt = new Date().toISOString();
  const manifest: Manifest = { format: FORMAT, ...told, madeAt, files };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeFile(join(folder, MANIFEST), text, { mode: FILE_MODE });
  return manifest;
}

export interface Backup {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** A backup and its list. Ends the program where the folder has none, or one that cannot be trusted. */
export async function readBackup(folder: string, content: Content): Promise<Backup> {
  const file = join(folder, MANIFEST);
  let manifest: unknown;
  try {
    manifest = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Exit(`${file} is damaged: it is not JSON.`);
    throw new Exit(
      `${folder} holds no whole backup: ${file} cannot be read (${errorCode(error)}).`,
    );
  }
  if (!isManifest(manifest)) {
    throw new Exit(`${file} is damaged, or of a version of Portbook that this one does not know.`);
  }
  if (manifest.content !== content) {
    throw new Exit(`${folder} is a backup of the ${manifest.content}, not of the ${content}.`);
  }
  return { folder, manifest };
}

/** Copies the listed files, and ends the program where a copy is not what the list says, naming it. */
export async function copyListed({ folder: from, manifest }: Backup, into: string): Promise<void> {
  for (const { name, bytes } of manifest.files) {
    const size = await sizeOf(join(from, name));
    if (size !== bytes) {
      throw damaged(join(from, name), `it has ${size} bytes, and the backup was made of ${bytes}`);
    }
  }
  for (const { name, sha256 } of manifest.files) {
    await copyFile(join(from, name), join(into, name), constants.COPYFILE_FICLONE);
    await chmod(join(into, name), FILE_MODE);
    const copy = await entryOf(into, name);
    if (copy.sha256 !== sha256) {
      throw damaged(join(from, name), 'its SHA-256 is not the one that the backup was made with');
    }
  }
}

export function bytesOf({ files }: Manifest): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

async function entryOf(folder: string, name: string): Promise<FileEntry> {
  const hash = createHash('sha256');
  const progress = progressReporter(`MB of ${name} hashed`);
  const stream = createReadStream(join(folder, name), { highWaterMark: BYTES_READ_AT_ONCE });
  const { size } = await stat(join(folder, name));
  for await (const chunk of stream) {
    hash.update(chunk as Buffer);
    progress.report(megabytes(stream.bytesRead), megabytes(size));
  }
  progress.finish();
  return { name, bytes: stream.bytesRead, sha256: hash.digest('hex') };
}

const BYTES_READ_AT_ONCE = 1024 * 1024;

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw damaged(file, `it cannot be read (${errorCode(error)})`);
  }
}

function damaged(file: string, finding: string): Exit {
  return new Exit(`${file} is damaged: ${finding}. Nothing was restored; use another backup.`);
}

function isManifest(value: unknown): value is Manifest {
  if (!isObject(value)) return false;
  const { format, content, madeAt, lastPosition, files } = value;
  return (
    format === FORMAT &&
    (content === 'event log' || content === 'keys') &&
    typeof madeAt === 'string' &&
    typeof lastPosition === 'string' &&
    /^\d{1,16}$/.test(lastPosition) &&
    Array.isArray(files) &&
    files.length > 0 &&
    files.every(isFileEntry)
  );
}

/** A name with a path in it could lead out of the folder. */
function isFileEntry(value: unknown): value is FileEntry {
  if (!isObject(value)) return false;
  const { name, bytes, sha256 } = value;
  return (
    typeof name === 'string' &&
    /^\w[\w.-]*$/.test(name) &&
    Number.isSafeInteger(bytes) &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
