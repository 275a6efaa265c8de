import { describe, expect, it } from '@jest/globals';
import { backoffMs } from './backoff.js';

describe('the wait before the next try', () => {
  it('doubles up to five seconds, however often it has failed', () => {
    const longest = [1, 2, 3, 6, 7, 100, 5_000].map((failures) => backoffMs(failures, () => 1));

    expect(longest).toEqual([100, 200, 400, 3_200, 5_000, 5_000, 5_000]);
  });

  it('is by chance at most half as short', () => {
    expect([0, 0.5].map((chance) => backoffMs(2, () => chance))).toEqual([100, 150]);
  });
});
