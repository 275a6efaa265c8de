import { shape, type ShapeIssue } from '#libs/kernel';

/** What a row of an event table finds wrong with the data of its type. */
export type Check = (data: unknown) => readonly ShapeIssue[];

const UNKNOWN_FIELD = 'is not a field that exists here';

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** The dotted paths of all fields in a value; those of the objects in a list begin with `name[]`. */
export function fieldsIn(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsIn(item, `${path}[]`));
  if (!shape.isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = join(path, key);
    return [at, ...fieldsIn(inner, at)];
  });
}

/** All that stands at a path: in a list of objects once for each of them. */
export function valuesAt(value: unknown, path: string): readonly unknown[] {
  const [step = '', ...rest] = path.split('.');
  if (!shape.isPlainObject(value)) return [];
  const inner = value[step.replace(/\[\]$/, '')];
  if (inner === undefined) return [];
  const found = step.endsWith('[]') ? (inner as readonly unknown[]) : [inner];
  return rest.length === 0 ? found : found.flatMap((item) => valuesAt(item, rest.join('.')));
}

/** The value without what stands at the path. */
export function without(value: unknown, path: string): unknown {
  return changed(value, path, () => undefined);
}

/** The value with another one at the path, of whose last object the rest is there already. */
export function withAt(value: unknown, path: string, put: unknown): unknown {
  return changed(value, path, () => put);
}

function changed(value: unknown, path: string, change: () => unknown): unknown {
  const [step = '', ...rest] = path.split('.');
  if (!shape.isPlainObject(value)) return value;
  const key = step.replace(/\[\]$/, '');
  const further = rest.join('.');
  const inner = value[key];
  if (rest.length === 0) {
    const { [key]: _gone, ...others } = value;
    const put = change();
    if (put === undefined) return others;
    return { ...value, [key]: step.endsWith('[]') ? [put] : put };
  }
  if (!step.endsWith('[]')) return { ...value, [key]: changed(inner, further, change) };
  const items = Array.isArray(inner) ? (inner as readonly unknown[]) : [];
  return { ...value, [key]: items.map((item) => changed(item, further, change)) };
}

/** What the check says of this very path when something else stands there. */
export function problemAt(
  check: Check,
  data: unknown,
  { path, put }: { readonly path: string; readonly put: unknown },
): string | undefined {
  return check(withAt(data, path, put)).find((issue) => placeOf(issue) === path)?.problem;
}

function placeOf({ path }: ShapeIssue): string {
  return path.replace(/\[\d+\]/g, '[]');
}

/** The codes that the check allows at the path, where it lists them. */
function codesAt(check: Check, data: unknown, path: string): readonly string[] {
  const problem = problemAt(check, data, { path, put: null });
  return /^must be one of (.*)$/.exec(problem ?? '')?.[1]?.split(', ') ?? [];
}

/**
 * Every field that the check of a type knows, as far as one whole example leads: a check looks at all
 * fields that its shape has, the absent ones too, so it is enough to see where it looks; and it is
 * asked again with each code that one of its fields may hold, since others hang on that.
 */
export function fieldsKnown(check: Check, example: unknown): ReadonlySet<string> {
  const variants = fieldsIn(example).flatMap((path) =>
    codesAt(check, example, path).map((code) => withAt(example, path, code)),
  );
  const known = new Set<string>();
  for (const variant of [example, ...variants]) {
    for (const path of fieldsRead(check, variant)) {
      if (problemAt(check, variant, { path, put: null }) !== UNKNOWN_FIELD) known.add(path);
    }
  }
  return known;
}

function fieldsRead(check: Check, data: unknown): ReadonlySet<string> {
  const read = new Set<string>();
  check(watched(data, '', (path) => read.add(path)));
  return read;
}

/** The same value, which tells of each field that is looked at. */
function watched(value: unknown, path: string, onRead: (path: string) => void): unknown {
  if (Array.isArray(value)) return value.map((item) => watched(item, `${path}[]`, onRead));
  if (!shape.isPlainObject(value)) return value;
  const inner = Object.entries(value).map(
    ([key, item]) => [key, watched(item, join(path, key), onRead)] as const,
  );
  return new Proxy<Record<string, unknown>>(Object.fromEntries(inner), {
    get: (target, key) => {
      if (typeof key !== 'string') return undefined;
      onRead(join(path, key));
      return target[key];
    },
  });
}

/** Every field whose absence alone is wrong. */
export function isNeeded(check: Check, data: unknown, path: string): boolean {
  return check(without(data, path)).length > 0;
}
