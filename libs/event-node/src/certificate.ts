import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { KeyFolder } from './key-folder.js';

export interface Certificate {
  /** PEM, like the key. */
  readonly cert: string;
  readonly key: string;
  /** Where the certificate lies, for clients that trust it by its file. */
  readonly file: string;
}

const CERTIFICATE_FILE = 'certificate.pem';
const KEY_FILE = 'key.pem';
const NAME = 'Portbook event node';
const DAY_MS = 86_400_000;
const VALID_MS = 3_650 * DAY_MS;
/** Made anew when less than this is left, so that it does not expire while the node runs. */
const LEFT_MIN_MS = 90 * DAY_MS;
/** Clocks of clients may be behind. */
const BEFORE_MS = DAY_MS;

/**
 * The node's certificate for the hosts, for `localhost` and the loopback addresses. It is made where its
 * files are missing, and made anew where the node's own one expires, names another host or has lost its
 * key. One from elsewhere is never replaced: where it does not serve, an error says why.
 */
export async function ensureCertificate(
  folder: KeyFolder,
  { hosts, now }: { readonly hosts: readonly string[]; readonly now: number },
): Promise<Certificate> {
  const file = folder.pathOf(CERTIFICATE_FILE);
  const cert = folder.read(CERTIFICATE_FILE);
  const key = folder.read(KEY_FILE);
  if (cert !== undefined) {
    const kept = parsed(cert, file);
    const flaw = flawOf(kept, { key, hosts, now });
    if (flaw === undefined && key !== undefined) return { cert, key, file };
    if (kept.subject !== `CN=${NAME}`) {
      throw new Error(`The certificate ${file} ${flaw ?? ''}. Replace it and ${KEY_FILE}.`);
    }
  }
  const made = await newCertificate(hosts, now);
  // The key first: a certificate that lies there without its key is seen and made anew.
  folder.write(KEY_FILE, made.key);
  folder.write(CERTIFICATE_FILE, made.cert);
  return { ...made, file };
}

function parsed(cert: string, file: string): X509Certificate {
  try {
    return new X509Certificate(cert);
  } catch {
    throw new Error(`${file} is no certificate. Remove it, and the next start makes another.`);
  }
}

function flawOf(
  certificate: X509Certificate,
  {
    key,
    hosts,
    now,
  }: {
    readonly key: string | undefined;
    readonly hosts: readonly string[];
    readonly now: number;
  },
): string | undefined {
  if (key === undefined || !isKeyOf(certificate, key))
    return `is not that of ${KEY_FILE} beside it`;
  const isOurs = certificate.subject === `CN=${NAME}`;
  const left = Date.parse(certificate.validTo) - now;
  if (left < (isOurs ? LEFT_MIN_MS : 0)) return `is valid until ${certificate.validTo}`;
  if (Date.parse(certificate.validFrom) > now) return `is valid from ${certificate.validFrom} on`;
  const missing = hosts.find((host) => !names(certificate, host));
  return missing === undefined ? undefined : `does not name the host ${missing}`;
}

function isKeyOf(certificate: X509Certificate, key: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

function names(certificate: X509Certificate, host: string): boolean {
  if (isEveryAddress(host)) return true;
  const found = isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host);
  return found !== undefined;
}

/** Whether to listen there is to listen on every address of the machine: no client connects to it. */
export function isEveryAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

async function newCertificate(
  hosts: readonly string[],
  now: number,
): Promise<{ readonly cert: string; readonly key: string }> {
  // Loaded here: it takes a while, and only the first start needs it.
  const { generate } = await import('selfsigned');
  const named = new Set(
    ['localhost', '127.0.0.1', '::1', ...hosts].filter((host) => !isEveryAddress(host)),
  );
  const made = await generate([{ name: 'commonName', value: NAME }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - BEFORE_MS),
    notAfterDate: new Date(now + VALID_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: Array.from(named, alternative),
      },
    ],
  });
  return { cert: made.cert, key: made.private };
}

function alternative(name: string): { readonly type: 2 | 7; value?: string; ip?: string } {
  return isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name };
}
