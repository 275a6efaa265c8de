import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, runChild } from './child.js';

let folder: string;
let child: Child | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portbook-child-'));
});
afterEach(async () => {
  await child?.stop(0);
  rmSync(folder, { recursive: true });
});

/** Runs a script, and gives how it was said to end, the first time. */
function endOf(script: string): Promise<readonly [how: string, signal: NodeJS.Signals | null]> {
  const file = join(folder, 'child.mjs');
  writeFileSync(file, script);
  return new Promise((resolve) => {
    child = runChild(
      { name: 'api', script: file, env: () => ({ PATH: process.env['PATH'] }) },
      {
        onReady: () => undefined,
        onTold: () => undefined,
        onFailedStart: (_, signal) => {
          resolve(['failed start', signal]);
        },
        onRestart: (_, { signal }) => {
          resolve(['restart', signal]);
        },
      },
    );
  });
}

describe('a child', () => {
  it('that dies at its start is told with the signal', async () => {
    expect(await endOf(`process.kill(process.pid, 'SIGSEGV')`)).toEqual([
      'failed start',
      'SIGSEGV',
    ]);
    expect(await endOf('process.exit(1)')).toEqual(['failed start', null]);
  });

  it('that dies in service is started again, and told with the signal', async () => {
    const script = `process.send({ kind: 'ready' }, () => process.kill(process.pid, 'SIGBUS'))`;

    expect(await endOf(script)).toEqual(['restart', 'SIGBUS']);
  });

  it('is told what it is to be told, and heard where it says more than that it serves', async () => {
    const file = join(folder, 'echo.mjs');
    writeFileSync(file, `process.on('message', (said) => process.send({ echo: said }));`);
    const told = await new Promise((resolve) => {
      const nothing = (): void => undefined;
      const listener = { onReady: nothing, onFailedStart: nothing, onRestart: nothing };
      const spec = { name: 'api', script: file, env: () => ({ PATH: process.env['PATH'] }) };
      child = runChild(spec, { ...listener, onTold: resolve });
      child.tell({ kind: 'metrics' });
    });

    expect(told).toEqual({ echo: { kind: 'metrics' } });
    await child?.stop(0);
    child?.tell({ kind: 'metrics' });
  });
});
