import { EventLogUnavailable } from './errors.js';

/**
 * The client's errors that say something of the call itself. Any other one (no connection, no
 * leader, a broken stream, a server that fails inside) says that the log cannot be used now.
 */
const OF_THE_CALL: readonly unknown[] = [
  'access-denied',
  'invalid-argument',
  'maximum-append-size-exceeded',
  'missing-required-metadata-property',
  'stream-deleted',
  'unsupported',
];

/** gRPC's code for a position that is none, for which the client has no type. */
const INVALID_ARGUMENT = 3;

export function clientErrorType(error: unknown): unknown {
  return error instanceof Error && 'type' in error ? error.type : undefined;
}

/** What is thrown to the caller for an error of the client. */
export function asLogError(error: unknown): Error {
  if (!(error instanceof Error)) return new EventLogUnavailable(String(error));
  if (error instanceof EventLogUnavailable) return error;
  if (OF_THE_CALL.includes(clientErrorType(error))) return error;
  if ('code' in error && error.code === INVALID_ARGUMENT) return error;
  return new EventLogUnavailable(error.message, { cause: error });
}
