import { shape } from '#libs/kernel';

type Json = Readonly<Record<string, unknown>>;
type Mutable = Record<string, unknown>;

/** Data apart from its personal fields, and an object that holds these at the same paths. */
export interface SplitData {
  readonly clear: Json;
  /** Absent where no personal field is present. */
  readonly personal?: Json;
}

/** Takes the fields at the dotted paths out of the data; the data itself is not changed. */
export function splitPersonal(data: Json, paths: readonly string[]): SplitData {
  const clear: Mutable = { ...data };
  const personal: Mutable = {};
  for (const path of paths) move(clear, personal, path.split('.'));
  return Object.keys(personal).length === 0 ? { clear: data } : { clear, personal };
}

function move(from: Mutable, to: Mutable, path: readonly string[]): void {
  const [key, ...rest] = path;
  if (key === undefined || from[key] === undefined) return;
  if (rest.length === 0) {
    to[key] = from[key];
    Reflect.deleteProperty(from, key);
    return;
  }
  const inner = from[key];
  if (!shape.isPlainObject(inner)) return;
  const innerFrom = { ...inner };
  const innerTo: Mutable = shape.isPlainObject(to[key]) ? to[key] : {};
  move(innerFrom, innerTo, rest);
  from[key] = innerFrom;
  if (Object.keys(innerTo).length > 0) to[key] = innerTo;
}

/** Puts the personal fields back at their paths. */
export function joinPersonal(clear: Json, personal: Json): Json {
  const joined: Mutable = { ...clear };
  for (const [key, value] of Object.entries(personal)) {
    const present = joined[key];
    joined[key] =
      shape.isPlainObject(present) && shape.isPlainObject(value)
        ? joinPersonal(present, value)
        : value;
  }
  return joined;
}
