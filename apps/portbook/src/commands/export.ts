import { Command } from 'commander';
import { askApi, type ConnectionOptions, problemText } from '../api-client.js';
import { connectionOptions, positionOption } from '../options.js';
import { Exit } from '../exit.js';
import { openSink } from '../output.js';

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
    const decoder = new TextDecoder();
    let lines = 0;
    for await (const chunk of response.body) {
      const text = decoder.decode(chunk as Uint8Array, { stream: true });
      lines += text.split('\n').length - 1;
      await sink.write(text);
    }
    await sink.end();
    if (options.out !== undefined) {
      process.stderr.write(`${lines} events written to ${options.out}.\n`);
    }
  });
}
