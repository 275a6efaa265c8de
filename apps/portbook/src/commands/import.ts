import { Command } from 'commander';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { askApi, type ConnectionOptions, problemText } from '../api-client.js';
import { Exit, wrongUse } from '../exit.js';
import { linesOf } from '../lines.js';
import { connectionOptions } from '../options.js';
import { print } from '../output.js';
import { megabytes, type Progress, progressReporter } from '../progress.js';

interface ImportOptions extends ConnectionOptions {
  readonly skipInvalid?: boolean;
}

/** `portbook import FILE`: appends a history file; a repetition appends nothing, and a broken one goes on. */
export function importCommand(): Command {
  const command = new Command('import')
    .description('check every line of a history file, then append what is new to the registry log')
    .argument('<file>', 'the history file (NDJSON)')
    .option('--skip-invalid', 'leave bad lines out, and what cannot follow without them');
  return connectionOptions(command).action(importFile);
}

const INTERRUPTED = 130;
const GO_ON = 'What was appended stays; run the same command again, and it goes on from there.';

async function importFile(file: string, options: ImportOptions): Promise<void> {
  const { size } = await sizeOf(file);
  const stopping = stopWhenTold();
  try {
    const request = {
      method: 'POST',
      path: `/api/import${options.skipInvalid ? '?skipInvalid=true' : ''}`,
      role: 'operator',
      headers: { 'content-type': 'application/x-ndjson' },
      body: sent(file, size),
      signal: stopping,
    } as const;
    const response = await askApi(request, options);
    if (!response.ok || !response.body) {
      throw new Exit(problemText(response.status, await response.text()));
    }
    await report(await resultIn(response.body, stopping), file);
  } catch (error) {
    if (!stopping.aborted) throw error;
    process.stderr.write(`Stopped. ${GO_ON}\n`);
    process.exitCode = INTERRUPTED;
  }
}

/** The first signal ends the import in order, which the API does when nobody listens any more. */
function stopWhenTold(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopping.abort();
    });
  }
  return stopping.signal;
}

async function sizeOf(file: string): Promise<{ readonly size: number }> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw wrongUse(`${file} is a folder: name a history file.`);
    return found;
  } catch (error) {
    if (error instanceof Exit) throw error;
    throw wrongUse(`The file ${file} cannot be read.`);
  }
}

/** The bytes of the file, as they are sent. */
async function* sent(file: string, size: number): AsyncGenerator<Uint8Array, void> {
  const progress = progressReporter('MB sent');
  const stream = createReadStream(file, { highWaterMark: BYTES_AT_ONCE });
  try {
    for await (const chunk of stream) {
      yield chunk as Buffer;
      // Of a pipe nobody knows how long it is.
      progress.report(megabytes(stream.bytesRead), size > 0 ? megabytes(size) : undefined);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === undefined ? error : new Exit(`The file ${file} cannot be read (${code}).`);
  } finally {
    progress.finish();
  }
}

const BYTES_AT_ONCE = 256 * 1024;

/** A line of the answer. */
interface AnswerLine {
  readonly phase?: keyof typeof units;
  readonly done?: number;
  readonly of?: number;
  readonly result?: ImportResult;
  readonly problem?: { readonly status: number };
}

interface ImportResult {
  readonly adopted: boolean;
  readonly appended: number;
  readonly alreadyThere: number;
  readonly passedOver: number;
  readonly skipped: number;
  readonly skippedLines: readonly { readonly line: number; readonly problem: string }[];
  readonly unopened: number;
  readonly position?: string;
}

const units = {
  check: 'lines checked',
  compare: 'events of the log compared',
  append: 'lines in the log',
} as const;

/** Says how far it is, until the result comes. Ends the program with the problem, or where nothing comes. */
async function resultIn(
  body: AsyncIterable<Uint8Array>,
  stopping: AbortSignal,
): Promise<ImportResult> {
  let phase: string | undefined;
  let progress: Progress | undefined;
  try {
    for await (const text of linesOf(body)) {
      const line = JSON.parse(text) as AnswerLine;
      if (line.result) return line.result;
      if (line.problem)
        throw new Exit(problemText(line.problem.status, JSON.stringify(line.problem)));
      if (line.phase === undefined || line.done === undefined) continue;
      if (line.phase !== phase) {
        progress?.finish();
        progress = progressReporter(units[line.phase]);
        phase = line.phase;
      }
      progress?.report(line.done, line.of);
    }
  } catch (error) {
    stopping.throwIfAborted();
    if (error instanceof Exit) throw error;
  } finally {
    progress?.finish();
  }
  throw new Exit(`The answer broke off: the API has ended, or cannot be reached. ${GO_ON}`);
}

async function report(result: ImportResult, file: string): Promise<void> {
  const { adopted, appended, alreadyThere, passedOver, skipped, skippedLines, unopened } = result;
  for (const { line, problem } of skippedLines) {
    process.stderr.write(`line ${line}: ${problem}\n`);
  }
  if (skipped > skippedLines.length) {
    process.stderr.write(`… and ${skipped - skippedLines.length} more lines.\n`);
  }
  const upTo = result.position === undefined ? '' : `, up to position ${result.position}`;
  const lines = [
    appended === 0 ? `Nothing of ${file} is new.` : `${appended} events appended${upTo}.`,
    ...(alreadyThere > 0 ? [`${alreadyThere} were there already.`] : []),
    ...(skipped > 0 ? [`${skipped} bad lines were left out.`] : []),
    ...(passedOver > 0
      ? [
          `${passedOver} lines tell of the registry they come from (its days and imports): passed over.`,
        ]
      : []),
    ...(unopened > 0
      ? [`${unopened} hold personal content that cannot be opened: its keys are not here.`]
      : []),
    ...(adopted && appended > 0
      ? ['The registry had nobody: the times of the file were adopted.']
      : []),
  ];
  await print(lines.join('\n'));
}
