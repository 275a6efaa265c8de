import * as values from './values.js';

/** One environment variable: what the documentation says of it and how its text is read. */
export interface SettingRow<Value = unknown> {
  readonly about: string;
  /** The text that holds where the variable is not set, or in words what then happens. */
  readonly fallback: { readonly text: string } | { readonly words: string };
  /** In words what is allowed, as it stands in an error. */
  readonly allowed: string;
  readonly read: values.Reader<Value>;
}

function row<Value>(is: SettingRow<Value>): SettingRow<Value> {
  return is;
}

/** Every variable that this version knows; the documentation is made from it. */
export const settingsTable = {
  HOST: row({
    about: 'The address on which the API listens.',
    fallback: { text: '127.0.0.1' },
    allowed: 'a host name or an IP address',
    read: values.hostName,
  }),
  PORT: row({
    about: 'The port on which the API listens; 0 takes any free one (see `run.json`).',
    fallback: { text: '3000' },
    allowed: 'a whole number from 0 to 65535',
    read: values.portNumber,
  }),
  PORTBOOK_DATA: row({
    about: 'The folder that holds the log, the views, `run.json` and, unless told, the keys.',
    fallback: { text: './data' },
    allowed: 'a folder',
    read: values.anyText,
  }),
  PORTBOOK_KEYS: row({
    about:
      'The folder of the keys of registrants, of the development issuer and of the event node (mode 0700).',
    fallback: { words: '`keys` in `PORTBOOK_DATA`' },
    allowed: 'a folder',
    read: values.anyText,
  }),
  EVENTSTORE_URL: row({
    about: 'An EventStoreDB or KurrentDB to use instead of the embedded event node.',
    fallback: { words: 'the embedded event node' },
    allowed: 'esdb://… or esdb+discover://…',
    read: values.eventStoreUrl,
  }),
  EVENTSTORE_CREDENTIALS_FILE: row({
    about:
      'A file with the username and the password for that database, so that neither stands in the ' +
      'environment: `{"username": "…", "password": "…"}`.',
    fallback: { words: 'the credentials in `EVENTSTORE_URL`, if any' },
    allowed: 'a file, together with an EVENTSTORE_URL that has TLS and no credentials',
    read: values.anyText,
  }),
  EVENT_NODE_PORT: row({
    about: 'The loopback port of the embedded event node; 0 chooses one at each start.',
    fallback: { text: '0' },
    allowed: 'a whole number from 0 to 65535',
    read: values.portNumber,
  }),
  EVENT_NODE_TLS: row({
    about:
      'Whether the embedded event node asks for TLS and a credential; `off` lets every user of this ' +
      'machine read and append.',
    fallback: { text: 'on' },
    allowed: 'on or off; in production (NODE_ENV=production) not off',
    read: values.oneOf(['on', 'off']),
  }),
  MONGODB_URI: row({
    about:
      'A MongoDB that keeps the views instead of the folder `views` in `PORTBOOK_DATA`. The database is ' +
      'the one that it names, else `portbook`; each registry needs one of its own.',
    fallback: { words: 'the embedded store' },
    allowed:
      'mongodb://… or mongodb+srv://…, with what is special in the username and the password encoded (@ as %40)',
    read: values.mongodbUri,
  }),
  MONGODB_WRITES_PER_COMMAND: row({
    about: 'How many documents one command writes to that MongoDB at most; 40 for a FerretDB 1.',
    fallback: { text: '500' },
    allowed: 'a whole number from 1 to 10000',
    read: values.writesPerCommand,
  }),
  PORTBOOK_SEED: row({
    about: 'What an empty log is filled with: the demo, the enacted policy alone, or nothing.',
    fallback: { words: '`demo`; where `NODE_ENV=production`: `none`' },
    allowed: 'demo, timeline or none; in production not demo, which holds invented people',
    read: values.oneOf(values.seeds),
  }),
  PORTBOOK_TODAY: row({
    about:
      "The registry's day, for demonstration and training: it bounds legal days, and events are " +
      'recorded on it at the present UTC time.',
    fallback: { words: "the demo's day where the demo was seeded, else the UTC day" },
    allowed: 'a day that exists, YYYY-MM-DD; not in production (NODE_ENV=production)',
    read: values.civilDay,
  }),
  AUTH_ISSUER: row({
    about: 'The issuer (`iss`) that a token must name.',
    fallback: { text: 'portbook' },
    allowed: 'any text',
    read: values.anyText,
  }),
  AUTH_AUDIENCE: row({
    about: 'The audience (`aud`) that a token must name.',
    fallback: { text: 'portbook' },
    allowed: 'any text',
    read: values.anyText,
  }),
  AUTH_JWKS_URL: row({
    about: "Where the issuer's public keys (JWKS) are fetched.",
    fallback: { words: 'the development issuer, whose key lies in `PORTBOOK_KEYS`' },
    allowed: 'an https URL (http only to this machine), and not together with AUTH_JWKS_FILE',
    read: values.keySetUrl,
  }),
  AUTH_JWKS_FILE: row({
    about: "A file with the issuer's public keys (JWKS), read once at start.",
    fallback: { words: 'the development issuer, whose key lies in `PORTBOOK_KEYS`' },
    allowed: 'a file',
    read: values.anyText,
  }),
  LOG_LEVEL: row({
    about:
      'From which level on is logged: `info` tells each request, `warn` keeps a terminal quiet.',
    fallback: { text: 'info' },
    allowed: values.logLevels.join(', '),
    read: values.oneOf(values.logLevels),
  }),
  NODE_ENV: row({
    about: '`production` refuses what is meant for demonstration and development.',
    fallback: { words: 'not production' },
    allowed: 'any text',
    read: values.anyText,
  }),
} as const;

export type SettingName = keyof typeof settingsTable;
