import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { ensureCertificate, type Certificate } from './certificate.js';
import { KeyFolder } from './key-folder.js';

const NOW = Date.parse('2003-11-20T12:00:00Z');
const YEAR_MS = 365 * 86_400_000;

let folder: KeyFolder;

beforeEach(() => {
  folder = new KeyFolder(mkdtempSync(join(tmpdir(), 'portbook-certificate-')));
});
afterEach(() => {
  rmSync(folder.path, { recursive: true });
});

function certificateFor(
  hosts: string | readonly string[] = '127.0.0.1',
  now = NOW,
): Promise<Certificate> {
  return ensureCertificate(folder, { hosts: [hosts].flat(), now });
}

describe('the certificate of the node', () => {
  it('names the loopback addresses and the host, is no authority, and lasts for years', async () => {
    const { cert } = await certificateFor('node.portbook.example');
    const certificate = new X509Certificate(cert);

    for (const address of ['127.0.0.1', '::1']) {
      expect(certificate.checkIP(address)).toBe(address);
    }
    for (const name of ['localhost', 'node.portbook.example']) {
      expect(certificate.checkHost(name)).toBe(name);
    }
    expect(certificate.checkHost('other.portbook.example')).toBeUndefined();
    expect(certificate.ca).toBe(false);
    expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
    expect(Date.parse(certificate.validTo) - NOW).toBeGreaterThan(9 * YEAR_MS);
  });

  it('names a further host too, where every address is listened on', async () => {
    const first = await certificateFor('0.0.0.0');
    const { cert } = await certificateFor(['0.0.0.0', 'node.portbook.example']);
    const certificate = new X509Certificate(cert);

    expect(cert).not.toBe(first.cert);
    expect(certificate.checkHost('node.portbook.example')).toBeDefined();
    expect(certificate.checkHost('localhost')).toBeDefined();
    expect(certificate.checkIP('0.0.0.0')).toBeUndefined();
  });

  it('stays the same from start to start, on every address too', async () => {
    const first = await certificateFor();

    expect(await certificateFor()).toEqual(first);
    expect(await certificateFor('::1')).toEqual(first);
    expect(await certificateFor('0.0.0.0')).toEqual(first);
  });

  it.each(['certificate.pem', 'key.pem'])('is made anew where %s is gone', async (name) => {
    const first = await certificateFor();
    rmSync(folder.pathOf(name));
    const second = await certificateFor();

    expect(second.cert).not.toBe(first.cert);
    expect(await certificateFor()).toEqual(second);
  });

  it.each([
    ['it expires soon', '127.0.0.1', NOW + 9.9 * YEAR_MS],
    ['it was made by a clock that was ahead', '127.0.0.1', NOW - YEAR_MS],
    ['it does not name the host', '192.168.1.4', NOW],
  ])('is made anew where %s', async (_, host, now) => {
    const first = await certificateFor();
    const second = await certificateFor(host, now);

    expect(second.cert).not.toBe(first.cert);
    expect(await certificateFor(host, now)).toEqual(second);
  });

  it('is made anew where a stop between its two files has left it with another key', async () => {
    const first = await certificateFor();
    folder.write('key.pem', (await generate(undefined, { keyType: 'ec' })).private);

    expect((await certificateFor()).cert).not.toBe(first.cert);
  });
});

describe('a certificate from elsewhere', () => {
  async function put(notAfterDate: Date): Promise<string> {
    const made = await generate([{ name: 'commonName', value: 'localhost' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      notBeforeDate: new Date(NOW - YEAR_MS),
      notAfterDate,
    });
    writeFileSync(folder.pathOf('key.pem'), made.private, { mode: 0o600 });
    writeFileSync(folder.pathOf('certificate.pem'), made.cert, { mode: 0o600 });
    return made.cert;
  }

  it('is used to its last day', async () => {
    const cert = await put(new Date(NOW + 86_400_000));

    expect((await certificateFor()).cert).toBe(cert);
  });

  it('is never replaced: an error says why it does not serve', async () => {
    const cert = await put(new Date(NOW - 86_400_000));
    await expect(certificateFor()).rejects.toThrow('certificate.pem is valid until Nov 19');

    await put(new Date(NOW + 86_400_000));
    await expect(certificateFor('192.168.1.4')).rejects.toThrow('not name the host 192.168.1.4');
    rmSync(folder.pathOf('key.pem'));
    await expect(certificateFor()).rejects.toThrow('is not that of key.pem');
    expect(folder.read('certificate.pem')).not.toBe(cert);
  });
});
