import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { frame, FrameReader } from './frames.js';
import { invalidArgument } from './status.js';
import {
  anEvent,
  aStream,
  idsIn,
  idsOf,
  someEvents,
  useRunningNode,
} from './spec-node.contract.js';
import { fieldBytes, varintBytes, WireWriter } from './wire.js';

const running = useRunningNode();
let session: ClientHttp2Session;

beforeAll(() => {
  session = connect(`http://${running.node.address}:${String(running.node.port)}`);
});
afterAll(() => {
  session.destroy();
});

interface Chunk {
  readonly id: string;
  /** In the first chunk. */
  readonly stream?: string;
  /** Seconds since the epoch. */
  readonly deadline?: number;
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
function message({ id, stream, deadline, events = [], data, type = 'T', isFinal }: Chunk): Buffer {
  const property = (key: string, value: string): Buffer =>
    field(2, Buffer.concat([field(1, key), field(2, value)]));
  const options =
    stream === undefined
      ? []
      : [field(1, field(3, stream)), field(4, ''), ...deadlineField(deadline)];
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

function deadlineField(seconds: number | undefined): Buffer[] {
  return seconds === undefined ? [] : [field(6, numberField(1, seconds))];
}

class BatchCall {
  readonly answers: { id: string; outcome: string }[] = [];
  readonly #stream: ClientHttp2Stream;
  readonly #reader = new FrameReader({
    bytesMax: 1_000_000,
    exceeded: () => invalidArgument('too long'),
  });
  status: string | undefined;

  constructor() {
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

describe('a batch append', () => {
  it('is used by the official client, which gets what it appended', async () => {
    const stream = aStream();
    const events = someEvents(700);
    const result = await running.client.appendToStream(stream, events, {
      expectedRevision: 'no_stream',
    });

    expect(result.nextExpectedRevision).toBe(699n);
    expect(await idsIn(running.client, stream)).toEqual(idsOf(events));
    const late = running.client.appendToStream(stream, anEvent(), { expectedRevision: 3n });
    await expect(late).rejects.toMatchObject({
      type: 'wrong-expected-version',
      actualVersion: 699n,
    });
  });

  it('puts the chunks of a correlation together, also where those of others come between', async () => {
    const [a, b] = [aStream(), aStream()];
    const [one, two] = [randomUUID(), randomUUID()];
    const ids = Array.from({ length: 5 }, () => randomUUID());
    const call = new BatchCall().send(
      { id: one, stream: a, events: ids.slice(0, 2), isFinal: false },
      { id: two, stream: b, events: ids.slice(4), isFinal: false },
      { id: one, events: ids.slice(2, 4), isFinal: true },
      { id: two, isFinal: true },
    );

    expect(await call.answered(2)).toEqual([
      { id: one, outcome: 'at 3' },
      { id: two, outcome: 'at 0' },
    ]);
    expect(await idsIn(running.client, a)).toEqual(ids.slice(0, 4));
    await call.ended();
    expect(call.status).toBe('0');
  });

  it('is made in the order in which the appends were complete', async () => {
    const stream = aStream();
    const ids = Array.from({ length: 50 }, () => randomUUID());
    const call = new BatchCall().send(
      ...ids.map((event) => ({ id: randomUUID(), stream, events: [event] })),
    );
    await call.ended();

    expect(call.answers).toHaveLength(50);
    expect(await idsIn(running.client, stream)).toEqual(ids);
  });

  it('whose deadline is past is answered at once, and the rest of it dropped', async () => {
    const stream = aStream();
    const [late, next] = [randomUUID(), randomUUID()];
    const call = new BatchCall().send(
      { id: late, stream, deadline: 1_000, events: [randomUUID()], isFinal: false },
      { id: late, events: [randomUUID()], isFinal: true },
      { id: next, stream, events: [randomUUID()] },
    );
    await call.ended();

    expect(call.answers).toEqual([
      { id: late, outcome: 'Timeout' },
      { id: next, outcome: 'at 0' },
    ]);
  });

  it('that is never completed is answered when its deadline passes', async () => {
    const id = randomUUID();
    const deadline = Math.floor(Date.now() / 1000) + 1;
    const call = new BatchCall().send({ id, stream: aStream(), deadline, isFinal: false });

    expect(await call.answered(1)).toEqual([{ id, outcome: 'Timeout' }]);
    await call.ended();
  });

  it('that is too big is answered before its last chunk, once', async () => {
    const id = randomUUID();
    const stream = aStream();
    const data = Buffer.alloc(600_000, 32);
    const call = new BatchCall().send(
      { id, stream, events: [randomUUID()], data, isFinal: false },
      { id, events: [randomUUID()], data, isFinal: false },
      { id, events: [randomUUID()], data, isFinal: true },
    );
    await call.ended();

    expect(call.answers).toEqual([{ id, outcome: 'MaximumAppendSizeExceeded' }]);
  });

  it.each([
    ['without a stream', (id: string) => message({ id, events: [randomUUID()] })],
    [
      'with an event without type',
      (id: string) => message({ id, stream: 's', events: [randomUUID()], type: '' }),
    ],
    [
      'with an event whose id is none',
      (id: string) => message({ id, stream: 's', events: ['nobody'] }),
    ],
  ])('%s is answered as a bad request, and the call goes on', async (_, written) => {
    const [bad, good] = [randomUUID(), randomUUID()];
    const call = new BatchCall()
      .sendBytes(written(bad).subarray(5))
      .send({ id: good, stream: aStream(), events: [randomUUID()] });
    await call.ended();

    expect(call.answers).toEqual([
      { id: bad, outcome: 'BadRequest' },
      { id: good, outcome: 'at 0' },
    ]);
  });

  it('may be bad more often than any call has unfinished ones', async () => {
    const call = new BatchCall();
    const chunks = Array.from({ length: 1_100 }, () => ({
      id: randomUUID(),
      stream: 's',
      events: ['nobody'],
    }));
    call.send(...chunks);
    await call.ended();

    expect(call.status).toBe('0');
    expect(call.answers).toEqual(chunks.map(({ id }) => ({ id, outcome: 'BadRequest' })));
  });

  it('whose bytes are no message ends the call, and harms no other', async () => {
    const call = new BatchCall().sendBytes(Buffer.from([0x0a, 0xff, 0xff]));
    await call.ended();

    expect(call.status).toBe('3');
    const stream = aStream();
    await running.client.appendToStream(stream, anEvent());
    expect(await idsIn(running.client, stream)).toHaveLength(1);
  });
});
