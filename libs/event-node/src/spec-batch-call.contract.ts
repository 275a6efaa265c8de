import { once } from 'node:events';
import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import { setImmediate as nextTurn } from 'node:timers/promises';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { frame, FrameReader } from './frames.js';
import { invalidArgument } from './status.js';
import { fieldBytes, varintBytes, WireWriter } from './wire.js';

export interface Chunk {
  readonly id: string;
  /** In the first chunk. */
  readonly stream?: string;
  /** Seconds since the epoch. */
  readonly deadline?: number;
  /** Seconds from now on. */
  readonly within?: number;
  readonly events?: readonly string[];
  readonly data?: Buffer;
  readonly type?: string;
  readonly isFinal?: boolean;
}

function field(number: number, content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content as string);
  const into = Buffer.alloc(fieldBytes(bytes.length));
  new WireWriter(into).bytes(number, bytes);
  return into;
}

function numberField(number: number, value: number): Buffer {
  const into = Buffer.alloc(1 + varintBytes(value));
  new WireWriter(into).number(number, value);
  return into;
}

/** A message of the call, written by hand: the official client sends no two chunks of one append. */
export function message(chunk: Chunk): Buffer {
  const { id, stream, deadline, within, events = [], data, type = 'T', isFinal } = chunk;
  const property = (key: string, value: string): Buffer =>
    field(2, Buffer.concat([field(1, key), field(2, value)]));
  const options =
    stream === undefined
      ? []
      : [
          field(1, field(3, stream)),
          field(4, ''),
          ...secondsField(6, deadline),
          ...secondsField(7, within),
        ];
  const proposed = events.map((event) =>
    Buffer.concat([
      field(1, field(2, event)),
      property('type', type),
      property('content-type', 'application/json'),
      field(4, data ?? '{}'),
    ]),
  );
  return frame(
    Buffer.concat([
      field(1, field(2, id)),
      ...(options.length > 0 ? [field(2, Buffer.concat(options))] : []),
      ...proposed.map((event) => field(3, event)),
      numberField(4, isFinal === false ? 0 : 1),
    ]),
  );
}

/** The one negative number that is needed is written in all ten bytes. */
function secondsField(number: number, seconds: number | undefined): Buffer[] {
  if (seconds === undefined) return [];
  const minusOne = Buffer.from([0x08, ...new Array<number>(9).fill(0xff), 0x01]);
  return [field(number, seconds === -1 ? minusOne : numberField(1, seconds))];
}

export class BatchCall {
  readonly answers: { id: string; outcome: string }[] = [];
  readonly #stream: ClientHttp2Stream;
  readonly #reader = new FrameReader({
    bytesMax: 1_000_000,
    exceeded: () => invalidArgument('too long'),
  });
  status: string | undefined;

  constructor(session: ClientHttp2Session) {
    this.#stream = session.request({
      ':method': 'POST',
      ':path': '/event_store.client.streams.Streams/BatchAppend',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    this.#stream.on('data', (bytes: Buffer) => {
      for (const answer of this.#reader.push(bytes)) this.#note(answer);
    });
    for (const name of ['response', 'trailers']) {
      this.#stream.on(name, (headers: Record<string, string>) => {
        this.status = headers['grpc-status'] ?? this.status;
      });
    }
  }

  send(...chunks: readonly Chunk[]): this {
    this.#stream.write(Buffer.concat(chunks.map(message)));
    return this;
  }

  sendBytes(bytes: Buffer): this {
    this.#stream.write(frame(bytes));
    return this;
  }

  /** Reads no answers from now on. */
  rest(): this {
    this.#stream.pause();
    return this;
  }

  /** Writes what it is given until the node takes no more, and gives how many of them were written. */
  async sendWhileTaken(chunks: Iterable<Chunk>): Promise<number> {
    let count = 0;
    for (const chunk of chunks) {
      count += 1;
      if (!this.#stream.write(message(chunk)) && !(await this.#isTaken())) break;
    }
    return count;
  }

  readOn(): this {
    this.#stream.resume();
    return this;
  }

  /** A node that takes data does so between two pings. */
  async #isTaken(): Promise<boolean> {
    const { session } = this.#stream;
    for (let pings = 0; pings < 50 && this.#stream.writableNeedDrain; pings += 1) {
      await new Promise<void>((resolve) => {
        session?.ping(() => {
          resolve();
        });
      });
      await nextTurn();
    }
    return !this.#stream.writableNeedDrain;
  }

  async answered(count: number): Promise<readonly { id: string; outcome: string }[]> {
    while (this.answers.length < count) await once(this.#stream, 'data').then(() => nextTurn());
    return this.answers;
  }

  /** Says that nothing more comes, and waits for the end. */
  async ended(): Promise<void> {
    const closed = once(this.#stream, 'close');
    this.#stream.end();
    await closed;
  }

  #note(bytes: Buffer): void {
    const answer = streams.BatchAppendResp.deserializeBinary(bytes);
    const id = answer.getCorrelationId()?.getString() ?? '';
    const type = answer.getError()?.getDetails()?.getTypeName();
    const revision = answer.getSuccess()?.getCurrentRevision();
    this.answers.push({ id, outcome: type?.split('.').at(-1) ?? `at ${String(revision)}` });
  }
}
