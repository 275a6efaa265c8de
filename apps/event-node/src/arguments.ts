import { parseArgs } from 'node:util';

export const HELP = `The embedded event node: an event store that speaks the EventStoreDB gRPC streams protocol.

Usage: event-node --folder <folder> [--host <host>] [--port <port>]

  --folder <folder>  where the events are kept; made where it is missing    (PORTBOOK_EVENT_FOLDER)
  --host <host>      the address to listen on, 127.0.0.1 by default         (PORTBOOK_EVENT_HOST)
  --port <port>      the port to listen on; 0, the default, takes a free one (PORTBOOK_EVENT_PORT)
  --help             prints this text

An argument goes before its environment variable. There is no authentication: listen on the loopback
address only. Clients connect with esdb://<host>:<port>?tls=false.`;

export interface Arguments {
  readonly folder: string;
  readonly host: string;
  readonly port: number;
}

/** What the command line and the environment ask for. Throws an error that says what to correct. */
export function readArguments(
  commandLine: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Arguments | 'help' {
  const { values } = parseArgs({
    args: [...commandLine],
    options: {
      folder: { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return 'help';
  const folder = values.folder ?? environment['PORTBOOK_EVENT_FOLDER'] ?? '';
  if (folder === '') throw new Error('Say where the events are kept: --folder <folder>');
  return {
    folder,
    host: values.host ?? environment['PORTBOOK_EVENT_HOST'] ?? '127.0.0.1',
    port: portNumber(values.port ?? environment['PORTBOOK_EVENT_PORT'] ?? '0'),
  };
}

function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new Error(`The port is a number from 0 to 65535, not "${text}"`);
}
