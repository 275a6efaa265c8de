import {
  canonicalJson,
  type EventTable,
  type EventTypeRow,
  type RecordedEvent,
  shape,
  sha256Hex,
} from '#libs/kernel';

/** Where a stored event keeps its encrypted personal content. */
const SEALED_FIELD = 'encrypted';

type Rows = ReadonlyMap<string, EventTypeRow>;
type Data = Readonly<Record<string, unknown>>;

/**
 * SHA-256, in hex, of what a history says of everybody without personal content: canonical lines
 * {id, stream, type, data} by stream, then revision. Neither encryption nor a destroyed key changes it.
 */
export function historyHash(
  events: readonly RecordedEvent[],
  tables: readonly EventTable[],
): string {
  const rows: Rows = new Map(tables.flatMap((table) => Object.entries(table)));
  const lines = events
    .toSorted((a, b) => order(a.stream, b.stream) || a.revision - b.revision)
    .map(({ id, stream, type, data }) =>
      canonicalJson({ id, stream, type, data: withoutPersonal(data, type, rows) }),
    );
  return sha256Hex(lines.map((line) => `${line}\n`).join(''));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function withoutPersonal(data: unknown, type: string, rows: Rows): unknown {
  if (!shape.isPlainObject(data)) return data;
  const paths = [...personalPaths(data, rows.get(type), rows), SEALED_FIELD];
  return paths.reduce<unknown>((value, path) => without(value, path.split('.')), data);
}

/** The type's own, and those of the event that it corrects. */
function personalPaths(data: Data, row: EventTypeRow | undefined, rows: Rows): readonly string[] {
  if (!row?.nested) return row?.personal ?? [];
  const { nested } = row;
  const content = data[nested];
  const inner = shape.isPlainObject(content) ? rows.get(String(content['type'])) : undefined;
  const within = inner?.personal.map((path) => `${nested}.data.${path}`) ?? [];
  return [...row.personal, ...within];
}

function without(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined || !shape.isPlainObject(value) || !(key in value)) return value;
  const { [key]: inner, ...others } = value;
  return rest.length === 0 ? others : { ...others, [key]: without(inner, rest) };
}
