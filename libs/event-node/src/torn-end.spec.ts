import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { frameBytes, writeFrame } from './log-frame.js';
import { Segments } from './segments.js';
import type { AppendToStore } from './storage.js';
import { dropTornEnd } from './torn-end.js';

const MIB = 1024 * 1024;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portbook-torn-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Remembers the longest piece of the files that it read at once. */
class MeasuredSegments extends Segments {
  longest = 0;

  override readInto(bytes: Buffer, offset: number): Buffer {
    this.longest = Math.max(this.longest, bytes.length);
    return super.readInto(bytes, offset);
  }
}

/** A log that holds these bytes and nothing else. */
async function aLog(bytes: Buffer): Promise<MeasuredSegments> {
  new Segments(folder).close();
  await appendFile(join(folder, 'log-000000000000.pbl'), bytes);
  return new MeasuredSegments(folder);
}

function aRecord(offset: number, messageBytes: number): Buffer {
  const event = { id: Buffer.alloc(16), type: 'T', message: Buffer.alloc(messageBytes, 'm') };
  const append: AppendToStore = { stream: 'a', revision: 0, position: 1, events: [event] };
  const bytes = Buffer.alloc(frameBytes(append));
  writeFrame(bytes, 0, { append, offset });
  return bytes;
}

describe('a torn end', () => {
  it('is cut where nothing whole follows, read in pieces however long it is', async () => {
    const segments = await aLog(Buffer.alloc(5 * MIB, 'PBL1'));
    dropTornEnd(segments, 0);

    expect(segments.end).toBe(0);
    expect(segments.longest).toBeLessThan(2 * MIB);
    segments.close();
  });

  it.each([
    ['just before a piece ends', MIB - 20],
    ['where a piece ends', MIB],
    ['just behind that', MIB + 1],
    ['near the end of the log', 3 * MIB],
  ])('is not cut where a whole record begins %s', async (_, at) => {
    for (const messageBytes of [0, 2 * MIB]) {
      const offset = at + 1;
      const segments = await aLog(
        Buffer.concat([Buffer.alloc(offset), aRecord(offset, messageBytes)]),
      );

      expect(() => {
        dropTornEnd(segments, 0);
      }).toThrow('later ones follow it');
      expect(segments.end).toBeGreaterThan(offset);
      segments.close();
      await rm(join(folder, 'log-000000000000.pbl'));
    }
  });

  it('is cut together with a record behind it that is cut off itself', async () => {
    const record = aRecord(10, 2_000);
    const segments = await aLog(Buffer.concat([Buffer.alloc(10), record.subarray(0, -1)]));
    dropTornEnd(segments, 0);

    expect(segments.end).toBe(0);
    segments.close();
  });
});
