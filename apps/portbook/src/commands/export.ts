import { Command } from 'commander';
import { askApi, type ConnectionOptions, problemText } from '../api-client.js';
import { connectionOptions, positionOption } from '../options.js';
import { Exit } from '../exit.js';
import { openSink, type Sink } from '../output.js';

interface ExportOptions extends ConnectionOptions {
  readonly from?: string;
  readonly out?: string;
}

/** `portbook export`: the registry log as a history file, personal content encrypted as it is stored. */
export function exportCommand(): Command {
  const command = new Command('export')
    .description('write the registry log as a history file; personal content stays encrypted')
    .addOption(positionOption('--from <position>', 'begin after this position of the log'))
    .option('--out <file>', 'write to this file instead of stdout');
  return connectionOptions(command).action(async (options: ExportOptions) => {
    const query = options.from === undefined ? '' : `?from=${options.from}`;
    const request = { method: 'GET', path: `/api/export${query}`, role: 'operator' } as const;
    const response = await askApi(request, options);
    if (!response.ok || !response.body) {
      throw new Exit(problemText(response.status, await response.text()));
    }
    const sink = await openSink(options.out);
    const lines = await copied(response.body, sink);
    await sink.end();
    if (options.out !== undefined) {
      process.stderr.write(`${lines} events written to ${options.out}.\n`);
    }
  });
}

/** How many lines there were. The API breaks off at an event that it cannot read: so does the export. */
async function copied(body: ReadableStream<Uint8Array>, sink: Sink): Promise<number> {
  const decoder = new TextDecoder();
  const chunks = body[Symbol.asyncIterator]();
  let lines = 0;
  for (;;) {
    const next = await chunks.next().catch(() => undefined);
    if (next === undefined) {
      throw new Exit(
        `The answer broke off after ${lines} events: what was written is not the whole log. ` +
          'What the API has printed says why.',
      );
    }
    if (next.done === true) return lines;
    const text = decoder.decode(next.value, { stream: true });
    lines += text.split('\n').length - 1;
    await sink.write(text);
  }
}
