import { constants, readSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteSource } from '#libs/command-handling';

/** A file on this disk that only this process reads, and that is gone when it ends, however it ends. */
export interface Spool extends ByteSource {
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** The owner alone may read it: it holds personal content in clear. */
const MODE = 0o600;
const NAME = 'import.ndjson';

/**
 * Opens an empty file in the folder and takes its name away at once: its bytes live as long as it is open,
 * so that not even a process that is killed leaves any of them behind.
 */
export async function openSpool(folder: string): Promise<Spool> {
  const path = join(folder, NAME);
  // Only a process that ended between the two calls below can have left one, and that is empty.
  await rm(path, { force: true });
  const { O_RDWR, O_CREAT, O_EXCL } = constants;
  const file = await open(path, O_RDWR | O_CREAT | O_EXCL, MODE);
  await rm(path);
  let buffer = Buffer.alloc(64 * 1024);
  return {
    write: async (chunk) => {
      for (let at = 0; at < chunk.length;) {
        at += (await file.write(chunk, at)).bytesWritten;
      }
    },
    read: (offset, length) => {
      if (buffer.length < length) buffer = Buffer.alloc(length);
      // From the page cache, mostly: a call that waits would cost many times what the read takes.
      const read = readSync(file.fd, buffer, 0, length, offset);
      if (read < length) throw new Error(`The file of the import ends at ${offset + read}.`);
      return buffer.subarray(0, length);
    },
    close: () => file.close(),
  };
}
