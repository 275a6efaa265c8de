import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { frame, FrameReader } from './frames.js';
import { CallError, status } from './status.js';

const limit = {
  bytesMax: 300,
  exceeded: () => new CallError(status.resourceExhausted, 'too long'),
};

describe('frames', () => {
  it('give back their messages however the bytes arrive', () => {
    const someMessages = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
    fc.assert(
      fc.property(someMessages, fc.array(fc.integer({ min: 1, max: 40 })), (messages, cuts) => {
        const bytes = Buffer.concat(messages.map(frame));
        const reader = new FrameReader(limit);
        const read: Buffer[] = [];
        let at = 0;
        for (const length of [...cuts, bytes.length]) {
          read.push(...reader.push(bytes.subarray(at, at + length)));
          at += length;
        }
        expect(read.map((message) => [...message])).toEqual(messages.map((sent) => [...sent]));
        expect(reader.isUnfinished).toBe(false);
      }),
    );
  });

  it('are unfinished in the middle of a message', () => {
    const reader = new FrameReader(limit);
    const bytes = frame(Buffer.from('a page'));

    expect(reader.push(bytes.subarray(0, -1))).toEqual([]);
    expect(reader.isUnfinished).toBe(true);
  });

  it('take little more memory than there is of the message, however it arrives', () => {
    const bytes = frame(new Uint8Array(300));
    const reader = new FrameReader(limit);
    for (let length = 1; length < bytes.length; length += 1) {
      // As it comes from a connection: a part of much more.
      reader.push(Buffer.concat([bytes, bytes]).subarray(length - 1, length));
      expect(reader.heldBytes).toBeGreaterThanOrEqual(length);
      expect(reader.heldBytes).toBeLessThanOrEqual(2 * length);
    }

    expect(reader.push(bytes.subarray(-1))).toHaveLength(1);
    expect(reader.heldBytes).toBe(0);
  });

  it('of a message that is too long are refused by their head', () => {
    const head = frame(new Uint8Array(301)).subarray(0, 5);

    expect(() => new FrameReader(limit).push(head)).toThrow('too long');
  });

  it('of a compressed message are refused', () => {
    expect(() => new FrameReader(limit).push(Buffer.from([1, 0, 0, 0, 0]))).toThrow('not served');
  });
});
