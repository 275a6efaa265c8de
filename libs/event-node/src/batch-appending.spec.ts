import { type ClientHttp2Session, connect } from 'node:http2';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Segments } from './segments.js';
import { BatchCall, message } from './spec-batch-call.contract.js';
import {
  anEvent,
  aStream,
  idsIn,
  idsOf,
  someEvents,
  useRunningNode,
} from './spec-node.contract.js';

const running = useRunningNode();
let session: ClientHttp2Session;

beforeAll(() => {
  session = connect(`http://${running.node.address}:${String(running.node.port)}`);
});
afterAll(() => {
  session.destroy();
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** The node writes nothing more until it is to go on. */
class HeldDisk {
  goOn: () => void = () => undefined;
  readonly isWriting: Promise<void>;

  constructor() {
    const held = new Promise<void>((resolve) => {
      this.goOn = resolve;
    });
    const append = Reflect.get<Segments, 'append'>(Segments.prototype, 'append');
    this.isWriting = new Promise((resolve) => {
      jest.spyOn(Segments.prototype, 'append').mockImplementation(async function (
        this: Segments,
        bytes,
      ) {
        resolve();
        await held;
        return append.call(this, bytes);
      });
    });
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
    const call = new BatchCall(session).send(
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
    const call = new BatchCall(session).send(
      ...ids.map((event) => ({ id: randomUUID(), stream, events: [event] })),
    );
    await call.ended();

    expect(call.answers).toHaveLength(50);
    expect(await idsIn(running.client, stream)).toEqual(ids);
  });

  it.each([
    ['1,000 seconds after 1970', { deadline: 1_000 }],
    ['before 1970', { deadline: -1 }],
    ['a second before it is sent', { within: -1 }],
  ])('whose deadline is %s is answered at once, and the rest of it dropped', async (_, ends) => {
    const stream = aStream();
    const [late, next] = [randomUUID(), randomUUID()];
    const call = new BatchCall(session).send(
      { id: late, stream, ...ends, events: [randomUUID()], isFinal: false },
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
    const [id, other] = [randomUUID(), randomUUID()];
    const deadline = Math.floor(Date.now() / 1000) + 1;
    const call = new BatchCall(session).send(
      { id, stream: aStream(), deadline, isFinal: false },
      { id: other, stream: aStream(), within: 1, isFinal: false },
    );
    const answers = await call.answered(2);

    expect(new Set(answers)).toEqual(
      new Set([id, other].map((each) => ({ id: each, outcome: 'Timeout' }))),
    );
    await call.ended();
  });

  it('that is not written by its deadline is answered then, and not once more', async () => {
    const disk = new HeldDisk();
    const [id, event] = [randomUUID(), randomUUID()];
    const stream = aStream();
    const call = new BatchCall(session).send({ id, stream, within: 1, events: [event] });
    expect(await call.answered(1)).toEqual([{ id, outcome: 'Timeout' }]);
    disk.goOn();
    await call.ended();

    expect(call.answers).toEqual([{ id, outcome: 'Timeout' }]);
    expect(await idsIn(running.client, stream)).toEqual([event]);
  });

  it('is answered once, whatever else comes under its name before', async () => {
    const disk = new HeldDisk();
    const [id, event] = [randomUUID(), randomUUID()];
    const stream = aStream();
    const call = new BatchCall(session).send(
      { id, stream, events: [event] },
      { id, events: [randomUUID()] },
      { id, stream, events: [randomUUID()] },
    );
    await disk.isWriting;
    disk.goOn();
    await call.ended();

    expect(call.answers).toEqual([{ id, outcome: 'at 0' }]);
    expect(await idsIn(running.client, stream)).toEqual([event]);
  });

  it('whose last chunk does not come before the end of the call is answered all the same', async () => {
    const id = randomUUID();
    const chunk = { id, stream: aStream(), events: [randomUUID()], isFinal: false };
    const call = new BatchCall(session).send(chunk);
    await call.ended();

    expect(call.answers).toEqual([{ id, outcome: 'BadRequest' }]);
    expect(call.status).toBe('0');
  });

  it('is refused together with its call where too many others have no last chunk', async () => {
    const unfinished = Array.from({ length: 1_001 }, () => ({
      id: randomUUID(),
      stream: 's',
      isFinal: false,
    }));
    const call = new BatchCall(session).send(...unfinished);
    await call.ended();

    expect(call.status).toBe('8');
  });

  it('is not read while answers before it are not, and each is answered once they are', async () => {
    const stream = 's'.repeat(1_000);
    const ids = Array.from({ length: 5_000 }, () => randomUUID());
    const call = new BatchCall(session).rest();
    const sent = await call.sendWhileTaken(ids.map((id) => ({ id, stream, deadline: 1_000 })));
    expect(sent).toBeLessThan(2_000);
    await call.readOn().ended();

    expect(call.answers).toEqual(ids.slice(0, sent).map((id) => ({ id, outcome: 'Timeout' })));
    expect(call.status).toBe('0');
  });

  it('that is too big is answered before its last chunk, once', async () => {
    const id = randomUUID();
    const stream = aStream();
    const data = Buffer.alloc(600_000, 32);
    const call = new BatchCall(session).send(
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
    const call = new BatchCall(session)
      .sendBytes(written(bad).subarray(5))
      .send({ id: good, stream: aStream(), events: [randomUUID()] });
    await call.ended();

    expect(call.answers).toEqual([
      { id: bad, outcome: 'BadRequest' },
      { id: good, outcome: 'at 0' },
    ]);
  });

  it('may be bad more often than any call has unfinished ones', async () => {
    const call = new BatchCall(session);
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
    const call = new BatchCall(session).sendBytes(Buffer.from([0x0a, 0xff, 0xff]));
    await call.ended();

    expect(call.status).toBe('3');
    const stream = aStream();
    await running.client.appendToStream(stream, anEvent());
    expect(await idsIn(running.client, stream)).toHaveLength(1);
  });
});
