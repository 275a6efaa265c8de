import { describe, expect, it } from '@jest/globals';
import * as shape from './shape.js';
import type { Shape } from './shape.js';

function problems(of: Shape, value: unknown): readonly string[] {
  return of(value, '').map(({ path, problem }) => `${path}: ${problem}`);
}

const passport = shape.object({
  number: shape.matching(/^[A-Z0-9]{5,9}$/, '5 to 9 capital letters or digits'),
  country: shape.oneOf(['FR', 'IR']),
  expiresOn: shape.optional(shape.day),
});
const person = shape.object({
  fin: shape.matching(/^\d{7,10}$/, '7 to 10 digits'),
  passports: shape.list(passport, 1, 2),
});
const FRENCH = { number: 'X12345', country: 'FR' };

describe('an object', () => {
  it('passes with all its fields, and without those that are optional', () => {
    expect(problems(person, { fin: '1234567', passports: [FRENCH] })).toEqual([]);
    const dated = { ...FRENCH, expiresOn: '2004-02-29' };
    expect(problems(person, { fin: '1234567', passports: [FRENCH, dated] })).toEqual([]);
  });

  it('names every fault at once, each by its path', () => {
    const value = {
      fin: 1234567,
      passports: [
        { ...FRENCH, expiresOn: '2003-02-30' },
        { number: 'x', country: 'DE' },
      ],
      nickname: 'secret',
    };
    expect(problems(person, value)).toEqual([
      'nickname: is not a field that exists here',
      'fin: must be 7 to 10 digits',
      'passports[0].expiresOn: must be a day that exists, YYYY-MM-DD',
      'passports[1].number: must be 5 to 9 capital letters or digits',
      'passports[1].country: must be one of FR, IR',
    ]);
  });

  it('names a field that is missing', () => {
    expect(problems(passport, { country: 'FR' })).toEqual(['number: is missing']);
    expect(problems(passport, { ...FRENCH, number: undefined })).toEqual(['number: is missing']);
  });

  it('does not take null for absence', () => {
    expect(problems(passport, { ...FRENCH, expiresOn: null })).toEqual([
      'expiresOn: must be a day that exists, YYYY-MM-DD',
    ]);
  });

  it('knows no field by inheritance', () => {
    const smuggled: unknown = JSON.parse('{"number":"X12345","country":"FR","__proto__":{}}');
    expect(problems(passport, smuggled)).toEqual(['__proto__: is not a field that exists here']);
    expect(problems(passport, { ...FRENCH, toString: 1 })).toEqual([
      'toString: is not a field that exists here',
    ]);
  });

  it.each([null, [], 'text', 1, undefined])('is not %j', (value) => {
    expect(problems(passport, value)).toEqual([': must be an object']);
  });

  it('never repeats a value in what it says', () => {
    const issues = person({ fin: 'SECRET', passports: ['SECRET'] }, '');
    expect(issues).toHaveLength(2);
    expect(JSON.stringify(issues)).not.toContain('SECRET');
  });
});

describe('text', () => {
  it('has a length in characters, not in code units', () => {
    expect(problems(shape.text(3), '\u{1f6c2}'.repeat(3))).toEqual([]);
    expect(problems(shape.text(3), '\u{1f6c2}'.repeat(4))).toEqual([
      ': must have 1 to 3 characters',
    ]);
    expect(problems(shape.text(), 'x'.repeat(200))).toEqual([]);
    expect(problems(shape.text(), 'x'.repeat(201))).toEqual([': must have 1 to 200 characters']);
  });

  it.each([
    ['', 'must have 1 to 200 characters'],
    [' a', 'must not begin or end with a space'],
    ['a\n', 'must not begin or end with a space'],
    ['e\u0301', 'must be in Unicode NFC'],
    ['a\ud800', 'must be well-formed Unicode'],
    [7, 'must be text'],
    [null, 'must be text'],
  ])('is not %j', (value, problem) => {
    expect(problems(shape.text(), value)).toEqual([`: ${problem}`]);
  });
});

describe('a list', () => {
  const codes = shape.set(shape.oneOf(['a', 'b', 'c']), 1, 2);

  it('has its bounds', () => {
    expect(problems(codes, ['a', 'b'])).toEqual([]);
    expect(problems(codes, [])).toEqual([': must have 1 to 2 entries']);
    expect(problems(codes, ['a', 'b', 'c'])).toEqual([': must have 1 to 2 entries']);
    expect(problems(codes, 'a')).toEqual([': must be a list']);
  });

  it('names the entry that is at fault', () => {
    expect(problems(codes, ['a', 'x'])).toEqual(['[1]: must be one of a, b, c']);
  });

  it('as a set names no entry twice', () => {
    expect(problems(codes, ['a', 'a'])).toEqual([': names an entry twice']);
    expect(problems(shape.list(shape.boolean, 0, 2), [true, true])).toEqual([]);
  });
});

describe('a single value', () => {
  it('that is a whole number lies within its bounds', () => {
    const years = shape.integer(1, 10);
    expect([1, 10].flatMap((value) => problems(years, value))).toEqual([]);
    for (const value of [0, 11, 1.5, NaN, '5', null]) {
      expect(problems(years, value)).toEqual([': must be a whole number from 1 to 10']);
    }
  });

  it('of a long code list is named without listing the codes', () => {
    const codes = Array.from({ length: 21 }, (_, at) => `code-${at}`);
    expect(problems(shape.oneOf(codes), 'code-20')).toEqual([]);
    expect(problems(shape.oneOf(codes), 'code-21')).toEqual([': is not a known code']);
  });

  it('is of its kind', () => {
    expect(problems(shape.uuid, '0b9c6e1a-6f1d-4a63-9c6e-2d4f1f0a7b11')).toEqual([]);
    expect(problems(shape.uuid, 'registrant-1')).toEqual([': must be a UUID in lower case']);
    expect(problems(shape.boolean, 'true')).toEqual([': must be true or false']);
    expect(problems(shape.matching(/^x$/, 'x'), ['x'])).toEqual([': must be x']);
  });

  it.each(['\u0000', 'a\u0001b', 'a\u007fb', 'a\u0085b'])(
    'takes no text with the control character of %j',
    (value) => {
      expect(shape.text()(value, 'name')).toEqual([
        { path: 'name', problem: 'must have no control characters but tab and new line' },
      ]);
      expect(shape.text()('two\nlines\tand a tab', 'note')).toEqual([]);
    },
  );
});
