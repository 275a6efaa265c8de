import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { eventTables } from '#libs/command-handling';
import { connectEventLog } from '#libs/event-log';
import { startEventNode } from '#libs/event-node';
import { eventId, registrantStream } from '#libs/kernel';

const MAIN = fileURLToPath(new URL('../../../dist/apps/projector/src/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'portbook-projector-'));
const children: ChildProcess[] = [];

afterAll(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(folder, { recursive: true });
});

/** What a projector on this log prints, line by line, until as many lines have come. */
async function printed(connectionString: string, lines: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      EVENTSTORE_URL: connectionString,
      PORTBOOK_DATA: folder,
      PORTBOOK_SEED: 'none',
      LOG_LEVEL: 'warn',
    },
  });
  children.push(child);
  const ended = once(child, 'exit');
  const told: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(line);
    if (told.length === lines) break;
  }
  child.kill('SIGTERM');
  await ended;
  return told;
}

describe('the projector at an event that a later program wrote', () => {
  it('says for each projection where it stands and why, and again at the next start', async () => {
    const node = await startEventNode({
      folder: join(folder, 'events'),
      security: 'plaintext',
    });
    const { connectionString } = node;
    const row = { version: 2, personal: [], check: () => [] };
    const later = [...eventTables, { SpecimenDiscovered: row }];
    const log = connectEventLog({ connectionString, tables: later });
    const registrantId = eventId('spec-registrant', 1);
    const stream = registrantStream(registrantId);
    const metadata = {
      actor: { id: 'spec-officer', role: 'officer' },
      recordedAt: '2003-11-20T12:00:00.000Z',
      schemaVersion: 2,
    };
    const id = eventId(stream, 0);
    const data = { registrantId, finding: 'Zzyzxov' };
    const event = { id, type: 'SpecimenDiscovered', data, metadata };
    const appended = await log.append(stream, [event], 'no-stream');

    const first = await printed(connectionString, 2);
    const again = await printed(connectionString, 2);

    for (const told of [first, again]) {
      const lines = told.map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(lines.map(({ projection }) => projection).sort()).toEqual([
        'policy-timeline',
        'registrant-file',
      ]);
      for (const line of lines) {
        expect(line).toMatchObject({
          ...{ level: 'error', process: 'projector', ...appended, id, stream },
          ...{ type: 'SpecimenDiscovered', version: 2 },
          error: expect.stringContaining('is not known here'),
          msg: expect.stringContaining('parked'),
        });
      }
      expect(told.join()).not.toContain('Zzyzxov');
    }
    await log.close();
    await node.close();
  });
});
