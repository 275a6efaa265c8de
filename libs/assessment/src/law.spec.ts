import { describe, expect, it } from '@jest/globals';
import { enactedPolicy, foldPolicy } from '#libs/policy';
import { lawBehind } from './law.js';

describe('the law behind obligations', () => {
  const because = ['domestic-registration-suspended', 'follow-up-interview-enacted', 'unknown'];

  it('names each ref once, in the order in which it took effect', () => {
    const law = lawBehind([{ because }, { because }], [enactedPolicy, foldPolicy([])]);

    expect(law).toEqual([
      { ref: 'follow-up-interview-enacted', citation: '67 FR 52584', verified: true },
      { ref: 'domestic-registration-suspended', citation: '68 FR 67578', verified: true },
    ]);
  });
});
