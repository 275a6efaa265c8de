import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readSettings, type Environment } from '#libs/settings';

export const HELP = `The embedded event node: an event store that speaks the EventStoreDB gRPC streams protocol.

Usage: event-node [--folder <folder>] [--host <host>] [--port <port>]

  --folder <folder>  where the events are kept, made where it is missing; the folder "events" of
                     PORTBOOK_DATA by default
  --host <host>      the address to listen on, 127.0.0.1 by default; there is no authentication yet,
                     so any other lets everybody who reaches it read and append
  --port <port>      the port to listen on, EVENT_NODE_PORT by default; 0 takes a free one
  --help             prints this text

Clients connect with esdb://<host>:<port>?tls=false.`;

export interface Arguments {
  readonly folder: string;
  readonly host: string;
  readonly port: number;
}

/** What the command line and the environment ask for. Throws an error that says what to correct. */
export function readArguments(
  commandLine: readonly string[],
  environment: Environment,
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
  if (values.folder === '') throw new Error('--folder is empty. Say where the events are kept.');
  return {
    folder: values.folder ?? join(readSettings(environment).dataDir, 'events'),
    host: values.host ?? '127.0.0.1',
    port: values.port === undefined ? readSettings(environment).eventNodePort : portOf(values.port),
  };
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new Error(`--port ${text}: allowed is a whole number from 0 to 65535.`);
}
