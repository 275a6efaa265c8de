import { MongoClient, type MongoClientOptions } from 'mongodb';

/** Where the URI names no database. */
const DATABASE = 'portbook';

/**
 * Whoever asks is answered soon, also while no server is there, and a server that says nothing any
 * more does not hold a projection for ever. The URI may name other values.
 */
const UNLESS_NAMED = {
  appName: 'portbook',
  connectTimeoutMS: 3_000,
  heartbeatFrequencyMS: 3_000,
  serverSelectionTimeoutMS: 3_000,
  socketTimeoutMS: 30_000,
  waitQueueTimeoutMS: 5_000,
} as const satisfies MongoClientOptions;

/**
 * What was acknowledged must outlive a crash and an election: a projection goes on behind it and does
 * not look back. And only the primary is asked, so that nobody reads a checkpoint and then a document
 * that is older.
 */
const ALWAYS = {
  writeConcern: { w: 'majority', journal: true },
  readPreference: 'primary',
} as const satisfies MongoClientOptions;

/** A client that connects with the first call. Throws where the URI is not one; it is not repeated. */
export function mongoClient(uri: string): MongoClient {
  const named = new Set(optionsIn(uri));
  const defaults = Object.entries(UNLESS_NAMED).filter(([name]) => !named.has(name.toLowerCase()));
  try {
    return new MongoClient(uri, { ...Object.fromEntries(defaults), ...ALWAYS });
  } catch (error) {
    // Its cause may hold the URI, which holds a password.
    const why = error instanceof Error ? error.message : 'it cannot be read';
    throw new Error(`MONGODB_URI: ${why}`);
  }
}

/** The database that the URI names, else ours. */
export function databaseIn(uri: string): string {
  const [, name] = /^[a-z+]+:\/\/[^/?]*\/([^?]*)/.exec(uri) ?? [];
  return name === undefined || name === '' ? DATABASE : decodeURIComponent(name);
}

function optionsIn(uri: string): string[] {
  const at = uri.indexOf('?');
  const options = at < 0 ? [] : [...new URLSearchParams(uri.slice(at + 1)).keys()];
  return options.map((name) => name.toLowerCase());
}
