import { type EventTable, type EventTypeRow, shape } from '#libs/kernel';
import { type EventName, UnknownEventType } from './errors.js';

export type Data = Readonly<Record<string, unknown>>;

/** The rows of all tables, and what follows from a row for one event. */
export class EventTypes {
  readonly #rows = new Map<string, EventTypeRow>();

  constructor(tables: readonly EventTable[]) {
    for (const [type, row] of tables.flatMap((table) => Object.entries(table))) {
      if (this.#rows.has(type)) throw new Error(`Two tables name the event type ${type}.`);
      this.#rows.set(type, row);
    }
  }

  row(event: EventName): EventTypeRow {
    const row = this.#rows.get(event.type);
    if (row === undefined) throw new UnknownEventType(event, 'The type');
    return row;
  }

  /** Data of any known version in today's, that of a nested event included. */
  upcast(event: EventName, version: number, data: Data): Data {
    const row = this.row(event);
    const today = upcastOne(event, row, { version, data });
    const nested = this.#nested(event, row, today);
    if (nested === undefined) return today;
    const { at, content, row: nestedRow } = nested;
    const { version: nestedVersion, data: nestedData } = content;
    if (typeof nestedVersion !== 'number' || !shape.isPlainObject(nestedData)) return today;
    const corrected = upcastOne(nested.event, nestedRow, {
      version: nestedVersion,
      data: nestedData,
    });
    return { ...today, [at]: { ...content, version: nestedRow.version, data: corrected } };
  }

  personalPaths(event: EventName, data: Data): readonly string[] {
    const row = this.row(event);
    const nested = this.#nested(event, row, data);
    if (nested === undefined) return row.personal;
    const inner = nested.row.personal.map((path) => `${nested.at}.data.${path}`);
    return [...row.personal, ...inner];
  }

  #nested(event: EventName, row: EventTypeRow, data: Data) {
    const at = row.nested;
    const content = at === undefined ? undefined : data[at];
    if (at === undefined || !shape.isPlainObject(content)) return undefined;
    const type = content['type'];
    if (typeof type !== 'string') return undefined;
    const nestedEvent = { ...event, type };
    return { at, content, event: nestedEvent, row: this.row(nestedEvent) };
  }
}

function upcastOne(
  event: EventName,
  row: EventTypeRow,
  from: { version: number; data: Data },
): Data {
  let { data } = from;
  if (from.version > row.version) {
    throw new UnknownEventType(event, `Version ${String(from.version)}`);
  }
  for (let version = from.version; version < row.version; version += 1) {
    const step = row.upcasters?.[version];
    if (step === undefined) throw new UnknownEventType(event, `Version ${String(version)}`);
    const next = step(data);
    if (!shape.isPlainObject(next))
      throw new TypeError(
        `The upcaster of version ${String(version)} of ${event.type} gives no object.`,
      );
    data = next;
  }
  return data;
}
