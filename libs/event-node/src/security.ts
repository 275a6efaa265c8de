import { BlockList, isIP } from 'node:net';
import { Authentication } from './authentication.js';
import { ensureCertificate, isEveryAddress } from './certificate.js';
import { ensureLocalCredential } from './credential.js';
import { KeyFolder } from './key-folder.js';
import { addUser, readUsers } from './users.js';

/**
 * How others are kept out: by TLS and Basic authentication, whose files lie in the folder `keys`, or
 * not at all, which a loopback address only allows.
 */
export type Security = 'plaintext' | { readonly keys: string };

export interface OpenSecurity {
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Rejects where it does not know who calls. */
  readonly authenticate?: (authorization: string | undefined) => Promise<void>;
  /** The options of a client's connection string. */
  readonly query: string;
  /** The file with the credential of this installation's own clients. */
  readonly credentialsFile?: string;
}

/**
 * Reads the key folder, and makes what is missing. The hosts are the one to listen on and further names of
 * it. Throws where that would leave the node open.
 */
export async function openSecurity(
  security: Security,
  hosts: readonly [host: string, ...further: string[]],
): Promise<OpenSecurity> {
  if (security === 'plaintext') {
    if (!isLoopback(hosts[0])) throw new Error(plaintextRefusal(hosts[0]));
    return { query: 'tls=false' };
  }
  const folder = new KeyFolder(security.keys);
  const { credential, file: credentialsFile } = ensureLocalCredential(folder);
  const authentication = new Authentication({ local: credential, users: readUsers(folder) });
  const { cert, key, file } = await ensureCertificate(folder, { hosts, now: Date.now() });
  return {
    tls: { cert, key },
    authenticate: (authorization) => authentication.check(authorization),
    // Fully encoded: the client takes an @ of a path for the end of credentials.
    query: `tls=true&tlsCAFile=${encodeURIComponent(file)}`,
    credentialsFile,
  };
}

/** Adds a user to those of the folder, or changes the password; a node that runs does not see it. */
export async function addUserTo(keys: string, username: string, password: string): Promise<void> {
  await addUser(new KeyFolder(keys), { username, password });
}

/** The name by which a client on this machine reaches a node that listens there. */
export function hostForClients(host: string): string {
  if (!isEveryAddress(host)) return host;
  return host === '::' ? '::1' : '127.0.0.1';
}

function plaintextRefusal(host: string): string {
  return (
    `Without TLS the event node listens on a loopback address only, and ${host} is none: everybody ` +
    'who reaches it could read and append. Leave TLS on, or listen on 127.0.0.1.'
  );
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

function isLoopback(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return host === 'localhost';
  return LOOPBACK.check(host, version === 4 ? 'ipv4' : 'ipv6');
}
