import { describe, expect, it } from '@jest/globals';
import { purposeSlugs, readPurpose } from './purposes.js';

describe('a stated purpose', () => {
  it.each(purposeSlugs)('may be %s', (slug) => {
    expect(readPurpose(slug)).toEqual({ slug });
  });

  it('may name the case', () => {
    expect(readPurpose('interview; case=NYC-2003/417')).toEqual({
      slug: 'interview',
      caseRef: 'NYC-2003/417',
    });
  });

  it.each(['', 'curiosity', 'Interview', 'interview; case=', 'interview case=1', 'audit; file=1'])(
    'may not be "%s"',
    (text) => {
      expect(readPurpose(text)).toBeUndefined();
    },
  );
});
