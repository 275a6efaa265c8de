/** Runs one command on the database `admin`, as `Db.command` of the driver does. */
export type Command = (command: Readonly<Record<string, unknown>>) => Promise<unknown>;

const ALREADY_INITIALIZED = 23;
const USER_EXISTS = 51_003;

/** Makes the members one replica set, where they are none yet; `command` goes to the first member. */
export async function initiate(command: Command, hosts: readonly string[]): Promise<void> {
  const members = hosts.map((host, id) => ({ _id: id, host }));
  try {
    await command({ replSetInitiate: { _id: 'rs0', members } });
  } catch (error) {
    if (codeOf(error) !== ALREADY_INITIALIZED) throw error;
  }
}

/** A user that may do nothing but read and write the views; `command` goes to the primary. */
export async function giveUser(command: Command, password: string): Promise<void> {
  const rights = { pwd: password, roles: [{ role: 'readWrite', db: 'portbook' }] };
  try {
    await command({ createUser: 'portbook', ...rights });
  } catch (error) {
    if (codeOf(error) !== USER_EXISTS) throw error;
    await command({ updateUser: 'portbook', ...rights });
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
