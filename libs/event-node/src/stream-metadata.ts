import { shape } from '#libs/kernel';
import { recordedData } from './recorded-message.js';
import type { StoredEvent } from './storage.js';

/** Types of the events that the node itself gives a meaning. */
export const METADATA_TYPE = '$metadata';
export const LINK_TYPE = '$>';
export const TOMBSTONE_TYPE = '$streamDeleted';

/** A stream truncated before such a revision is deleted: JavaScript's numbers end here, those of the protocol later. */
const DELETED_FROM = Number.MAX_SAFE_INTEGER;
const DELETED_TRUNCATION = '9223372036854775807';

/** What the metadata of a stream says of how much of it is seen. */
export interface StreamMetadata {
  readonly maxCount?: number;
  readonly maxAgeMs?: number;
  /** The first revision that is seen. */
  readonly truncateBefore?: number;
}

const PREFIX = '$$';

export function metadataStream(stream: string): string {
  return PREFIX + stream;
}

export function isMetadataStream(stream: string): boolean {
  return stream.startsWith(PREFIX);
}

/** The stream that a metadata stream tells of. */
export function describedStream(metadata: string): string {
  return metadata.slice(PREFIX.length);
}

/** Of a metadata stream only the last event is seen. */
const OF_METADATA: StreamMetadata = { maxCount: 1 };

/** `last` gives the last event of a stream. */
export function metadataOf(
  stream: string,
  last: (stream: string) => Pick<StoredEvent, 'message'> | undefined,
): StreamMetadata {
  if (isMetadataStream(stream)) return OF_METADATA;
  const event = last(metadataStream(stream));
  return event === undefined ? {} : readMetadata(recordedData(event.message));
}

export function isSoftDeleted({ truncateBefore }: StreamMetadata): boolean {
  return truncateBefore !== undefined && truncateBefore >= DELETED_FROM;
}

/** What is no metadata at all bounds nothing, as on the server. */
function readMetadata(data: Buffer): StreamMetadata {
  const said = objectIn(data);
  const count = positive(said['$maxCount']);
  const age = positive(said['$maxAge']);
  const truncated = said['$tb'];
  return {
    ...(count !== undefined && { maxCount: count }),
    ...(age !== undefined && { maxAgeMs: age * 1000 }),
    ...(typeof truncated === 'number' &&
      Number.isInteger(truncated) && { truncateBefore: truncated }),
  };
}

/** The metadata of a stream that is deleted now, whatever else it said. */
export function deletedMetadata(before: Buffer | undefined): Buffer {
  return truncated(before, DELETED_TRUNCATION);
}

/** The metadata of a stream of which nothing before the revision is seen. */
export function truncatedMetadata(before: Buffer | undefined, revision: number): Buffer {
  return truncated(before, String(revision));
}

/** The revision is spliced in as text: the greatest one has no form as a number here. */
function truncated(before: Buffer | undefined, revision: string): Buffer {
  const { $tb: _tb, ...rest } = before === undefined ? {} : objectIn(before);
  const others = JSON.stringify(rest).slice(1, -1);
  return Buffer.from(`{${others}${others === '' ? '' : ','}"$tb":${revision}}`);
}

function objectIn(data: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(data.toString());
    return shape.isPlainObject(value) ? value : {};
  } catch {
    return {};
  }
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}
