import {
  MongoAPIError,
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoNotConnectedError,
  MongoServerError,
  MongoTopologyClosedError,
} from 'mongodb';
import { ViewStoreUnavailable } from './errors.js';

const DUPLICATE_KEY = 11_000;
const NAMESPACE_NOT_FOUND = 26;

/** What passes: a server ends, changes its part, lets nobody in yet, or was not done in time. */
const PASSING = new Set<unknown>([
  ...[6, 7, 13, 18, 50, 64, 89, 91, 100, 189, 262, 9_001],
  ...[10_058, 10_107, 11_600, 11_602, 13_435, 13_436],
]);

/** Whether nothing failed but guards: documents that were to be new are there already. */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof MongoBulkWriteError)) return false;
  if (error.result.getWriteConcernError() !== undefined) return false;
  const errors = [error.writeErrors].flat();
  return errors.length > 0 && errors.every(({ code }) => code === DUPLICATE_KEY);
}

/** Whether somebody else made the document at the same time. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

/** Whether a collection that was to be dropped is not there; not every server has a code for it. */
export function isMissing(error: unknown): boolean {
  if (!(error instanceof MongoServerError)) return false;
  return error.code === NAMESPACE_NOT_FOUND || error.message === 'ns not found';
}

/** What the driver answers; a failure comes out as the port names it. */
export async function answered<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  if (!(error instanceof MongoError)) return isOfLookup(error) ? unavailable(error) : error;
  if (error instanceof MongoServerError) {
    // A bulk write wraps what happened to the connection into an error without a code.
    const isWrapped = error instanceof MongoBulkWriteError && error.code === undefined;
    return isWrapped || PASSING.has(error.code) ? unavailable(error) : refusal(error);
  }
  return error instanceof MongoAPIError && !isOfClosing(error) ? error : unavailable(error);
}

function unavailable(error: Error): ViewStoreUnavailable {
  return new ViewStoreUnavailable(`MongoDB: ${error.message}`, { cause: error });
}

/** The message of the server may repeat a document: it is left out, and the error itself too. */
function refusal({ code, codeName }: MongoServerError): Error {
  const name = typeof codeName === 'string' ? ` (${codeName})` : '';
  return new Error(`MongoDB refused it with code ${String(code)}${name}.`);
}

function isOfClosing(error: MongoAPIError): boolean {
  return (
    error instanceof MongoNotConnectedError ||
    error instanceof MongoTopologyClosedError ||
    error instanceof MongoClientClosedError
  );
}

/** The names of the servers of `mongodb+srv://` could not be looked up. */
function isOfLookup(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'syscall' in error &&
    typeof error.syscall === 'string' &&
    error.syscall.startsWith('query')
  );
}
