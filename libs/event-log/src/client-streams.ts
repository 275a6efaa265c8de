import { EventLogUnavailable } from './errors.js';

/** What is needed here of the client's readable streams. */
interface ReadableOfClient extends AsyncIterable<unknown> {
  on(event: 'error', listener: (error: Error) => void): unknown;
  destroy(error?: Error): unknown;
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
  let ended = false;
  try {
    silence.reading();
    for await (const item of stream as AsyncIterable<Item>) {
      silence.answered();
      yield item;
      silence.reading();
    }
    ended = true;
  } finally {
    silence.stop();
    if (!ended) await cancel().catch(() => undefined);
  }
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
