import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCodec, type RegistrantKeys, type StoredEvent } from '#libs/event-log';
import { type EventMetadata, type EventTable, eventId } from '#libs/kernel';

const FOLDER = join(import.meta.dirname, 'golden');

type Json = Readonly<Record<string, unknown>>;

/** One event as it was written once. `stored` and `data` never change again, whatever comes. */
interface GoldenExample {
  readonly name: string;
  /** In clear, in the shape of the file's version. */
  readonly data: Json;
  /** What it is read as today; absent where that is `data`. */
  readonly today?: Json;
  readonly metadata: EventMetadata;
  /** The bytes of the log: canonical JSON, personal content encrypted under the golden key. */
  readonly stored: { readonly data: string; readonly metadata: string };
}

/** All that is known of one version of one event type. */
export interface GoldenFile {
  readonly type: string;
  readonly version: number;
  readonly stream: string;
  /** What has happened when there is such an event, in a sentence. */
  readonly about: string;
  /** The command by which it comes about; absent where none does. */
  readonly command?: string;
  /** One with every field that may be there together, one with as few as may be, and what else is needed. */
  readonly examples: readonly GoldenExample[];
}

export function readGoldenFiles(): readonly GoldenFile[] {
  return goldenFileNames().map(
    (name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as GoldenFile,
  );
}

export function goldenFileNames(): readonly string[] {
  return readdirSync(FOLDER).sort();
}

export function goldenFileName({ type, version }: Pick<GoldenFile, 'type' | 'version'>): string {
  const kebab = type.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
  return `${kebab}.v${String(version)}.json`;
}

/** The name of the file of each version that each type ever had. */
export function expectedFileNames(tables: readonly EventTable[]): readonly string[] {
  return tables
    .flatMap((table) => Object.entries(table))
    .flatMap(([type, row]) =>
      Array.from({ length: row.version }, (_, at) => goldenFileName({ type, version: at + 1 })),
    )
    .sort();
}

/** The event of an example as it lies in the store. */
export function storedEvent(
  { type, version, stream }: GoldenFile,
  { name, stored }: GoldenExample,
): StoredEvent {
  return {
    ...{ id: eventId('golden', type, version, name), stream, type, revision: 0, position: 1 },
    data: JSON.parse(stored.data) as unknown,
    metadata: JSON.parse(stored.metadata) as unknown,
  };
}

/** It protects nothing: under it the invented content of the golden files can be opened for ever. */
const GOLDEN_KEY = Uint8Array.from({ length: 32 }, (_, at) => at);

export const goldenKeys: RegistrantKeys = {
  find: () => GOLDEN_KEY,
  getOrCreate: (ids) => Promise.resolve(new Map(ids.map((id) => [id, GOLDEN_KEY]))),
  problem: () => Promise.resolve(undefined),
  close: () => Promise.resolve(),
};

/** Writes the stored form into files that lack it, as a new one does; what is there is left as it is. */
export async function fillInStoredForms(tables: readonly EventTable[]): Promise<void> {
  const codec = createCodec(tables, goldenKeys);
  for (const file of readGoldenFiles()) {
    const examples: GoldenExample[] = [];
    for (const example of file.examples) {
      const { name, data, metadata } = example;
      const id = eventId('golden', file.type, file.version, name);
      const event = { id, type: file.type, data, metadata };
      const [encoded] = 'stored' in example ? [] : await codec.encode(file.stream, [event]);
      const stored = encoded && { data: encoded.data, metadata: encoded.metadata };
      examples.push({ ...example, ...(stored && { stored }) });
    }
    const text = `${JSON.stringify({ ...file, examples }, null, 2)}\n`;
    writeFileSync(join(FOLDER, goldenFileName(file)), text);
  }
}
