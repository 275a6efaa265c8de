import { once } from 'node:events';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  type Settings,
} from 'node:http2';
import { afterEach, describe, expect, it } from '@jest/globals';
import { generate } from 'selfsigned';
import { Bell } from './bell.js';
import type { Call } from './call.js';
import { frame } from './frames.js';
import { RequestMemory } from './request-memory.js';
import { GrpcServer, type GrpcServerOptions } from './server.js';
import { CallError, status } from './status.js';

const PATH = '/spec.Service/Method';
const NEVER_MS = 60_000;
const UNTRUSTED = { rejectUnauthorized: false };
const limit = {
  bytesMax: 1_000_000,
  exceeded: () => new CallError(status.resourceExhausted, 'The message is too long.'),
};

const opened: { server: GrpcServer; session: ClientHttp2Session }[] = [];

afterEach(async () => {
  for (const { server, session } of opened.splice(0)) {
    session.destroy();
    await server.close();
  }
});

type Setting = Partial<Omit<GrpcServerOptions, 'handlers'>> & {
  readonly serve: (call: Call) => Promise<void>;
};

async function serving({ serve, ...options }: Setting): Promise<ClientHttp2Session> {
  const server = new GrpcServer({
    handlers: new Map([[PATH, serve]]),
    onFault: (fault) => {
      throw fault;
    },
    patienceMs: NEVER_MS,
    ...options,
  });
  const { port } = await server.listen(0, '127.0.0.1');
  const session = connect(
    `${options.tls ? 'https' : 'http'}://127.0.0.1:${String(port)}`,
    UNTRUSTED,
  );
  session.on('error', () => undefined);
  opened.push({ server, session });
  await once(session, 'connect');
  return session;
}

function closed(session: ClientHttp2Session): Promise<void> {
  return new Promise((resolve) => {
    session.once('close', resolve);
  });
}

/** Another connection to the same server. */
function besides(session: ClientHttp2Session, settings: Settings = {}): ClientHttp2Session {
  const address = `127.0.0.1:${String(session.socket.remotePort)}`;
  const scheme = session.encrypted === true ? 'https' : 'http';
  const other = connect(`${scheme}://${address}`, { ...UNTRUSTED, settings });
  other.on('error', () => undefined);
  return other;
}

function calling(session: ClientHttp2Session, headers: object = {}): ClientHttp2Stream {
  const head = { ':method': 'POST', ':path': PATH, 'content-type': 'application/grpc' };
  const call = session.request({ ...head, ...headers });
  call.on('error', () => undefined);
  return call;
}

/** With which gRPC status the call ended, though its request did not. */
async function endOf(call: ClientHttp2Stream): Promise<number | undefined> {
  let code: number | undefined;
  const note = (headers: object): void => {
    const { 'grpc-status': found } = headers as Record<string, string>;
    if (found !== undefined) code = Number(found);
  };
  call.on('response', note).on('trailers', note).resume();
  await once(call, 'close');
  return code;
}

/** Resolves when the server has taken what was sent before: it answers a ping in its turn. */
function taken(session: ClientHttp2Session): Promise<void> {
  return new Promise((resolve) => {
    session.ping(() => {
      resolve();
    });
  });
}

const anUnfinishedMessage = frame(Buffer.alloc(40_000)).subarray(0, 30_000);

async function receiveAll(call: Call, mayIdle: boolean): Promise<void> {
  await call.receive({ limit, mayIdle }, () => undefined);
  call.end();
}

describe('a request', () => {
  it.each([true, false])(
    'that begins a message and does not finish it in time is ended (idle between messages: %s)',
    async (mayIdle) => {
      const serve = (call: Call): Promise<void> => receiveAll(call, mayIdle);
      const call = calling(await serving({ serve, patienceMs: 20 }));
      call.write(anUnfinishedMessage);

      expect(await endOf(call)).toBe(status.deadlineExceeded);
    },
  );

  it('that sends its message a little at a time does not have more time for it', async () => {
    const serve = (call: Call): Promise<void> => receiveAll(call, true);
    const session = await serving({ serve, patienceMs: 50 });
    const call = calling(session);
    const ended = endOf(call);
    call.write(frame(Buffer.alloc(500_000)).subarray(0, 5));
    for (let sent = 0; sent < 499_000 && !call.closed; sent += 1) {
      call.write(Buffer.alloc(1));
      await taken(session);
    }

    expect(await ended).toBe(status.deadlineExceeded);
  });

  it.each([
    ['between its messages, where it is a long one', false],
    ['in the middle of a message, while the node itself lets it wait', true],
  ])('is not late %s', async (_, isPaused) => {
    const calls: Call[] = [];
    const taking = new Bell();
    const serve = async (call: Call): Promise<void> => {
      calls.push(call);
      await call.receive({ limit, mayIdle: true }, () => {
        if (isPaused) call.pause();
        taking.ring();
      });
      call.end();
    };
    const session = await serving({ serve, patienceMs: 20 });
    const call = calling(session);
    const second = frame(Buffer.alloc(10));
    call.write(Buffer.concat([frame(Buffer.alloc(10)), second.subarray(0, isPaused ? 3 : 0)]));
    await taking.heard();
    // What began after it is late before it.
    const other = calling(session);
    other.write(anUnfinishedMessage);
    expect(await endOf(other)).toBe(status.deadlineExceeded);
    calls[0]?.resume();
    call.end(second.subarray(isPaused ? 3 : 0));

    expect(await endOf(call)).toBe(status.ok);
  });

  it('finds no memory where unfinished messages of others hold it, until they are gone', async () => {
    const serve = (call: Call): Promise<void> => receiveAll(call, true);
    const memory = new RequestMemory(100_000);
    const session = await serving({ serve, memory });
    const holding = [calling(session), calling(session)] as const;
    for (const call of holding) call.write(anUnfinishedMessage);
    await taken(session);
    const turnedAway = calling(session);
    turnedAway.write(anUnfinishedMessage);
    expect(await endOf(turnedAway)).toBe(status.resourceExhausted);
    const small = calling(session);
    small.end(frame(Buffer.alloc(10)));
    expect(await endOf(small)).toBe(status.ok);
    const gone = once(holding[0], 'close');
    holding[0].close();
    await gone;
    const next = calling(session);
    next.write(anUnfinishedMessage);
    next.end(frame(Buffer.alloc(40_000)).subarray(30_000));

    expect(await endOf(next)).toBe(status.ok);
  });
});

describe('a client', () => {
  it('that takes nothing of its answers is let go', async () => {
    const ends: boolean[] = [];
    const serve = async (call: Call): Promise<void> => {
      call.pause();
      await call.sendInTime(Buffer.alloc(1_000_000));
      ends.push(call.isOver);
    };
    const call = calling(await serving({ serve, patienceMs: 20 }));
    await once(call, 'response');
    const closed = once(call, 'aborted');
    call.write(anUnfinishedMessage);
    await closed;

    expect(ends).toEqual([true]);
  });

  it('that takes its answers is not', async () => {
    const serve = async (call: Call): Promise<void> => {
      await call.sendInTime(frame(Buffer.alloc(1_000_000)));
      call.end();
    };

    expect(await endOf(calling(await serving({ serve })))).toBe(status.ok);
  });

  it('is refused further calls where too many are open', async () => {
    const serve = (call: Call): Promise<void> => receiveAll(call, true);
    const session = await serving({ serve, callsMax: 2 });
    const open = [calling(session), calling(session)] as const;
    expect(await endOf(calling(session))).toBe(status.resourceExhausted);
    open[0].end();
    expect(await endOf(open[0])).toBe(status.ok);
    const next = calling(session);
    next.end();

    expect(await endOf(next)).toBe(status.ok);
  });

  it('that is not let in takes no room of others', async () => {
    let letIn: (isKnown: boolean) => void = () => undefined;
    const waiting = new Promise<boolean>((resolve) => {
      letIn = resolve;
    });
    const admit = (_: string, authorization?: string): Promise<boolean> =>
      authorization === undefined ? Promise.resolve(true) : waiting;
    const serve = (call: Call): Promise<void> => receiveAll(call, true);
    const session = await serving({ serve, admit, callsMax: 1 });
    const stranger = calling(session, { authorization: 'Basic x' });
    const known = calling(session);
    known.end();

    expect(await endOf(known)).toBe(status.ok);
    letIn(true);
    stranger.end();
    expect(await endOf(stranger)).toBe(status.ok);
  });

  it('that never ends its request is not waited for once it has its answer', async () => {
    const refuse = (): Promise<void> => Promise.reject(new CallError(status.unavailable, 'No.'));
    expect(await endOf(calling(await serving({ serve: refuse })))).toBe(status.unavailable);
    const answer = (call: Call): Promise<void> => {
      call.end(Buffer.alloc(10));
      return Promise.resolve();
    };
    expect(await endOf(calling(await serving({ serve: answer })))).toBe(status.ok);
  });

  it('that sends more headers than are taken is not served', async () => {
    let served = 0;
    const serve = (call: Call): Promise<void> => {
      served += 1;
      return receiveAll(call, true);
    };
    const session = await serving({ serve });
    await taken(session);
    const call = calling(session, { 'connection-name': 'n'.repeat(20_000) });
    call.end();

    await expect(endOf(call)).rejects.toThrow('NGHTTP2_ENHANCE_YOUR_CALM');
    expect(served).toBe(0);
  });
});

describe('a stranger', () => {
  const admit = (_: string, authorization?: string): Promise<boolean> =>
    Promise.resolve(authorization !== undefined);
  const answer = (call: Call): Promise<void> => {
    call.end(Buffer.alloc(10));
    return Promise.resolve();
  };

  it('that takes no answers keeps no room of those who are known, nor of other strangers', async () => {
    const session = await serving({ serve: answer, admit, callsMax: 1, strangeCallsMax: 2 });
    const slow = besides(session, { initialWindowSize: 0 });
    const strangers = [calling(slow), calling(slow), calling(slow), calling(slow)];
    const oldest = strangers.slice(0, 2).map((call) => once(call.resume().end(), 'close'));
    await Promise.all(oldest);
    await taken(slow);

    expect(strangers.map(({ closed }) => closed)).toEqual([true, true, false, false]);
    expect(await endOf(calling(session, { authorization: 'right' }))).toBe(status.ok);
    expect(await endOf(calling(session))).toBe(status.ok);
  });

  it('that does not take its answer in time is let go', async () => {
    const session = await serving({ serve: answer, admit, patienceMs: 20 });
    const slow = besides(session, { initialWindowSize: 0 });

    await expect(endOf(calling(slow))).resolves.toBeUndefined();
  });
});

describe('a connection', () => {
  const serve = (call: Call): Promise<void> => receiveAll(call, true);

  const admit = (_: string, authorization = ''): Promise<boolean> =>
    authorization === 'wrong'
      ? Promise.reject(new CallError(status.unauthenticated, 'No.'))
      : Promise.resolve(authorization === 'right');

  it.each([false, true])(
    'on which nobody known has called makes room for others where there are too many (TLS: %s)',
    async (isSecure) => {
      const { cert, private: key } = await generate([{ name: 'commonName', value: 'node' }]);
      const tls = isSecure && { tls: { cert, key } };
      const session = await serving({ serve, admit, connectionsMax: 3, ...tls });
      const right = { authorization: 'right' };
      const open = calling(session, right);
      await taken(session);
      const strangers = [besides(session), besides(session)] as const;
      for (const stranger of strangers) await once(stranger, 'connect');
      const gone = closed(strangers[0]);
      const good = besides(session);
      await gone;
      const other = calling(good, right);
      await taken(good);
      const goneToo = closed(strangers[1]);
      const third = calling(besides(session), right);
      await goneToo;
      for (const call of [open, other, third]) call.end();

      expect(await Promise.all([open, other, third].map(endOf))).toEqual([0, 0, 0]);
      const full = besides(session);
      await closed(full);
      expect(full.destroyed).toBe(true);
    },
  );

  it('on which nobody known has called is closed after a while, and another is not', async () => {
    const session = await serving({ serve, admit, probeMs: 250 });
    const call = calling(session, { authorization: 'right' });
    const strangers = [{}, { authorization: 'wrong' }].map(async (headers) => {
      const stranger = besides(session);
      calling(stranger, headers).resume().end();
      await closed(stranger);
    });
    await Promise.all(strangers);
    call.end();

    expect(await endOf(call)).toBe(status.ok);
  });
});
