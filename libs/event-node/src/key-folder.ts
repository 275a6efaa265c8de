import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** What others than the owner may do, in a mode. */
const OF_OTHERS = 0o077;

/** A folder of secrets: nobody but its owner may enter it, or read or change what lies in it. */
export class KeyFolder {
  /** Makes the folder where there is none. Throws where others may enter it. */
  constructor(readonly path: string) {
    mkdirSync(path, { recursive: true, mode: FOLDER_MODE });
    refuseWhereOthersMay(path, statSync(path), FOLDER_MODE);
  }

  pathOf(name: string): string {
    return join(this.path, name);
  }

  /** The text of a file; undefined where there is none. Throws where others may read or change it. */
  read(name: string): string | undefined {
    const path = this.pathOf(name);
    const file = openedIfThere(path);
    if (file === undefined) return undefined;
    try {
      refuseWhereOthersMay(path, fstatSync(file), FILE_MODE);
      return readFileSync(file, 'utf8');
    } finally {
      closeSync(file);
    }
  }

  /** What a JSON file holds; undefined where there is none. Throws, without its content, where it is none. */
  readJson(name: string): unknown {
    const text = this.read(name);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      // A parser's message would repeat what stands in the file.
      throw new Error(`${this.pathOf(name)} is not JSON. Mend it, or remove it.`);
    }
  }

  /** Puts a file in the place of the one before, whole, and on disk when it returns. */
  write(name: string, text: string): void {
    const draft = this.pathOf(`${name}.new`);
    rmSync(draft, { force: true });
    writeFileSync(draft, text, { mode: FILE_MODE, flag: 'wx', flush: true });
    renameSync(draft, this.pathOf(name));
    const folder = openSync(this.path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }
}

function openedIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The owner may always let others in: that must be nobody else than who runs the node. */
function refuseWhereOthersMay(path: string, { mode, uid }: Stats, wanted: number): void {
  const user = process.getuid?.() ?? uid;
  if (uid !== user) {
    throw new Error(
      `${path}, which holds secrets, belongs to user ${String(uid)}, and the event node is run by user ` +
        `${String(user)}. Run it as its owner, or: chown -R ${String(user)} '${path}'`,
    );
  }
  const granted = mode & 0o777;
  if ((granted & OF_OTHERS) === 0) return;
  throw new Error(
    `Others than the owner may use ${path} (mode ${octal(granted)}), which holds secrets. ` +
      `Run: chmod ${octal(wanted)} '${path}'`,
  );
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
