import {
  canonicalJson,
  type EventMetadata,
  type EventTable,
  isInstant,
  isUuid,
  type RecordedEvent,
  registrantIdOf,
  shape,
  type ShapeIssue,
} from '#libs/kernel';
import { type EventName, EventTooLarge, InvalidEvent } from './errors.js';
import { type Data, EventTypes } from './event-types.js';
import type { RegistrantKeys } from './keys.js';
import { joinPersonal, splitPersonal } from './personal-fields.js';
import type { EventToAppend } from './port.js';
import { checkSealedForm, KEY_BYTES, seal, unseal } from './sealed-content.js';

/** At the top of the data: the personal content of the event, encrypted. */
export const SEALED_FIELD = 'encrypted';
const BYTES_MAX = 60_000;
/** JavaScript moves such keys to the front, so the client would write other bytes than the canonical ones. */
const NUMERIC_KEY = /[{,]"\d+":/;

/** Data and metadata as canonical JSON: the very text that is stored. */
export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** An event as it lies in the store, its JSON parsed. */
export interface StoredEvent extends EventName {
  readonly revision: number;
  readonly position: number;
  readonly data: unknown;
  readonly metadata: unknown;
}

/** Between the events of the rooms and what is stored. It knows no event, but the tables of them. */
export interface Codec {
  /** Makes the keys that are missing. Throws `InvalidEvent`, `UnknownEventType`, `EventTooLarge`. */
  readonly encode: (
    stream: string,
    events: readonly EventToAppend[],
  ) => Promise<readonly EncodedEvent[]>;
  /** Throws what the encoding of the same would throw, under a key for show where there is none yet. */
  readonly tryOut: (stream: string, events: readonly EventToAppend[]) => void;
  /**
   * In today's shape, personal content opened; where its key is gone, or none were given, these
   * fields are absent. Throws `UnknownEventType`, `DamagedPersonalContent`, `InvalidEvent`.
   */
  readonly decode: (stored: StoredEvent) => RecordedEvent;
  /**
   * With data and metadata as they are stored. Throws `UnknownEventType` and `InvalidEvent` all the
   * same: what no table knows must not be handed on as if it had been understood.
   */
  readonly asStored: (stored: StoredEvent) => RecordedEvent;
  /** What the event's own table finds wrong with an event in today's shape. */
  readonly check: (event: RecordedEvent) => readonly ShapeIssue[];
  /** Whether an event in today's shape holds any personal content, opened or in clear. */
  readonly holdsPersonal: (event: RecordedEvent) => boolean;
}

/** As long as every other, so that what is encrypted under it has the length that it would have. */
const KEY_FOR_SHOW = new Uint8Array(KEY_BYTES);

export function createCodec(tables: readonly EventTable[], keys?: RegistrantKeys): Codec {
  const types = new EventTypes(tables);
  return {
    encode: async (stream, events) => {
      const ready = events.map((event) => prepare(types, stream, event));
      const key = await keyFor(stream, ready, keys);
      return ready.map((event) => encodeOne(event, key));
    },
    tryOut: (stream, events) => {
      const registrantId = registrantIdOf(stream);
      const key = registrantId === undefined ? undefined : keys?.find(registrantId);
      for (const event of events) {
        const ready = prepare(types, stream, event);
        encodeOne(ready, ready.personal === undefined ? key : (key ?? KEY_FOR_SHOW));
      }
    },
    decode: (stored) => decode(types, stored, keys),
    asStored: (stored) => asStored(types, stored),
    check: (event) => types.row(event).check(event.data),
    holdsPersonal: (event) => {
      const data = event.data as Data;
      return splitPersonal(data, types.personalPaths(event, data)).personal !== undefined;
    },
  };
}

/** Ready to be stored, but for the encryption. */
interface PreparedEvent {
  readonly name: EventName;
  readonly clear: Data;
  readonly personal?: Data;
  readonly sealed?: unknown;
  readonly metadata: EventMetadata;
}

function prepare(types: EventTypes, stream: string, event: EventToAppend): PreparedEvent {
  const name = { stream, id: event.id, type: event.type };
  const row = types.row(name);
  if (!isUuid(event.id)) throw invalid(name, 'must be a UUID in lower case', 'id');
  checkMetadata(name, event.metadata);
  if (!shape.isPlainObject(event.data)) throw invalid(name, 'must be an object');
  const version = event.metadata.schemaVersion;
  const { [SEALED_FIELD]: sealed, ...data } = event.data;
  const today = types.upcast(name, version, data);
  const issues = row.check(today);
  if (issues.length > 0) throw new InvalidEvent(name, issues);
  if (sealed === undefined) {
    const { clear, personal } = splitPersonal(today, types.personalPaths(name, today));
    const metadata = { ...event.metadata, schemaVersion: row.version };
    return { name, clear, ...(personal && { personal }), metadata };
  }
  checkSealedForm(name, sealed);
  if (splitPersonal(data, types.personalPaths(name, data)).personal) {
    throw invalid(name, 'must not hold personal fields both encrypted and in clear');
  }
  return { name, clear: data, sealed, metadata: event.metadata };
}

async function keyFor(
  stream: string,
  events: readonly PreparedEvent[],
  keys: RegistrantKeys | undefined,
): Promise<Uint8Array | undefined> {
  const registrantId = registrantIdOf(stream);
  const personal = events.find((event) => event.personal !== undefined);
  if (personal === undefined) {
    return registrantId === undefined ? undefined : keys?.find(registrantId);
  }
  if (registrantId === undefined) {
    throw invalid(personal.name, 'holds personal fields, which only a registrant stream may');
  }
  if (keys === undefined) {
    throw new Error('The event log was opened without keys: it cannot store personal content.');
  }
  return (await keys.getOrCreate([registrantId])).get(registrantId);
}

function encodeOne(event: PreparedEvent, key: Uint8Array | undefined): EncodedEvent {
  const { name, clear, metadata } = event;
  const data = canonicalJson(inOrder({ ...clear, [SEALED_FIELD]: sealedContent(event, key) }));
  const encoded = {
    id: name.id,
    type: name.type,
    data,
    metadata: canonicalJson(inOrder(metadata)),
  };
  const bytes = Buffer.byteLength(encoded.data) + Buffer.byteLength(encoded.metadata);
  if (bytes > BYTES_MAX) throw new EventTooLarge(name, bytes, BYTES_MAX);
  if (NUMERIC_KEY.test(encoded.data) || NUMERIC_KEY.test(encoded.metadata)) {
    throw invalid(name, 'has an object key of digits alone, which has no stored form');
  }
  return encoded;
}

function sealedContent(event: PreparedEvent, key: Uint8Array | undefined): unknown {
  const { name, personal, sealed } = event;
  if (personal === undefined) {
    // Opened once where the key is here, so that nothing damaged is stored.
    if (sealed !== undefined && key !== undefined) unseal(name, sealed, key);
    return sealed;
  }
  if (key === undefined) throw new Error('There is no key to encrypt personal content with.');
  return seal(name, inOrder(personal), key);
}

/** With its keys in the order of canonical JSON, which is written many times faster then; the text is the same. */
function inOrder(value: object): object {
  const entries = Object.entries(value);
  // By UTF-16 units, as RFC 8785 has it.
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function invalid(event: EventName, problem: string, path = ''): InvalidEvent {
  return new InvalidEvent(event, [{ path, problem }]);
}

function decode(
  types: EventTypes,
  stored: StoredEvent,
  keys: RegistrantKeys | undefined,
): RecordedEvent {
  const row = types.row(stored);
  checkMetadata(stored, stored.metadata);
  if (!shape.isPlainObject(stored.data)) throw invalid(stored, 'must be an object');
  const { stream, id, type, revision, position, metadata } = stored;
  const { isSealed, data: here } = opened(stored, stored.data, keys);
  const data = types.upcast(stored, metadata.schemaVersion, here);
  const today =
    metadata.schemaVersion === row.version ? metadata : { ...metadata, schemaVersion: row.version };
  const event = { id, stream, revision, position, type, data, metadata: today };
  return isSealed ? { ...event, isSealed } : event;
}

function asStored(types: EventTypes, stored: StoredEvent): RecordedEvent {
  decode(types, stored, undefined);
  // The decoding has checked them.
  return { ...stored, metadata: stored.metadata as EventMetadata };
}

interface Opened {
  readonly data: Data;
  readonly isSealed?: true;
}

function opened(event: EventName, stored: Data, keys: RegistrantKeys | undefined): Opened {
  if (stored[SEALED_FIELD] === undefined) return { data: stored };
  const { [SEALED_FIELD]: sealed, ...clear } = stored;
  const registrantId = registrantIdOf(event.stream);
  const key = registrantId === undefined ? undefined : keys?.find(registrantId);
  if (key === undefined) return { data: clear, isSealed: true };
  const personal = unseal(event, sealed, key);
  return { data: shape.isPlainObject(personal) ? joinPersonal(clear, personal) : clear };
}

function checkMetadata(event: EventName, metadata: unknown): asserts metadata is EventMetadata {
  if (!shape.isPlainObject(metadata)) throw invalid(event, 'must be an object', 'metadata');
  const issues = [
    ...(isInstant(metadata['recordedAt'])
      ? []
      : [{ path: 'metadata.recordedAt', problem: 'must be an instant, YYYY-MM-DDTHH:MM:SS.mmmZ' }]),
    ...actorShape(metadata['actor'], 'metadata.actor'),
    ...shape.integer(1, 10_000)(metadata['schemaVersion'], 'metadata.schemaVersion'),
  ];
  if (issues.length > 0) throw new InvalidEvent(event, issues);
}

const actorShape = shape.object({ id: shape.text(), role: shape.text() });
