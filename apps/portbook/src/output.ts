import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Exit } from './exit.js';

/** Where a command's result goes: a file, or stdout. */
export interface Sink {
  readonly write: (text: string) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Opens `--out FILE`, or stdout where no file is named; writing waits for a slow reader. */
export async function openSink(file: string | undefined): Promise<Sink> {
  if (file === undefined) {
    return { write: (text) => written(process.stdout, text), end: () => Promise.resolve() };
  }
  const stream = createWriteStream(file);
  try {
    await once(stream, 'open');
  } catch (error) {
    throw new Exit(`${file} cannot be written (${error instanceof Error ? error.message : ''}).`);
  }
  return {
    write: (text) => written(stream, text),
    end: async () => {
      stream.end();
      await once(stream, 'finish');
    },
  };
}

async function written(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}

export async function print(text: string): Promise<void> {
  await written(process.stdout, text.endsWith('\n') ? text : `${text}\n`);
}

export async function printJson(value: unknown): Promise<void> {
  await print(JSON.stringify(value, null, 2));
}

/** Columns as wide as their widest cell, two spaces apart. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, cell.length)));
  }
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
