/** The gRPC status codes that the node answers with. */
export const status = {
  ok: 0,
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
  unauthenticated: 16,
} as const;

export type StatusCode = (typeof status)[keyof typeof status];

/** Ends a call with a status; the trailers tell the official client which of its errors to raise. */
export class CallError extends Error {
  constructor(
    readonly code: StatusCode,
    message: string,
    readonly trailers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'CallError';
  }
}

export function invalidArgument(message: string): CallError {
  return new CallError(status.invalidArgument, message);
}

export function notServed(what: string): CallError {
  return new CallError(status.unimplemented, `${what} is not served by this event node`);
}

/** Trailers are ASCII: a name that is not is sent percent-encoded, as in the address of a page. */
export function trailerText(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : encodeURIComponent(text);
}

export function streamDeleted(stream: string): CallError {
  const name = trailerText(stream);
  return new CallError(status.failedPrecondition, `The stream ${name} is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': name,
  });
}
