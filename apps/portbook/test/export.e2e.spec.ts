import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'portbook-export-'));

const lines = '{"id":"1"}\n{"id":"2"}\n';

afterAll(() => rmSync(folder, { recursive: true }));

describe('an export whose answer breaks off', () => {
  it('says that it is not whole, and ends with a code that says so too', async () => {
    const server = createServer((_, response) => {
      response.write(lines, () => response.destroy());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const token = join(folder, 'token');
    const out = join(folder, 'log.ndjson');
    writeFileSync(token, 'invented');
    const url = `http://127.0.0.1:${String(port)}`;
    const args = ['export', '--url', url, '--token-file', token, '--out', out];

    const child = execFile(process.execPath, ['bin/portbook.js', ...args], {
      cwd: root,
      env: { PATH: process.env['PATH'], PORTBOOK_DATA: folder },
    });
    let printed = '';
    child.stderr?.on('data', (text: string) => (printed += text));
    const [code] = (await once(child, 'close')) as [number];
    server.close();

    expect(code).toBe(1);
    expect(printed).toMatch(/^The answer broke off after \d events: .* not the whole log\. .*\n$/);
    // How much of it still came, nobody can say.
    expect(lines.startsWith(readFileSync(out, 'utf8'))).toBe(true);
  });
});
