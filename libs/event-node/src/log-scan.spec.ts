import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idsOf } from './log-frame.js';
import { headsFrom } from './log-scan.js';
import { openLogStorage } from './log-storage.js';
import { Segments } from './segments.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portbook-scan-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Remembers how much of the files it read. */
class CountedSegments extends Segments {
  bytesRead = 0;

  override readInto(bytes: Buffer, offset: number): Buffer {
    const read = super.readInto(bytes, offset);
    this.bytesRead += read.length;
    return read;
  }
}

/** Appends as many events as each number says, with messages of that many bytes, to files of 1 MiB. */
async function aLog(counts: readonly number[], messageBytes: number): Promise<CountedSegments> {
  const segmentBytes = 1024 * 1024;
  const storage = await openLogStorage({ folder, segmentBytes });
  let position = 1;
  for (const [at, count] of counts.entries()) {
    const events = Array.from({ length: count }, (_, n) => ({
      id: Buffer.alloc(16, position + n),
      type: 'PageWritten',
      message: Buffer.alloc(messageBytes, at),
    }));
    await storage.append([{ stream: `s${String(at)}`, revision: 0, position, events }]);
    position += count;
  }
  await storage.close();
  return new CountedSegments(folder, segmentBytes);
}

describe('the heads of a log', () => {
  it.each([
    ['small', 100, [1, 1, 3, 1, 1, 7, 1]],
    ['large', 300_000, [1, 2, 1, 1, 5, 1]],
    ['many', 10, [1, 1_000, 2, 500, 1]],
  ])('of records with %s messages are those of all of them', async (_, bytes, counts) => {
    const segments = await aLog(counts, bytes);
    const found = Array.from(headsFrom(segments, 0), (frame) => ({
      count: frame.count,
      ids: idsOf(frame).map((id) => id.readUInt8(0)),
    }));
    segments.close();

    let position = 1;
    expect(found).toEqual(
      counts.map((count) => ({
        count,
        ids: Array.from({ length: count }, () => position++ % 256),
      })),
    );
  });

  it('are read without their messages', async () => {
    const segments = await aLog([1, 20, 1, 1], 100_000);
    expect(Array.from(headsFrom(segments, 0))).toHaveLength(4);
    segments.close();

    expect(segments.bytesRead).toBeLessThanOrEqual(4 * 4096);
  });
});
