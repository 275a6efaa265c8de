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

/** What a process may do with the views; its user has its name. */
const rightsOf = { api: 'read', projector: 'readWrite' } as const;
export type ViewUser = keyof typeof rightsOf;
export const viewUsers: readonly ViewUser[] = ['api', 'projector'];

/** A user for a process, which may do nothing but that; `command` goes to the primary. */
export async function giveUser(
  command: Command,
  { user, password }: { readonly user: ViewUser; readonly password: string },
): Promise<void> {
  const rights = { pwd: password, roles: [{ role: rightsOf[user], db: 'portbook' }] };
  try {
    await command({ createUser: user, ...rights });
  } catch (error) {
    if (codeOf(error) !== USER_EXISTS) throw error;
    await command({ updateUser: user, ...rights });
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
