import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const PEOPLE = 60;
const RETRY_MS = 200;

/** Imports history files by the command line, each again and again until it is in. */
export class Clerk {
  /** Ids of the events of all files that were imported. */
  readonly imported: string[] = [];
  /** How often an import had to be started again. */
  repeated = 0;

  /** Not on the disk of the system, which may be full just then. */
  readonly #files = mkdtempSync(join(tmpdir(), 'portbook-histories-'));

  constructor(private readonly dataDir: string) {}

  /** Other people for each seed. */
  async import(seed: number): Promise<void> {
    const file = join(this.#files, `history-${seed}.ndjson`);
    const people = ['--people', String(PEOPLE), '--seed', String(seed), '--until', '2003-11-20'];
    const made = await this.#portbook('history', 'generate', ...people, '--out', file);
    if (made.code !== 0) throw new Error(`No history could be made: ${made.printed}`);
    for (;;) {
      const { code, printed } = await this.#portbook('import', file);
      if (code === 0) break;
      if (/\bline \d+/i.test(printed)) throw new Error(`A line was refused: ${printed}`);
      this.repeated += 1;
      await wait(RETRY_MS);
    }
    for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
      this.imported.push((JSON.parse(line) as { readonly id: string }).id);
    }
  }

  remove(): void {
    rmSync(this.#files, { recursive: true });
  }

  #portbook(...args: readonly string[]): Promise<{ code: number; printed: string }> {
    return new Promise((resolve) => {
      const env = { PATH: process.env['PATH'], PORTBOOK_DATA: this.dataDir };
      execFile(process.execPath, ['bin/portbook.js', ...args], { env }, (error, out, told) => {
        resolve({ code: error ? 1 : 0, printed: out + told });
      });
    });
  }
}
