import { describe, expect, it } from '@jest/globals';
import { type Command, giveUser, initiate } from './mongodb.js';

/** A server that answers its first command with a fault of that code, if any, and the others well. */
function server(code?: number) {
  const got: Readonly<Record<string, unknown>>[] = [];
  const command: Command = (one) => {
    got.push(one);
    const isRefused = code !== undefined && got.length === 1;
    return isRefused ? Promise.reject(Object.assign(new Error('no'), { code })) : Promise.resolve();
  };
  return { got, command };
}

describe('the replica set', () => {
  it('is made of all members by their names', async () => {
    const { got, command } = server();
    await initiate(command, ['mongodb1:27017', 'mongodb2:27017']);

    const members = [
      { _id: 0, host: 'mongodb1:27017' },
      { _id: 1, host: 'mongodb2:27017' },
    ];
    expect(got).toEqual([{ replSetInitiate: { _id: 'rs0', members } }]);
  });

  it('stays as it is where it was made before; any other fault is one', async () => {
    await initiate(server(23).command, ['mongodb:27017']);
    await expect(initiate(server(93).command, ['mongodb:27017'])).rejects.toThrow('no');
  });
});

describe('the user of the views', () => {
  const rights = { pwd: 'secret', roles: [{ role: 'readWrite', db: 'portbook' }] };

  it('may read and write the views and nothing else', async () => {
    const { got, command } = server();
    await giveUser(command, 'secret');
    expect(got).toEqual([{ createUser: 'portbook', ...rights }]);
  });

  it('is given the password anew where there is one already; any other fault is one', async () => {
    const { got, command } = server(51_003);
    await giveUser(command, 'secret');
    expect(got[1]).toEqual({ updateUser: 'portbook', ...rights });
    await expect(giveUser(server(13).command, 'secret')).rejects.toThrow('no');
  });
});
