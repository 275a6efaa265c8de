import { describe, expect, it } from '@jest/globals';
import { isRefused } from './refusal.js';

describe('a decision', () => {
  it('is refused where it carries a refusal, and not where it has nothing to do', () => {
    const refusal = { code: 'DayDoesNotExist', because: 'rule', detail: 'Name a day.' } as const;
    expect(isRefused({ refusal })).toBe(true);
    expect(isRefused({ events: [] })).toBe(false);
  });
});
