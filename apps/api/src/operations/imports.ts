import { Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import {
  eventTables,
  HistoryIndex,
  importHistory,
  type ImportOutcome,
  type ImportProgress,
} from '#libs/command-handling';
import { type EventLog, HistoryLineReader, type RegistrantKeys } from '#libs/event-log';
import type { Actor } from '#libs/kernel';
import { Problem } from '#libs/web';
import { RegistryDay } from '../registry-day.js';
import { EVENT_LOG, REGISTRANT_KEYS, SPOOL_FOLDER } from '../tokens.js';
import { openSpool, type Spool } from './spool.js';

const GIBIBYTE = 1024 ** 3;
/** Six times a history of the whole programme at full size. */
const FILE_BYTES_MAX = 4 * GIBIBYTE;

export interface ImportOptions {
  readonly actor: Actor;
  readonly skipInvalid: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** A file that has come in whole, ready to be imported. */
export interface ReceivedHistory {
  readonly run: (options: ImportOptions) => Promise<ImportOutcome>;
  /** To be called in the end, whatever that is. */
  readonly release: () => Promise<void>;
}

/** Takes history files in, one at a time. */
@Injectable()
export class Imports {
  #running: { progress?: ImportProgress } | undefined;

  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(REGISTRANT_KEYS) private readonly keys: RegistrantKeys,
    @Inject(SPOOL_FOLDER) private readonly folder: string,
    private readonly day: RegistryDay,
  ) {}

  /** Reads the body to its end, aside. Throws the Problem where it may not, or cannot, come in. */
  async receive(body: IncomingMessage): Promise<ReceivedHistory> {
    refuseOtherForms(body);
    if (this.#running) throw importRunning(this.#running.progress);
    const running: { progress?: ImportProgress } = {};
    this.#running = running;
    let spool: Spool | undefined;
    const release = async (): Promise<void> => {
      this.#running = undefined;
      await spool?.close();
    };
    try {
      spool = await openSpool(this.folder);
      const reader = new HistoryLineReader(eventTables, this.keys);
      const index = new HistoryIndex(reader);
      await copy(body, spool, index);
      const source = spool;
      const deps = { log: this.log, keys: this.keys, reader, clock: this.day };
      const run = ({ onProgress, ...options }: ImportOptions): Promise<ImportOutcome> =>
        importHistory(deps, {
          ...options,
          index,
          source,
          onProgress: (progress) => {
            running.progress = progress;
            onProgress(progress);
          },
        });
      return { run, release };
    } catch (error) {
      await release();
      throw withoutRoom(error);
    }
  }
}

async function copy(body: IncomingMessage, spool: Spool, index: HistoryIndex): Promise<void> {
  let bytes = 0;
  for await (const piece of body) {
    const chunk = piece as Uint8Array;
    bytes += chunk.length;
    if (bytes > FILE_BYTES_MAX) throw tooLarge;
    await spool.write(chunk);
    index.write(chunk);
  }
  index.end();
}

function refuseOtherForms({ headers }: IncomingMessage): void {
  const type = headers['content-type']?.split(';')[0]?.trim();
  if (type === 'application/x-ndjson' && headers['content-encoding'] === undefined) return;
  throw new Problem({
    status: 415,
    code: 'NotNdjson',
    detail: 'The body must be a history file as it is: Content-Type: application/x-ndjson.',
  });
}

function importRunning(progress: ImportProgress | undefined): Problem {
  const { phase = 'receive', done, of } = progress ?? {};
  const amount = [done, of].filter((count) => count !== undefined).join(' of ');
  return new Problem({
    status: 409,
    code: 'ImportRunning',
    detail:
      `Another import is running (${phase}${amount && `: ${amount}`}). One file comes in at a time: ` +
      'send this one again when that has ended.',
  });
}

const tooLarge = new Problem({
  status: 413,
  code: 'BodyTooLarge',
  detail:
    `A history file may have at most ${FILE_BYTES_MAX / GIBIBYTE} GiB: divide it, with all lines of ` +
    'a person in one part.',
});

function withoutRoom(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new Problem({
    status: 507,
    code: 'NoRoom',
    detail: 'The data folder has no room for the file, which is kept there while it comes in.',
  });
}
