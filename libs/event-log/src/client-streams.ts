import { EventLogUnavailable } from './errors.js';

/**
 * HTTP/2 servers close the connection of a client that resets many streams. After an answer like "no
 * such stream" the server ends the call by itself within this time, and nothing needs to be reset.
 */
const CALL_OFF_AFTER_MS = 500;

/** What is needed here of the client's readable streams. */
interface ReadableOfClient {
  on(event: 'error', listener: (error: Error) => void): unknown;
  destroy(error?: Error): unknown;
  resume(): unknown;
  iterator(options: { destroyOnReturn: boolean }): AsyncIterator<unknown>;
}

/** A read or a subscription of the client, and how it is called off. */
export interface ClientStream {
  readonly stream: ReadableOfClient;
  readonly cancel: () => Promise<void>;
  /** After how long without an answer to a waiting reader the stream is given up; absent: never. */
  readonly silenceMaxMs?: number;
}

/** What the stream gives, one by one; called off on the server's side too when the reader stops. */
export async function* drain<Item>(source: ClientStream): AsyncGenerator<Item, void> {
  const { stream, cancel, silenceMaxMs } = source;
  // An error that arrives when nobody reads any more would otherwise end the process.
  stream.on('error', () => undefined);
  const silence = watchSilence(stream, silenceMaxMs);
  const callOff = (): Promise<void> => cancel().catch(() => undefined);
  let isDone = false;
  try {
    silence.reading();
    for await (const item of undestroyed<Item>(stream)) {
      silence.answered();
      yield item;
      silence.reading();
    }
    isDone = true;
  } catch (error) {
    isDone = true;
    setTimeout(() => void callOff(), CALL_OFF_AFTER_MS).unref();
    throw error;
  } finally {
    silence.stop();
    if (!isDone) {
      // What has arrived already is passed over: unread, it would keep the call open for ever.
      stream.resume();
      await callOff();
    }
  }
}

/** A loop that is left would destroy the stream, and nobody could read it to its end. */
function undestroyed<Item>(stream: ReadableOfClient): AsyncIterable<Item> {
  const iterator = stream.iterator({ destroyOnReturn: false }) as AsyncIterator<Item>;
  return { [Symbol.asyncIterator]: () => iterator };
}

/**
 * The same with one item held back, so that whoever has been given the last one leaves a stream that
 * has ended, and nothing is called off.
 */
export async function* drainOneAhead<Item>(source: ClientStream): AsyncGenerator<Item, void> {
  const held: Item[] = [];
  for await (const item of drain<Item>(source)) {
    yield* held.splice(0);
    held.push(item);
  }
  yield* held;
}

/** A read has no deadline in the client, so a server that hangs would keep its reader for ever. */
function watchSilence(stream: ReadableOfClient, silenceMaxMs: number | undefined) {
  let isReading = false;
  let answers = 0;
  let answersBefore = -1;
  const look = (): void => {
    if (isReading && answers === answersBefore) {
      const text = `no answer within ${String(silenceMaxMs)} ms`;
      stream.destroy(new EventLogUnavailable(text));
    }
    answersBefore = isReading ? answers : -1;
  };
  const timer = silenceMaxMs === undefined ? undefined : setInterval(look, silenceMaxMs);
  return {
    reading: () => {
      isReading = true;
    },
    answered: () => {
      isReading = false;
      answers += 1;
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}
