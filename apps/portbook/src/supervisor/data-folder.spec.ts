import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRunFile } from '../run-file.js';
import { problemWithDataFolder } from './data-folder.js';

let folder: string;
let server: Server;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portbook-data-'));
  server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

/** What a system leaves behind whose process id now belongs to another: here to whoever runs this. */
function leaveRunFile(): void {
  writeRunFile(folder, { url, pid: process.ppid, startedAt: '', processes: {} });
}

describe('a data folder', () => {
  it('is made where there is none', async () => {
    expect(await problemWithDataFolder(join(folder, 'a', 'b'))).toBeUndefined();
  });

  it('that cannot be made is said in one line', async () => {
    writeFileSync(join(folder, 'file'), '');
    const problem = await problemWithDataFolder(join(folder, 'file', 'data'));
    expect(problem).toMatch(/^The data folder .* cannot be written to \(ENOTDIR\)\. .*$/);
  });

  it('on which a system answers is in use', async () => {
    leaveRunFile();
    expect(await problemWithDataFolder(folder)).toContain('already runs');
  });

  it('whose system died is free, even where its process id lives on', async () => {
    leaveRunFile();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    expect(await problemWithDataFolder(folder)).toBeUndefined();
  });
});
