const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Lines of text kept as bytes outside the heap: a history of millions of events costs no more than
 * they are long, and the collector of garbage never walks through them.
 */
export class PackedLines {
  readonly #chunks: Buffer[] = [];
  #usedBytes = CHUNK_BYTES;

  /** Keeps a line, which must hold no newline; answers the place where it is found again. */
  add(line: string): number {
    const text = `${line}\n`;
    const bytes = Buffer.byteLength(text);
    if (this.#usedBytes + bytes > CHUNK_BYTES) {
      this.#chunks.push(Buffer.allocUnsafe(Math.max(CHUNK_BYTES, bytes)));
      this.#usedBytes = 0;
    }
    const at = this.#usedBytes;
    this.#chunks.at(-1)?.write(text, at);
    this.#usedBytes += bytes;
    return (this.#chunks.length - 1) * CHUNK_BYTES + at;
  }

  /** The line that was kept at that place. Throws a RangeError where none begins. */
  lineAt(place: number): string {
    const chunk = this.#chunks[Math.floor(place / CHUNK_BYTES)];
    if (!chunk) throw new RangeError(`No line was kept at ${place}.`);
    const start = place % CHUNK_BYTES;
    return chunk.toString('utf8', start, chunk.indexOf(NEWLINE, start));
  }
}
