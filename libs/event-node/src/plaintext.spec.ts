import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEventNode } from './index.js';

let work: string;

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'portbook-plaintext-'));
});
afterEach(() => {
  rmSync(work, { recursive: true });
});

describe('plaintext', () => {
  it.each([
    '0.0.0.0',
    '::',
    '192.168.1.4',
    'portbook.example',
    '127.999.1.1',
    '127.0.0.1.example',
    '::ffff:192.168.1.4',
  ])('is refused on %s', async (host) => {
    const folder = join(work, 'events');

    await expect(startEventNode({ folder, host, security: 'plaintext' })).rejects.toThrow(
      `${host} is none`,
    );
    await (await startEventNode({ folder, security: 'plaintext' })).close();
  });

  it.each(['127.0.0.1', '127.8.8.8', '::1', '0:0:0:0:0:0:0:1', 'localhost'])(
    'serves on %s',
    async (host) => {
      const folder = join(work, 'events');

      await (await startEventNode({ folder, host, security: 'plaintext' })).close();
    },
  );
});
