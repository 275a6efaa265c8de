import type { ExpectedRevision } from './commit-check.js';
import { frame } from './frames.js';
import type { Place } from './storage.js';
import { fieldBytes, varintBytes, WireWriter } from './wire.js';

/** Why an append of a batch was not made, as the client is told of it in the answer. */
export type BatchError =
  | { readonly kind: 'conflict'; readonly current: number; readonly expected: ExpectedRevision }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'too-big'; readonly bytesMax: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'bad-request'; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string };

export interface Answered {
  /** In its text form. */
  readonly correlationId: string;
  readonly stream: string;
}

/** The answer to an append that was made, framed; `last` is its last event, absent where there is none. */
export function batchSuccess(
  answered: Answered,
  last: { readonly revision: number; readonly position?: number } | undefined,
): Buffer {
  const success = Buffer.concat([
    last === undefined ? bytesField(2) : numberField(1, last.revision),
    last?.position === undefined ? bytesField(4) : bytesField(3, position(last.position)),
  ]);
  return answer(answered, bytesField(3, success));
}

/** The answer to an append that was not made, framed. */
export function batchFailure(answered: Answered, error: BatchError): Buffer {
  const { code, message, name, details } = told(error);
  const any = Buffer.concat([
    textField(1, `type.googleapis.com/event_store.client.${name}`),
    bytesField(2, details),
  ]);
  const rpcStatus = Buffer.concat([
    numberField(1, code),
    textField(2, message),
    bytesField(3, any),
  ]);
  return answer(answered, bytesField(2, rpcStatus));
}

function answer({ correlationId, stream }: Answered, outcome: Buffer): Buffer {
  const id = bytesField(1, textField(2, correlationId));
  return frame(Buffer.concat([id, outcome, bytesField(4, textField(3, stream))]));
}

function position(value: Place['position']): Buffer {
  return Buffer.concat([numberField(1, value), numberField(2, value)]);
}

interface Told {
  /** Of google.rpc. */
  readonly code: number;
  readonly message: string;
  /** The message of the client's protocol that tells more, and its content. */
  readonly name: string;
  readonly details?: Buffer;
}

function told(error: BatchError): Told {
  switch (error.kind) {
    case 'conflict':
      return {
        code: 6,
        message: 'The stream is not at the expected revision.',
        name: 'WrongExpectedVersion',
        details: conflict(error.current, error.expected),
      };
    case 'deleted':
      return { code: 5, message: 'The stream is deleted.', name: 'StreamDeleted' };
    case 'too-big':
      return {
        code: 3,
        message: `An append may hold ${String(error.bytesMax)} bytes, and only so many events.`,
        name: 'MaximumAppendSizeExceeded',
        details: numberField(1, error.bytesMax),
      };
    case 'timeout':
      return { code: 4, message: 'The append was not made in time.', name: 'Timeout' };
    case 'bad-request':
      return {
        code: 3,
        message: error.message,
        name: 'BadRequest',
        details: textField(1, error.message),
      };
    case 'unknown':
      return { code: 2, message: error.message, name: 'Unknown' };
  }
}

const expectedFields = { any: 4, 'stream-exists': 5, 'no-stream': 6 } as const;

function conflict(current: number, expected: ExpectedRevision): Buffer {
  return Buffer.concat([
    current < 0 ? bytesField(2) : numberField(1, current),
    typeof expected === 'number' ? numberField(3, expected) : bytesField(expectedFields[expected]),
  ]);
}

function bytesField(field: number, value: Uint8Array = new Uint8Array()): Buffer {
  const bytes = Buffer.allocUnsafe(fieldBytes(value.length));
  new WireWriter(bytes).bytes(field, value);
  return bytes;
}

function textField(field: number, text: string): Buffer {
  return bytesField(field, Buffer.from(text));
}

function numberField(field: number, value: number): Buffer {
  const bytes = Buffer.allocUnsafe(1 + varintBytes(value));
  new WireWriter(bytes).number(field, value);
  return bytes;
}
