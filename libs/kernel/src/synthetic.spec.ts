import { describe, expect, it } from '@jest/globals';
import { isSynthetic, SYNTHETIC_ACTOR } from './synthetic.js';

describe('an event', () => {
  const by = (id: string): boolean => isSynthetic({ actor: { id, role: 'officer' } });

  it('is synthetic where its actor is the generator, or an officer whom it invented', () => {
    expect(by(SYNTHETIC_ACTOR)).toBe(true);
    expect(by(`${SYNTHETIC_ACTOR}/officer-nyc-3`)).toBe(true);
    expect(by('officer-nyc-3')).toBe(false);
    expect(by(`${SYNTHETIC_ACTOR}-fan`)).toBe(false);
  });
});
