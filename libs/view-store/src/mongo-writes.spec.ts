import { describe, expect, it } from '@jest/globals';
import {
  type Collection as MongoCollection,
  MongoBulkWriteError,
  MongoNetworkError,
} from 'mongodb';
import { InvalidDocument, type ViewDocument } from './index.js';
import { encodeOperations, writeGuarded } from './mongo-writes.js';
import { ship, ships } from './ships.contract.js';

type Documents = MongoCollection<ViewDocument>;
type Answer = Readonly<Partial<Record<'insertedCount' | 'matchedCount' | 'deletedCount', number>>>;

/** A collection that answers each command as told, and keeps what it was sent. */
function answering(...answers: readonly (Answer | Error)[]) {
  const commands: unknown[][] = [];
  const bulkWrite = (operations: unknown[], options: unknown): Promise<Answer> => {
    expect(options).toEqual({ ordered: false });
    const answer = answers[commands.length] ?? {};
    commands.push(operations);
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve({ insertedCount: 0, matchedCount: 0, deletedCount: 0, ...answer });
  };
  return { commands, documents: { bulkWrite } as unknown as Documents };
}

function bulkError(codes: readonly number[], writeConcernError?: object): MongoBulkWriteError {
  const writeErrors = codes.map((code) => ({ code, index: 0 }));
  const result = { getWriteConcernError: () => writeConcernError };
  return new MongoBulkWriteError(
    { message: 'failed', code: codes[0] ?? 64, writeErrors } as never,
    result as never,
  );
}

const ten = Array.from({ length: 10 }, (_, at) => ({ document: ship(`s${at}`, 2), replaces: 1 }));

describe('guarded writes in a MongoDB', () => {
  it('insert what is new, replace and remove what stands at the position read, and never upsert', () => {
    const operations = encodeOperations(ships, [
      { document: ship('a', 1) },
      { document: ship('b', 2), replaces: 1 },
      { remove: 'c', replaces: 3 },
    ]);

    expect(operations).toEqual([
      { insertOne: { document: ship('a', 1) } },
      { replaceOne: { filter: { _id: 'b', position: 1 }, replacement: ship('b', 2) } },
      { deleteOne: { filter: { _id: 'c', position: 3 } } },
    ]);
  });

  it('go out so many a command', async () => {
    const { commands, documents } = answering(
      { matchedCount: 4 },
      { matchedCount: 4 },
      { matchedCount: 2 },
    );

    expect(await writeGuarded(documents, encodeOperations(ships, ten), 4)).toBe('written');
    expect(commands.map((operations) => operations.length)).toEqual([4, 4, 2]);
  });

  it.each([
    ['a guard of the first command did not hold', { matchedCount: 4 }],
    ['the server counted nothing', {}],
    ['a new document is there already', bulkError([11_000, 11_000])],
  ])('conflict where %s, and the rest is written', async (_, first) => {
    const { commands, documents } = answering(first, { matchedCount: 5 });

    expect(await writeGuarded(documents, encodeOperations(ships, ten), 5)).toBe('conflict');
    expect(commands).toHaveLength(2);
  });

  it.each<[string, Error]>([
    ['the connection is lost', new MongoNetworkError('gone')],
    ['one of the errors is another', bulkError([11_000, 121])],
    ['it was not made durable', bulkError([11_000], { code: 64 })],
    ['it was only not made durable', bulkError([], { code: 64 })],
  ])('fail where %s', async (_, failure) => {
    const { documents } = answering(failure);

    await expect(writeGuarded(documents, encodeOperations(ships, ten), 5)).rejects.toBe(failure);
  });

  it('refuse a document that no MongoDB can hold', () => {
    const write = (bytes: number) => [
      { document: ship('a', 1, { cargo: { kind: 'x'.repeat(bytes) } }) },
    ];

    expect(() => encodeOperations(ships, write(16_777_216))).toThrow(InvalidDocument);
    expect(encodeOperations(ships, write(16_777_000))).toHaveLength(1);
  });
});
