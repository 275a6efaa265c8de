import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { endianness } from 'node:os';

/*
 * What LMDB reads before anything else: two meta pages, one for each of the last two commits.
 *   18  flags of the page   2 bytes
 *   24  magic               4 bytes
 *   28  version             4 bytes
 *   48  size of a page      4 bytes
 *  144  last page in use    8 bytes
 * Integers are in the byte order of the machine.
 */
const META_BYTES = 152;
const FLAGS_AT = 18;
const MAGIC_AT = 24;
const VERSION_AT = 28;
const PAGE_BYTES_AT = 48;
const LAST_PAGE_AT = 144;

const IS_META = 8;
const MAGIC = 0xbe_ef_c0_de;
const VERSION = 2;
const PAGE_BYTES_MIN = 512;
const PAGE_BYTES_MAX = 65_536;
const LITTLE = endianness() === 'LE';

/**
 * What is wrong with a file that LMDB is to open; undefined where nothing is, or where there is no file.
 * LMDB maps its file into memory, so that one that was cut off, or is none of its own, ends the process
 * without a word. Only its length and its beginning are looked at.
 */
export function flawOfLmdbFile(path: string): string | undefined {
  const file = openedIfThere(path);
  if (file === undefined) return undefined;
  try {
    const { size } = fstatSync(file);
    // One that was only just made.
    if (size === 0) return undefined;
    const first = metaAt(file, 0);
    const second = first && metaAt(file, first.pageBytes);
    if (first === undefined || second === undefined) return 'it does not begin as it must';
    const bytes = Math.max(first.fileBytes, second.fileBytes);
    return size < bytes ? `it has ${String(size)} bytes instead of ${String(bytes)}` : undefined;
  } finally {
    closeSync(file);
  }
}

/** Throws where it may not be written to: LMDB would not survive that either. */
function openedIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

interface Meta {
  readonly pageBytes: number;
  /** How long the file must be. */
  readonly fileBytes: number;
}

function metaAt(file: number, at: number): Meta | undefined {
  const meta = new DataView(new ArrayBuffer(META_BYTES));
  if (readSync(file, meta, 0, META_BYTES, at) < META_BYTES) return undefined;
  const pageBytes = meta.getUint32(PAGE_BYTES_AT, LITTLE);
  const isOne =
    meta.getUint16(FLAGS_AT, LITTLE) === IS_META &&
    meta.getUint32(MAGIC_AT, LITTLE) === MAGIC &&
    meta.getUint32(VERSION_AT, LITTLE) === VERSION &&
    pageBytes >= PAGE_BYTES_MIN &&
    pageBytes <= PAGE_BYTES_MAX;
  if (!isOne) return undefined;
  const lastPage = Number(meta.getBigUint64(LAST_PAGE_AT, LITTLE));
  return { pageBytes, fileBytes: (lastPage + 1) * pageBytes };
}
