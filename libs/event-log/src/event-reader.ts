import { isUuid, type RecordedEvent, shape } from '#libs/kernel';
import type { Codec, StoredEvent } from './codec.js';
import { type EventPlace, UnreadableEvent } from './errors.js';

/** The codec's two ways to read, by which every log reads: they throw nothing but `UnreadableEvent`. */
export function eventReader(codec: Codec): Pick<Codec, 'decode' | 'asStored'> {
  return { decode: saying(codec.decode), asStored: saying(codec.asStored) };
}

function saying(read: (stored: StoredEvent) => RecordedEvent) {
  return (stored: StoredEvent): RecordedEvent => {
    try {
      return read(stored);
    } catch (error) {
      throw new UnreadableEvent(placeOf(stored), error);
    }
  };
}

/** Without its data, since what is thrown may be logged. */
function placeOf({ stream, id, type, revision, position, metadata }: StoredEvent): EventPlace {
  const { schemaVersion: version, $correlationId: correlationId } = shape.isPlainObject(metadata)
    ? metadata
    : {};
  return {
    ...{ stream, id, type, revision, position },
    ...(typeof version === 'number' && { version }),
    // Another program may have stored anything under the name, and this is logged.
    ...(isUuid(correlationId) && { correlationId }),
  };
}
