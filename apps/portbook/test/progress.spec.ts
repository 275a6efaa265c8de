import { describe, expect, it } from '@jest/globals';
import { progressLine } from '../src/progress.js';

describe('the progress of long work', () => {
  it.each([
    [{ done: 1200, of: undefined, unit: 'events', elapsedMs: 3000 }, '1200 events, 400/s'],
    [
      { done: 1200, of: 3000, unit: 'people', elapsedMs: 3000 },
      '1200 of 3000 people, 400/s, 5 s left',
    ],
    [
      { done: 10, of: 1000, unit: 'MB read', elapsedMs: 2000 },
      '10 of 1000 MB read, 5/s, 3 min 18 s left',
    ],
    [
      { done: 3000, of: 3000, unit: 'people', elapsedMs: 900 },
      '3000 of 3000 people, 3333/s, 0 s left',
    ],
    [{ done: 0, of: 3000, unit: 'people', elapsedMs: 0 }, '0 of 3000 people, 0/s'],
  ])('%j reads %s', (done, line) => {
    expect(progressLine(done)).toBe(line);
  });
});
