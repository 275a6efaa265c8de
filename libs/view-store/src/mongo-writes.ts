import { type AnyBulkWriteOperation, BSON, type Collection as MongoCollection } from 'mongodb';
import type { Collection, ViewDocument } from './collection.js';
import { decodeDocument, encodeWrites, type EncodedWrite } from './document.js';
import { InvalidDocument } from './errors.js';
import { isConflict } from './mongo-errors.js';
import type { GuardedWrite, WriteOutcome } from './port.js';

type Operation = AnyBulkWriteOperation<ViewDocument>;

const DOCUMENT_BYTES_MAX = 16 * 1024 * 1024;
/** A shorter text is within the bound whatever it holds: no JSON grows more than sevenfold as BSON. */
const MEASURED_FROM = DOCUMENT_BYTES_MAX / 8;

/** The guarded writes as the driver takes them. Throws InvalidDocument before any of them is done. */
export function encodeOperations(
  collection: Collection,
  writes: readonly GuardedWrite[],
): readonly Operation[] {
  return encodeWrites(collection, writes).map((write) => operationFor(collection, write));
}

/** Never an upsert: where two make one document at once, 11000 may hit the one with the higher position. */
function operationFor(collection: Collection, { id, replaces, text }: EncodedWrite): Operation {
  if (text === undefined) return { deleteOne: { filter: { _id: id, position: replaces } } };
  const document = documentOf(collection, text);
  if (replaces === undefined) return { insertOne: { document } };
  return { replaceOne: { filter: { _id: id, position: replaces }, replacement: document } };
}

function documentOf(collection: Collection, text: string): ViewDocument {
  const document = decodeDocument(text);
  if (text.length > MEASURED_FROM && BSON.calculateObjectSize(document) > DOCUMENT_BYTES_MAX) {
    throw new InvalidDocument(`A document of ${collection.name} is larger than 16 MiB.`);
  }
  return document;
}

/**
 * Unordered, so many a command. After a failed command its counts tell nothing: whoever asked reads
 * all of it again, as after any guard that did not hold.
 */
export async function writeGuarded(
  documents: MongoCollection<ViewDocument>,
  operations: readonly Operation[],
  perCommand: number,
): Promise<WriteOutcome> {
  let outcome: WriteOutcome = 'written';
  for (let at = 0; at < operations.length; at += perCommand) {
    const chunk = operations.slice(at, at + perCommand);
    if (!(await isWritten(documents, chunk))) outcome = 'conflict';
  }
  return outcome;
}

async function isWritten(
  documents: MongoCollection<ViewDocument>,
  chunk: readonly Operation[],
): Promise<boolean> {
  try {
    const done = await documents.bulkWrite(chunk, { ordered: false });
    return done.insertedCount + done.matchedCount + done.deletedCount === chunk.length;
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
}

/** One for each field, with the id behind it: by it rows are found and put in order at once. */
export async function makeIndexes(
  documents: MongoCollection<ViewDocument>,
  { fields }: Collection,
): Promise<void> {
  const indexes = Object.keys(fields).map((field) => ({
    name: `by-${field}`,
    key: { [field]: 1, _id: 1 } as const,
  }));
  if (indexes.length > 0) await documents.createIndexes(indexes);
}
