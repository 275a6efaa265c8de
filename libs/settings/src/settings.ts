import { join, resolve } from 'node:path';
import type { CivilDay } from '#libs/kernel';
import { settingsTable, type SettingName } from './table.js';
import {
  concealed,
  hasCredentials,
  hasTls,
  isLoopback,
  type LogLevel,
  type Seed,
} from './values.js';

export type { LogLevel, Seed } from './values.js';

/** Where the public keys come from by which tokens are checked. */
export type KeySource =
  | { readonly kind: 'url'; readonly url: URL }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'development' };

export interface Settings {
  readonly host: string;
  readonly port: number;
  /** Absolute, like every path here. */
  readonly dataDir: string;
  readonly keysDir: string;
  /** Absent: the embedded event node. */
  readonly eventStoreUrl?: string;
  /** Whose username and password go with `eventStoreUrl`. */
  readonly eventStoreCredentialsFile?: string;
  readonly eventNodePort: number;
  readonly eventNodeTls: boolean;
  /** Absent: the views are kept in the data folder. */
  readonly mongodb?: { readonly uri: string; readonly writesPerCommand: number };
  readonly seed: Seed;
  readonly today?: CivilDay;
  readonly auth: {
    readonly issuer: string;
    readonly audience: string;
    readonly keys: KeySource;
  };
  readonly logLevel: LogLevel;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown where the environment holds something that is not allowed; one line of the message for each. */
export class InvalidSettings extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'InvalidSettings';
  }
}

/** Reads and checks all variables at once; an empty one counts as not set. Throws InvalidSettings. */
export function readSettings(environment: Environment): Settings {
  const reading = new Reading(environment);
  const production = environment['NODE_ENV'] === 'production';
  const host = reading.valueOf('HOST') ?? '';
  const dataDir = resolve(reading.valueOf('PORTBOOK_DATA') ?? '');
  const keysDir = reading.valueOf('PORTBOOK_KEYS');
  const eventStoreUrl = reading.valueOf('EVENTSTORE_URL');
  const credentialsFile = credentialsFor(reading, eventStoreUrl);
  const eventNodeTls = reading.valueOf('EVENT_NODE_TLS') !== 'off';
  const mongodbUri = reading.valueOf('MONGODB_URI');
  const writesPerCommand = reading.valueOf('MONGODB_WRITES_PER_COMMAND') ?? 0;
  const today = reading.valueOf('PORTBOOK_TODAY');
  const seed = reading.valueOf('PORTBOOK_SEED');
  if (production && today !== undefined) reading.refuse('PORTBOOK_TODAY', NOT_IN_PRODUCTION);
  if (production && !eventNodeTls) reading.refuse('EVENT_NODE_TLS', OPEN_NODE);
  if (production && seed === 'demo') reading.refuse('PORTBOOK_SEED', NOT_IN_PRODUCTION);

  const settings: Settings = {
    host,
    port: reading.valueOf('PORT') ?? 0,
    dataDir,
    keysDir: keysDir === undefined ? join(dataDir, 'keys') : resolve(keysDir),
    ...(eventStoreUrl !== undefined && { eventStoreUrl }),
    ...(credentialsFile !== undefined && { eventStoreCredentialsFile: credentialsFile }),
    eventNodeTls,
    eventNodePort: reading.valueOf('EVENT_NODE_PORT') ?? 0,
    ...(mongodbUri !== undefined && { mongodb: { uri: mongodbUri, writesPerCommand } }),
    seed: seed ?? (production ? 'none' : 'demo'),
    ...(today !== undefined && { today }),
    auth: {
      issuer: reading.valueOf('AUTH_ISSUER') ?? '',
      audience: reading.valueOf('AUTH_AUDIENCE') ?? '',
      keys: keySource(reading, { production, host }),
    },
    logLevel: reading.valueOf('LOG_LEVEL') ?? 'info',
  };
  reading.throwProblems();
  return settings;
}

/** `LOG_LEVEL` alone, for a process that needs no other settings. Throws InvalidSettings. */
export function readLogLevel(environment: Environment): LogLevel {
  const reading = new Reading(environment);
  const level = reading.valueOf('LOG_LEVEL') ?? 'info';
  reading.throwProblems();
  return level;
}

const NOT_IN_PRODUCTION =
  'is meant for demonstration and training; not allowed where NODE_ENV=production';
const OPEN_NODE =
  'would let every user of this machine read and append; not allowed where NODE_ENV=production';
const PRODUCTION_NEEDS_KEYS =
  'the development issuer is refused in production; set AUTH_JWKS_URL or AUTH_JWKS_FILE';
const NETWORK_NEEDS_KEYS =
  'allowed with the development issuer is a loopback address only, such as 127.0.0.1; ' +
  'to listen on another, set AUTH_JWKS_URL or AUTH_JWKS_FILE';

/** A password that would be sent to nobody, or could be read on its way, is not what was meant. */
function credentialsFor(reading: Reading, url: string | undefined): string | undefined {
  const file = reading.valueOf('EVENTSTORE_CREDENTIALS_FILE');
  if (file === undefined) return undefined;
  const refuse = (why: string): void => {
    reading.refuse('EVENTSTORE_CREDENTIALS_FILE', why);
  };
  if (reading.isRefused('EVENTSTORE_URL')) return undefined;
  if (url === undefined) refuse('it belongs to EVENTSTORE_URL, which is not set');
  else if (!hasTls(url)) refuse('EVENTSTORE_URL has tls=false; credentials go over TLS only');
  else if (hasCredentials(url)) refuse('EVENTSTORE_URL holds credentials too; take them out there');
  return resolve(file);
}

function keySource(
  reading: Reading,
  { production, host }: { readonly production: boolean; readonly host: string },
): KeySource {
  const url = reading.valueOf('AUTH_JWKS_URL');
  const file = reading.valueOf('AUTH_JWKS_FILE');
  if (url && file !== undefined)
    reading.refuse('AUTH_JWKS_URL', 'AUTH_JWKS_FILE is set too; unset one');
  if (url) return { kind: 'url', url };
  if (file !== undefined) return { kind: 'file', file: resolve(file) };
  if (reading.isRefused('AUTH_JWKS_URL')) return { kind: 'development' };
  if (production) reading.refuse('NODE_ENV', PRODUCTION_NEEDS_KEYS);
  else if (!isLoopback(host)) reading.refuse('HOST', NETWORK_NEEDS_KEYS);
  return { kind: 'development' };
}

/** Reads variables by the table and gathers what is wrong with them. */
class Reading {
  private readonly problems = new Map<string, string>();

  constructor(private readonly environment: Environment) {}

  valueOf<Name extends SettingName>(name: Name): ReturnType<(typeof settingsTable)[Name]['read']> {
    type Value = ReturnType<(typeof settingsTable)[Name]['read']>;
    const { read, fallback, allowed } = settingsTable[name];
    const text = this.textOf(name) ?? ('text' in fallback ? fallback.text : undefined);
    if (text === undefined) return undefined as Value;
    const value = read(text);
    if (value === undefined) this.refuse(name, `allowed is ${allowed}`);
    return value as Value;
  }

  /** The first refusal of a variable stands: the later ones follow from it. */
  refuse(name: string, why: string): void {
    if (this.problems.has(name)) return;
    const value = concealed(this.textOf(name) ?? '');
    this.problems.set(name, `${name}=${value}: ${why}.`);
  }

  isRefused(name: SettingName): boolean {
    return this.problems.has(name);
  }

  throwProblems(): void {
    if (this.problems.size > 0) throw new InvalidSettings([...this.problems.values()]);
  }

  private textOf(name: string): string | undefined {
    const text = this.environment[name]?.trim();
    return text === '' ? undefined : text;
  }
}
