import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { ViewStoreUnavailable } from './index.js';
import { Line } from './line.contract.js';
import { databaseIn } from './mongo-client.js';
import { openMongoViews } from './mongo.js';
import { type MongoServer, mongoServerUnderTest } from './mongo-servers.contract.js';
import { ship, ships } from './ships.contract.js';
import { describeViewStore } from './view-store.contract.js';

const server = mongoServerUnderTest();

if (server) {
  const open = () => Promise.resolve(openMongoViews(server));
  describeViewStore(`mongo on ${server.name}`, open, server.capabilities);
  describe('the view store (mongo) beyond the contract', () => {
    describeBeyondContract(server);
  });
} else {
  it.todo('MONGODB_URI is not set: the contract was not run on a MongoDB');
}

function describeBeyondContract({ uri }: MongoServer): void {
  const line = new Line(uri);

  beforeAll(() => line.open());
  afterAll(() => line.close());

  it('makes an index for each field before the first document, and again after a drop', async () => {
    const store = openMongoViews({ uri });
    const client = new MongoClient(uri);
    const indexes = () => client.db(databaseIn(uri)).collection('ships-v1').indexes();
    const made = ['name', 'port', 'tonnage', 'isSold', 'flags'].map((field) => ({
      name: `by-${field}`,
      key: { [field]: 1, _id: 1 },
    }));

    for (const position of [1, 2]) {
      await store.write(ships, [{ document: ship('a', position) }]);
      expect(await indexes()).toEqual(
        expect.arrayContaining(made.map((index) => expect.objectContaining(index))),
      );
      await store.drop(ships);
    }
    await Promise.all([store.close(), client.close()]);
  });

  it('goes on by itself after its connections were cut', async () => {
    const store = openMongoViews({ uri: line.uri });
    await store.write(ships, [{ document: ship('a', 1) }]);

    line.cut();
    const [lost] = await Promise.allSettled([store.writeCheckpoint(ships, { position: 2 })]);
    if (lost.status === 'rejected') expect(lost.reason).toBeInstanceOf(ViewStoreUnavailable);

    expect(await store.get(ships, 'a')).toEqual(ship('a', 1));
    expect(await store.write(ships, [{ document: ship('a', 2), replaces: 1 }])).toBe('written');
    await store.drop(ships);
    await store.close();
  });

  it('waits no longer for a server that falls silent than it was told', async () => {
    const store = openMongoViews({ uri: `${line.uri}&socketTimeoutMS=200` });
    await store.write(ships, [{ document: ship('a', 1) }]);
    line.mute(true);

    const write = store.write(ships, [{ document: ship('a', 2), replaces: 1 }]);
    await expect(write).rejects.toThrow(ViewStoreUnavailable);
    line.mute(false);

    expect(['written', 'conflict']).toContain(
      await store.write(ships, [{ document: ship('a', 2), replaces: 1 }]),
    );
    expect(await store.get(ships, 'a')).toEqual(ship('a', 2));
    await store.drop(ships);
    await store.close();
  });

  it('lets no silent server hold up the end', async () => {
    const stopping = new AbortController();
    const store = openMongoViews({ uri: line.uri, signal: stopping.signal });
    await store.write(ships, [{ document: ship('b', 1) }]);
    line.mute(true);

    const write = store.write(ships, [{ document: ship('b', 2), replaces: 1 }]);
    stopping.abort();

    await expect(write).rejects.toThrow(ViewStoreUnavailable);
    line.mute(false);
  });
}

describe('the view store (mongo) without a server', () => {
  it('is unavailable, and open all the same', async () => {
    const store = openMongoViews({ uri: 'mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=50' });

    await expect(store.get(ships, 'a')).rejects.toThrow(ViewStoreUnavailable);
    await expect(store.readCheckpoint(ships)).rejects.toThrow(ViewStoreUnavailable);
    await expect(store.write(ships, [{ document: ship('a', 1) }])).rejects.toThrow(
      ViewStoreUnavailable,
    );
    await store.close();
  });

  it.each([
    ['mongodb://root:hunter2@db.example/?colour=red', 'colour'],
    ['mongodb://root:hunter2@/db', 'MONGODB_URI'],
    ['mongodb://root:hunter2@db.example:x/', 'MONGODB_URI'],
  ])('refuses %s, and repeats no password', (uri, named) => {
    expect(() => openMongoViews({ uri })).toThrow(named);
    expect(() => openMongoViews({ uri })).not.toThrow('hunter2');
  });

  it.each([
    ['mongodb://a.example', 'portbook'],
    ['mongodb://a.example/', 'portbook'],
    ['mongodb://a.example/?tls=true', 'portbook'],
    ['mongodb://u:p%2Fw@a.example:1,b.example/my-views?tls=true', 'my-views'],
    ['mongodb+srv://a.example/my%2Dviews', 'my-views'],
  ])('takes %s for the database %s', (uri, database) => {
    expect(databaseIn(uri)).toBe(database);
  });
});
