import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Security } from '#libs/event-node';
import { type Environment, type LogLevel, readLogLevel, readSettings } from '#libs/settings';

export const HELP = `The embedded event node: an event store that speaks the EventStoreDB gRPC streams protocol.

Usage: event-node [--folder <folder>] [--host <host>] [--port <port>] [--advertise-host <name>]
                  [--keys <folder> | --plaintext] [--allow-delete]
       event-node --add-user <name> [--keys <folder>]

  --folder <folder>  where the events are kept, made where it is missing; the folder "events" of
                     PORTBOOK_DATA by default
  --host <host>      the address to listen on, 127.0.0.1 by default
  --advertise-host <name>
                     the name or address by which clients on other machines reach it, where that
                     is not <host>: the certificate holds it, and cluster discovery names it
  --port <port>      the port to listen on, EVENT_NODE_PORT by default; 0 takes a free one
  --keys <folder>    where the certificate, the credential of this machine's programs and the users
                     are kept, made where they are missing; the folder "event-node" of PORTBOOK_KEYS
                     by default
  --plaintext        neither TLS nor users, as with EVENT_NODE_TLS=off: every user of this machine
                     may read and append; on a loopback address only, and not in production
  --allow-delete     streams may be deleted; otherwise that is refused
  --add-user <name>  adds a user, or changes the password, which is the first line of the standard
                     input; a node that runs takes it up at its next start
  --help             prints this text

Clients connect with esdb://<username>:<password>@<host>:<port>?tls=true&tlsCAFile=<certificate>,
or with esdb://<host>:<port>?tls=false where the node runs with --plaintext.`;

export interface Arguments {
  readonly folder: string;
  readonly host: string;
  readonly advertiseHost?: string;
  readonly port: number;
  readonly security: Security;
  readonly allowsDelete: boolean;
  readonly logLevel: LogLevel;
}

export interface AddUser {
  readonly addUser: string;
  readonly keys: string;
}

/** What the command line and the environment ask for. Throws an error that says what to correct. */
export function readArguments(
  commandLine: readonly string[],
  environment: Environment,
): Arguments | AddUser | 'help' {
  const { values } = parseArgs({
    args: [...commandLine],
    options: {
      folder: { type: 'string' },
      host: { type: 'string' },
      'advertise-host': { type: 'string' },
      port: { type: 'string' },
      keys: { type: 'string' },
      plaintext: { type: 'boolean', default: false },
      'allow-delete': { type: 'boolean', default: false },
      'add-user': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return 'help';
  if (values.folder === '') throw new Error('--folder is empty. Say where the events are kept.');
  if (values.keys === '') throw new Error('--keys is empty. Say where the certificate is kept.');
  const addUser = values['add-user'];
  if (addUser !== undefined) return { addUser, keys: keysFolder(values.keys, environment) };
  const advertiseHost = values['advertise-host'];
  if (advertiseHost !== undefined && !isHost(advertiseHost)) {
    throw new Error(`--advertise-host ${advertiseHost}: allowed is the name or address of a host.`);
  }
  return {
    folder: values.folder ?? join(readSettings(environment).dataDir, 'events'),
    host: values.host ?? '127.0.0.1',
    ...(advertiseHost !== undefined && { advertiseHost }),
    port: values.port === undefined ? readSettings(environment).eventNodePort : portOf(values.port),
    security: securityOf(values, environment),
    allowsDelete: values['allow-delete'],
    logLevel: readLogLevel(environment),
  };
}

function securityOf(
  { plaintext, keys }: { readonly plaintext: boolean; readonly keys?: string | undefined },
  environment: Environment,
): Security {
  if (plaintext && keys !== undefined) {
    throw new Error('--plaintext needs no --keys. Leave one of them out.');
  }
  if (plaintext && environment['NODE_ENV'] === 'production') {
    throw new Error('--plaintext is not allowed where NODE_ENV=production. Leave it out.');
  }
  if (plaintext) return 'plaintext';
  if (keys === undefined && !readSettings(environment).eventNodeTls) return 'plaintext';
  return { keys: keysFolder(keys, environment) };
}

function keysFolder(given: string | undefined, environment: Environment): string {
  return given === undefined
    ? join(readSettings(environment).keysDir, 'event-node')
    : resolve(given);
}

/** Every address is none that a client can connect to. */
function isHost(text: string): boolean {
  if (isIP(text) !== 0) return text !== '0.0.0.0' && text !== '::';
  return /^(?=.{1,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/i.test(text) && !/^[\d.]+$/.test(text);
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new Error(`--port ${text}: allowed is a whole number from 0 to 65535.`);
}
