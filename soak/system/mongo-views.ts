import { randomUUID } from 'node:crypto';
import { openMongoViews, type ViewStore } from '#libs/view-store';

interface MongoViews {
  /** For the processes of the system. */
  readonly environment: Readonly<Record<string, string>>;
  readonly open: () => ViewStore;
}

/** Views in a database of their own on the server that the environment names; undefined where it names none. */
export function viewsOnMongo(environment: NodeJS.ProcessEnv): MongoViews | undefined {
  const { MONGODB_URI: server, SPEC_MONGODB_SERVER: name } = environment;
  if (server === undefined || server === '') return undefined;
  const database = `system-${randomUUID()}`;
  const uri = server.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]*)(?:\/[^?]*)?/, `$1/${database}`);
  return {
    environment: {
      MONGODB_URI: uri,
      ...(name === 'ferretdb' && { MONGODB_WRITES_PER_COMMAND: '40' }),
    },
    open: () => openMongoViews({ uri }),
  };
}
