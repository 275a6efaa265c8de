const LINE_BYTES_MAX = 1024 * 1024;
const NEWLINE = 0x0a;

/** A line that cannot be read as text; `number` from 1. */
export class UnreadableLine extends Error {
  constructor(
    readonly number: number,
    readonly reason: string,
  ) {
    super(reason);
    this.name = 'UnreadableLine';
  }
}

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/** The lines of a UTF-8 file, one at a time, blank ones left out but counted; throws `UnreadableLine`. */
export async function* readLines(
  source: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<Line, void> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  for await (const chunk of source) {
    const bytes = Buffer.concat([rest, Buffer.from(chunk as Uint8Array)]);
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      number += 1;
      yield* textOf(bytes.subarray(start, end), number);
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > LINE_BYTES_MAX) throw new UnreadableLine(number + 1, TOO_LONG);
  }
  yield* textOf(rest, number + 1);
}

const TOO_LONG = `is longer than ${String(LINE_BYTES_MAX)} bytes`;

function* textOf(bytes: Uint8Array, number: number): Generator<Line, void> {
  const text = decoded(bytes);
  if (text === undefined) throw new UnreadableLine(number, 'is not UTF-8');
  if (text.trim() !== '') yield { number, text };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
