import { readFileSync } from 'node:fs';
import { isLoopbackHost } from './loopback.js';
import type { Role } from '#libs/access';
import { InvalidSettings, readSettings, type Settings } from '#libs/settings';
import { Exit, wrongUse } from './exit.js';
import { readRunFile } from './run-file.js';

/** Options of every command that goes through the running system. */
export interface ConnectionOptions {
  readonly url?: string;
  readonly tokenFile?: string;
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The role that the endpoint asks for, with which a development token is minted. */
  readonly role: Role;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or what comes piece by piece, in the form that the headers name. */
  readonly body?: string | AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal;
}

/** How long a token lives that is minted for one call, in seconds. */
const ONE_CALL_SECONDS = 300;

export function settingsHere(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (error instanceof InvalidSettings) throw wrongUse(error.message);
    throw error;
  }
}

/**
 * Asks the running system: at --url or PORTBOOK_URL, else where <data>/run.json says; with the token
 * of --token-file or PORTBOOK_TOKEN, else with a short-lived one of the development issuer.
 */
export async function askApi(request: ApiRequest, options: ConnectionOptions): Promise<Response> {
  const settings = settingsHere();
  const url = addressOf(options, settings);
  const token = await tokenFor(request.role, options, { settings, url });
  let response: Response;
  try {
    response = await fetch(new URL(request.path, url), {
      method: request.method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
        ...request.headers,
      },
      ...(request.body !== undefined && { body: request.body, duplex: 'half' }),
      ...(request.signal && { signal: request.signal }),
    });
  } catch (error) {
    request.signal?.throwIfAborted();
    const { cause } = error as { readonly cause?: unknown };
    if (cause instanceof Exit) throw cause;
    if (BROKEN_OFF.has((cause as NodeJS.ErrnoException | undefined)?.code ?? '')) {
      throw new Exit(`The connection to ${url.origin} broke off before it answered: try again.`);
    }
    throw new Exit(`Nothing answers at ${url.origin}. Is Portbook running? "npm start" starts it.`);
  }
  return response;
}

/** Somebody was there. */
const BROKEN_OFF: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

function addressOf({ url }: ConnectionOptions, settings: Settings): URL {
  const given = url ?? process.env['PORTBOOK_URL'];
  if (given !== undefined) {
    if (!URL.canParse(given))
      throw wrongUse('--url (PORTBOOK_URL) must be an address, such as http://127.0.0.1:3000.');
    return new URL(given);
  }
  const run = readRunFile(settings.dataDir);
  if (!run) {
    throw new Exit(
      `No running Portbook is known in ${settings.dataDir} (there is no run.json). ` +
        'Start it with "npm start", or name its address with --url.',
    );
  }
  return new URL(run.url);
}

async function tokenFor(
  role: Role,
  { tokenFile }: ConnectionOptions,
  { settings, url }: { readonly settings: Settings; readonly url: URL },
): Promise<string> {
  if (tokenFile !== undefined) return readToken(tokenFile);
  const given = process.env['PORTBOOK_TOKEN'];
  if (given !== undefined && given !== '') return given;
  if (settings.auth.keys.kind !== 'development' || !isLoopbackHost(url.hostname)) {
    throw wrongUse(
      'This system has an issuer of its own: give a token with --token-file or PORTBOOK_TOKEN.',
    );
  }
  // The room of HTTP brings its framework along, which only this path needs.
  const { ensureIssuerKey, mintToken } = await import('#libs/web');
  return mintToken({
    key: await ensureIssuerKey(settings.keysDir),
    issuer: settings.auth.issuer,
    audience: settings.auth.audience,
    role,
    seconds: ONE_CALL_SECONDS,
  });
}

function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw wrongUse(`The token file ${file} cannot be read.`);
  }
}

/** The body of a good answer as JSON; a refusal or fault ends the program with what the problem says. */
export async function jsonOrExit(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!response.ok) throw new Exit(problemText(response.status, text));
  return JSON.parse(text) as unknown;
}

/** A problem (RFC 9457) in a few lines: what, why, by which rule, and which fields. */
export function problemText(status: number, text: string): string {
  let problem: Readonly<Record<string, unknown>>;
  try {
    problem = JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return `The API answered ${status}.`;
  }
  const { title, code, detail, rule, citation, errors } = problem;
  const head = [code ?? title, detail].filter((part) => typeof part === 'string').join(': ');
  const law = typeof citation === 'string' ? [`  by ${citation} (${String(rule)})`] : [];
  const fields = Array.isArray(errors) ? errors.map((error) => `  ${fieldText(error)}`) : [];
  return [`${status} ${head}`, ...law, ...fields].join('\n');
}

function fieldText(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  return Object.values(error).map(String).join(': ');
}
