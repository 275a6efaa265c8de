import { canonicalJson, type EventTable, type RecordedEvent, shape, sha256Hex } from '#libs/kernel';

/** Where a stored event keeps its encrypted personal content. */
const SEALED_FIELD = 'encrypted';

/**
 * SHA-256, in hex, of what a history says of everybody without personal content: canonical lines
 * {id, stream, type, data} by stream, then revision. Neither encryption nor a destroyed key changes it.
 */
export function historyHash(
  events: readonly RecordedEvent[],
  tables: readonly EventTable[],
): string {
  const personal = new Map(
    tables.flatMap((table) => Object.entries(table).map(([type, row]) => [type, row.personal])),
  );
  const lines = events
    .toSorted((a, b) => order(a.stream, b.stream) || a.revision - b.revision)
    .map(({ id, stream, type, data }) =>
      canonicalJson({ id, stream, type, data: withoutPersonal(data, type, personal) }),
    );
  return sha256Hex(lines.map((line) => `${line}\n`).join(''));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function withoutPersonal(
  data: unknown,
  type: string,
  personal: ReadonlyMap<string, readonly string[]>,
): unknown {
  if (!shape.isPlainObject(data)) return data;
  const paths = [...(personal.get(type) ?? []), SEALED_FIELD];
  const bare = paths.reduce<unknown>((value, path) => without(value, path.split('.')), data);
  const { corrected } = data;
  if (!shape.isPlainObject(corrected) || !shape.isPlainObject(bare)) return bare;
  const inner = withoutPersonal(corrected['data'], String(corrected['type']), personal);
  return { ...bare, corrected: { ...corrected, data: inner } };
}

function without(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined || !shape.isPlainObject(value) || !(key in value)) return value;
  const { [key]: inner, ...others } = value;
  return rest.length === 0 ? others : { ...others, [key]: without(inner, rest) };
}
