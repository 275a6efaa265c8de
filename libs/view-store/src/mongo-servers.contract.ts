/** What the contract asks of a store that not every server of the protocol can do. */
export interface Capabilities {
  /** Of several writers on one document one wins: a conditional update is one step. */
  readonly atomicUpdates: boolean;
  /** Texts are in the order of their UTF-8 bytes also beyond the first 65,536 characters. */
  readonly byteOrder: boolean;
  /** A range on a list asks for one element between its bounds, not for one within each of them. */
  readonly rangesOfElements: boolean;
  /** How many random queries it is asked in the time that a case has. */
  readonly randomQueries: number;
}

export const everything: Capabilities = {
  atomicUpdates: true,
  byteOrder: true,
  rangesOfElements: true,
  randomQueries: 60,
};

/** The one place that says what a server cannot pass, by its name in SPEC_MONGODB_SERVER. */
const servers: Readonly<Record<string, Omit<MongoServer, 'name' | 'uri'>>> = {
  mongod: { capabilities: everything },
  'mongo-java-server': { capabilities: { ...everything, byteOrder: false } },
  ferretdb: {
    capabilities: {
      ...everything,
      atomicUpdates: false,
      rangesOfElements: false,
      // It reads the whole collection for most of them.
      randomQueries: 10,
    },
    // More matched updates in one command than it has connections to PostgreSQL hang for ever.
    writesPerCommand: 40,
  },
};

export interface MongoServer {
  readonly name: string;
  /** With a database that no other spec has. */
  readonly uri: string;
  readonly capabilities: Capabilities;
  readonly writesPerCommand?: number;
}

/**
 * The server in MONGODB_URI; undefined, which is said aloud, where none is named. With
 * REQUIRE_MONGODB=1 there must be one: throws otherwise.
 */
export function mongoServerUnderTest(environment = process.env): MongoServer | undefined {
  const { MONGODB_URI: uri, REQUIRE_MONGODB: required } = environment;
  const name = environment['SPEC_MONGODB_SERVER'] ?? 'mongod';
  if (uri === undefined || uri === '') {
    if (required === '1') throw new Error('REQUIRE_MONGODB=1, and MONGODB_URI names no server.');
    process.stderr.write('NOT RUN, since MONGODB_URI is not set: the view store on a MongoDB.\n');
    return undefined;
  }
  const server = servers[name];
  if (!server) {
    const known = Object.keys(servers).join(', ');
    throw new Error(`SPEC_MONGODB_SERVER=${name} is none of ${known}.`);
  }
  return { name, uri: ownDatabase(uri), ...server };
}

/** The URI with a database of its own; which one it named is of no matter. */
function ownDatabase(uri: string): string {
  const database = `spec-${process.pid}-${Math.random().toString(36).slice(2)}`;
  return uri.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]*)(?:\/[^?]*)?/, `$1/${database}`);
}
