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

describe('the users of the views', () => {
  const password = 'secret';
  const rights = { pwd: password, roles: [{ role: 'readWrite', db: 'portbook' }] };

  it('may do with the views what their process does, and nothing else', async () => {
    const { got, command } = server();
    await giveUser(command, { user: 'projector', password });
    await giveUser(command, { user: 'api', password });
    expect(got).toEqual([
      { createUser: 'projector', ...rights },
      { createUser: 'api', pwd: password, roles: [{ role: 'read', db: 'portbook' }] },
    ]);
  });

  it('are given their password anew where they are there; any other fault is one', async () => {
    const { got, command } = server(51_003);
    await giveUser(command, { user: 'projector', password });
    expect(got[1]).toEqual({ updateUser: 'projector', ...rights });
    const fault = giveUser(server(13).command, { user: 'api', password });
    await expect(fault).rejects.toThrow('no');
  });
});
