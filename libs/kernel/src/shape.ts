import { isCivilDay } from './civil-day.js';
import { isUuid } from './ids.js';
import type { ShapeIssue } from './event-table.js';

/**
 * Checks one value and says what is wrong with it. A problem names what is allowed and never
 * repeats the value, which may be personal.
 */
export type Shape = (value: unknown, path: string) => readonly ShapeIssue[];

function claim(holds: (value: unknown) => boolean, problem: string): Shape {
  return (value, path) => (holds(value) ? [] : [{ path, problem }]);
}

export const day = claim(isCivilDay, 'must be a day that exists, YYYY-MM-DD');
export const uuid = claim(isUuid, 'must be a UUID in lower case');
export const boolean = claim((value) => typeof value === 'boolean', 'must be true or false');

/** Half of a surrogate pair: no character, and no bytes in UTF-8. */
/** Beside tab and new line, which free text may hold. */
const CONTROL_CHARACTER = /(?![\t\n\r])\p{Cc}/u;
const HALF_CHARACTER = /\p{Surrogate}/u;

/** Most texts: nothing in them could be refused but their length. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/** Trimmed text in NFC of 1 to `max` characters (code points). */
export function text(max = 200): Shape {
  return (value, path) => {
    if (typeof value === 'string' && value.length <= max && PLAIN.test(value)) return [];
    if (typeof value !== 'string') return [{ path, problem: 'must be text' }];
    if (value.length === 0 || Array.from(value).length > max) {
      return [{ path, problem: `must have 1 to ${String(max)} characters` }];
    }
    if (HALF_CHARACTER.test(value)) return [{ path, problem: 'must be well-formed Unicode' }];
    if (CONTROL_CHARACTER.test(value)) {
      return [{ path, problem: 'must have no control characters but tab and new line' }];
    }
    if (value !== value.trim()) return [{ path, problem: 'must not begin or end with a space' }];
    return value === value.normalize('NFC') ? [] : [{ path, problem: 'must be in Unicode NFC' }];
  };
}

/** Text that matches a pattern; `allowed` says in words what that is. */
export function matching(pattern: RegExp, allowed: string): Shape {
  return claim((value) => typeof value === 'string' && pattern.test(value), `must be ${allowed}`);
}

export function integer(min: number, max: number): Shape {
  return claim(
    (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
    `must be a whole number from ${String(min)} to ${String(max)}`,
  );
}

export function oneOf(values: readonly string[]): Shape {
  return claim(
    (value) => typeof value === 'string' && values.includes(value),
    values.length > 20 ? 'is not a known code' : `must be one of ${values.join(', ')}`,
  );
}

export function list(item: Shape, min: number, max: number): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) return [{ path, problem: 'must be a list' }];
    if (value.length < min || value.length > max) {
      return [{ path, problem: `must have ${String(min)} to ${String(max)} entries` }];
    }
    return value.flatMap((entry, at) => item(entry, `${path}[${String(at)}]`));
  };
}

/** A list of texts or numbers in which none stands twice. */
export function set(item: Shape, min: number, max: number): Shape {
  const entries = list(item, min, max);
  return (value, path) => {
    const issues = entries(value, path);
    if (issues.length > 0 || !Array.isArray(value)) return issues;
    return new Set(value).size === value.length ? [] : [{ path, problem: 'names an entry twice' }];
  };
}

const OPTIONAL = Symbol('optional');
type OptionalShape = Shape & { readonly [OPTIONAL]: true };

/** A field that may be absent; null is not absence. */
export function optional(shape: Shape): OptionalShape {
  const copy: Shape = (value, path) => shape(value, path);
  return Object.assign(copy, { [OPTIONAL]: true as const });
}

/** An object with exactly these fields; an unknown one is named. */
export function object(fields: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(fields);
  return (value, path) => {
    if (!isPlainObject(value)) return [{ path, problem: 'must be an object' }];
    const issues: ShapeIssue[] = [];
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(fields, key)) {
        issues.push({ path: join(path, key), problem: 'is not a field that exists here' });
      }
    }
    for (const [key, shape] of entries) {
      const present = value[key] !== undefined;
      if (!present && !(OPTIONAL in shape)) {
        issues.push({ path: join(path, key), problem: 'is missing' });
      }
      if (present) issues.push(...shape(value[key], join(path, key)));
    }
    return issues;
  };
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
