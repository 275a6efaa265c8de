import {
  canonicalJson,
  type EventTable,
  type EventTypeRow,
  knownFrom,
  type KnownEvent,
  type RecordedEvent,
  shape,
} from '#libs/kernel';

/** Where a stored event keeps its encrypted personal content. */
const SEALED_FIELD = 'encrypted';

type Rows = ReadonlyMap<string, EventTypeRow>;
type Data = Readonly<Record<string, unknown>>;

/** Writes events as lines of text, without personal content: no rule and no statistic needs any. */
export function eventPacker(tables: readonly EventTable[]): (event: RecordedEvent) => string {
  const rows: Rows = new Map(tables.flatMap((table) => Object.entries(table)));
  return ({ position, metadata, id, type, data }) =>
    [position, knownFrom(metadata), id, type, canonicalJson(clearData(data, type, rows))].join(' ');
}

interface PackedParts {
  readonly position: string;
  readonly known: string;
  readonly id: string;
  readonly type: string;
  /** The canonical JSON of the data without its personal fields. */
  readonly data: string;
}

/** The parts of a packed line; only the data, at its end, may hold blanks. */
export function packedParts(line: string): PackedParts {
  const [position = '', known = '', id = '', type = ''] = line.split(' ', 4);
  const head = `${position} ${known} ${id} ${type} `;
  return { position, known, id, type, data: line.slice(head.length) };
}

/** The event of a packed line, as far as it is needed for judging it. */
export function unpackedEvent(line: string): KnownEvent {
  const { position, known, id, type, data } = packedParts(line);
  return {
    id,
    type,
    data: JSON.parse(data) as unknown,
    position: Number(position),
    metadata: { recordedAt: known },
  };
}

function clearData(data: unknown, type: string, rows: Rows): unknown {
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
