import { sha256HexOf } from '#libs/kernel';
import { packedParts } from './packed-event.js';

/** A stream, and its packed events in the order of their revisions. */
export type PackedStream = readonly [stream: string, lines: Iterable<string>];

/**
 * SHA-256, in hex, of what a history says of everybody without personal content: canonical lines
 * {id, stream, type, data} by stream, then revision, so the streams must come in their order.
 * Neither encryption nor a destroyed key changes it.
 */
export function historyHash(streams: Iterable<PackedStream>): string {
  return sha256HexOf(hashedLines(streams));
}

/** Written out key by key, as RFC 8785 orders them, because the data is canonical already. */
function* hashedLines(streams: Iterable<PackedStream>): Generator<string, void> {
  for (const [stream, lines] of streams) {
    const ofStream = JSON.stringify(stream);
    for (const line of lines) {
      const { id, type, data } = packedParts(line);
      yield `{"data":${data},"id":"${id}","stream":${ofStream},"type":"${type}"}\n`;
    }
  }
}
