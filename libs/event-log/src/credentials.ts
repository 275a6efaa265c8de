import { readFileSync } from 'node:fs';

/** With what the log's clients make themselves known to the event store. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** What a file `{"username", "password"}` holds. Throws, without its content, where it holds neither. */
export function readCredentials(file: string): Credentials {
  const text = readFileSync(file, 'utf8');
  try {
    const { username, password } = JSON.parse(text) as Partial<Record<string, unknown>>;
    if (isFilled(username) && isFilled(password)) return { username, password };
  } catch {
    // A parser's message would repeat what stands in the file.
  }
  throw new Error(`${file} is not {"username": "…", "password": "…"}.`);
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/**
 * The connection string with the credentials in it: the one way by which the client takes them for all
 * calls. Given with each call instead, they would make it append without its batches.
 */
export function withCredentials(connectionString: string, credentials: Credentials): string {
  const { username, password } = credentials;
  const known = `${encodeURIComponent(username)}:${encodeURIComponent(password)}@`;
  return connectionString.replace('://', () => `://${known}`);
}
