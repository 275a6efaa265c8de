import { describe, expect, it } from '@jest/globals';
import { shape } from '#libs/kernel';
import { type Check, fieldsIn, fieldsKnown, valuesAt, withAt, without } from './shape-walk.js';

const inner = { a: shape.object({ name: shape.text() }), b: shape.object({ size: shape.day }) };
const whole = shape.object({
  kind: shape.oneOf(['a', 'b']),
  at: shape.optional(shape.day),
  of: () => [],
  list: shape.list(shape.object({ x: shape.text(), y: shape.optional(shape.text()) }), 0, 9),
});
const check: Check = (data) => {
  const issues = whole(data, '');
  if (issues.length > 0) return issues;
  const { kind, of } = data as { readonly kind: 'a' | 'b'; readonly of: unknown };
  return inner[kind](of, 'of');
};
const example = { kind: 'a', of: { name: 'n' }, list: [{ x: '1' }, { x: '2' }] };

describe('the walk through a shape', () => {
  it('finds the fields that are absent, those in lists, and those that another code would bring', () => {
    expect([...fieldsKnown(check, example)].sort()).toEqual(
      ['kind', 'at', 'of', 'of.name', 'of.size', 'list', 'list[].x', 'list[].y'].sort(),
    );
  });

  it('leaves out what is looked at, and is no field', () => {
    const curious: Check = (data) => {
      const issues = check(data);
      return (data as { readonly elsewhere?: unknown }).elsewhere === 1 ? [] : issues;
    };
    expect(fieldsKnown(curious, example)).not.toContain('elsewhere');
  });

  it('reaches, takes away and puts in fields at any depth', () => {
    expect(fieldsIn(example)).toEqual(['kind', 'of', 'of.name', 'list', 'list[].x', 'list[].x']);
    expect(valuesAt(example, 'list[].x')).toEqual(['1', '2']);
    expect(without(example, 'of.name')).toEqual({ ...example, of: {} });
    expect(withAt(example, 'list[].y', 'z')).toEqual({
      ...example,
      list: [
        { x: '1', y: 'z' },
        { x: '2', y: 'z' },
      ],
    });
  });
});
