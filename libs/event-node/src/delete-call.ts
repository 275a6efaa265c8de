import type { Call } from './call.js';
import type { ExpectedRevision } from './commit-check.js';
import type { MessageLimit } from './frames.js';
import type { Journal } from './journal.js';
import { decodeDeletion, decodeTombstone, encodeDeleted, encodeTombstoned } from './messages.js';
import { CallError, invalidArgument, status, streamDeleted, trailerText } from './status.js';
import { isMetadataStream } from './stream-metadata.js';

const REQUEST_LIMIT: MessageLimit = {
  bytesMax: 16 * 1024,
  exceeded: () => new CallError(status.resourceExhausted, 'The request is too long.'),
};

/** Serves Delete and Tombstone, where the node was told to allow them. */
export async function serveDeletion(
  call: Call,
  journal: Journal,
  isForEver: boolean,
): Promise<void> {
  const requests: Buffer[] = [];
  await call.receive({ limit: REQUEST_LIMIT }, (bytes) => {
    if (requests.push(bytes) > 1) throw invalidArgument('A deletion is one request.');
  });
  const [request] = requests;
  if (request === undefined) throw invalidArgument('A deletion without a request.');
  const { stream, expected } = isForEver ? decodeTombstone(request) : decodeDeletion(request);
  if (isMetadataStream(stream)) {
    throw invalidArgument('The metadata of a stream are not deleted but written anew.');
  }
  const outcome = await journal.delete({ stream, expected, isForEver });
  if (outcome.kind === 'deleted') throw streamDeleted(stream);
  if (outcome.kind === 'conflict') throw wrongExpected(stream, expected, outcome.current);
  const position = outcome.last?.position ?? 0;
  call.end(isForEver ? encodeTombstoned(position) : encodeDeleted(position));
}

const expectedNumbers = { 'no-stream': -1, any: -2, 'stream-exists': -4 } as const;

function wrongExpected(stream: string, expected: ExpectedRevision, current: number): CallError {
  const name = trailerText(stream);
  return new CallError(status.failedPrecondition, `The stream ${name} is not as expected.`, {
    exception: 'wrong-expected-version',
    'stream-name': name,
    'expected-version': String(typeof expected === 'number' ? expected : expectedNumbers[expected]),
    'actual-version': String(current),
  });
}
