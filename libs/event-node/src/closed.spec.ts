import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import esdb from '@eventstore/db-client';
import { addUserTo, type EventNode, startEventNode } from './index.js';
import { anEvent, aStream, idsIn, idsOf, someEvents } from './spec-node.contract.js';
import { nobody } from './users.js';

interface Credential {
  readonly username: string;
  readonly password: string;
}

let work: string;
let keys: string;
let nodes: EventNode[];
let clients: esdb.EventStoreDBClient[];

beforeEach(() => {
  // Every sign that means something in a connection string: the client must still find the certificate.
  work = mkdtempSync(join(tmpdir(), 'portbook closed @&?=%:-'));
  keys = join(work, 'keys', 'event-node');
  nodes = [];
  clients = [];
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.dispose()));
  await Promise.all(nodes.map((node) => node.close()));
  rmSync(work, { recursive: true });
});

async function aNode(port = 0): Promise<EventNode> {
  const node = await startEventNode({ folder: join(work, 'events'), port, security: { keys } });
  nodes.push(node);
  return node;
}

function localCredential(): Credential {
  return JSON.parse(readFileSync(join(keys, 'credential.json'), 'utf8')) as Credential;
}

/** The official client, with the credential of this machine's programs unless another is given. */
function clientOf(
  node: EventNode,
  credential: Credential = localCredential(),
): esdb.EventStoreDBClient {
  const { username, password } = credential;
  const known = `${encodeURIComponent(username)}:${encodeURIComponent(password)}@`;
  return clientAt(node.connectionString.replace('://', `://${known}`));
}

function clientAt(connectionString: string): esdb.EventStoreDBClient {
  const client = esdb.EventStoreDBClient.connectionString(connectionString);
  clients.push(client);
  return client;
}

/** The connection as others on the machine see it. */
async function aSocket(node: EventNode): Promise<Socket> {
  const socket = connect(node.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Resolves when the connection is closed, in whatever way. */
function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.resume().once('close', () => {
      resolve();
    });
  });
}

describe('a client with the credential of the machine', () => {
  it('appends with and without batches, reads, and follows', async () => {
    const client = clientOf(await aNode());
    const stream = aStream();
    const batched = someEvents(3);
    const single = anEvent();
    const seen: string[] = [];
    const subscription = client.subscribeToStream(stream);
    const followed = new Promise<void>((resolve, reject) => {
      subscription.on('error', reject).on('data', ({ event }) => {
        if (seen.push(event?.id ?? '') === 4) resolve();
      });
    });

    await client.appendToStream(stream, batched);
    // With credentials of its own a call is no part of a batch.
    await client.appendToStream(stream, single, { credentials: localCredential() });

    expect(await idsIn(client, stream)).toEqual(idsOf([...batched, single]));
    await followed;
    expect(seen).toEqual(idsOf([...batched, single]));
    await subscription.unsubscribe();
  });

  it('is known again after the node was started anew, by the same files', async () => {
    const node = await aNode();
    const client = clientOf(node);
    const stream = aStream();
    const event = anEvent();
    await client.appendToStream(stream, event);
    const files = (): string[] =>
      readdirSync(keys).map((name) => readFileSync(join(keys, name), 'utf8'));
    const before = files();

    await node.close();
    await expect(client.appendToStream(stream, anEvent())).rejects.toThrow('UNAVAILABLE');
    await aNode(node.port);

    expect(files()).toEqual(before);
    expect(await idsIn(client, stream)).toEqual([event.id]);
  });

  it('finds the node by discovery too', async () => {
    const node = await aNode();
    const { username, password } = localCredential();
    const discover = node.connectionString.replace(
      'esdb://',
      `esdb+discover://${username}:${password}@`,
    );

    expect((await clientAt(discover).appendToStream(aStream(), anEvent())).success).toBe(true);
  });
});

describe('a caller that the node does not know', () => {
  it.each([
    ['a wrong password', { username: 'local', password: 'a wrong password' }],
    ['an unknown name', { username: 'nobody', password: 'a wrong password' }],
  ])('is refused with %s', async (_, credential) => {
    const client = clientOf(await aNode(), credential);

    await expect(client.appendToStream(aStream(), anEvent())).rejects.toThrow(
      esdb.AccessDeniedError,
    );
  });

  it('neither appends nor reads nor deletes nor follows', async () => {
    const node = await aNode();
    const client = clientAt(node.connectionString);
    const stream = aStream();

    await expect(client.appendToStream(stream, anEvent())).rejects.toThrow(esdb.AccessDeniedError);
    await expect(idsIn(client, stream)).rejects.toThrow(esdb.AccessDeniedError);
    await expect(client.deleteStream(stream)).rejects.toThrow(esdb.AccessDeniedError);
    const [error] = (await once(client.subscribeToAll().resume(), 'error')) as [Error];
    expect(error).toBeInstanceOf(esdb.AccessDeniedError);
    await expect(idsIn(clientOf(node), stream)).rejects.toThrow(esdb.StreamNotFoundError);
  });

  it('is answered before its request is read, whatever it asks for', async () => {
    const node = await aNode();
    const ca = readFileSync(join(keys, 'certificate.pem'));
    const session = connectHttp2(`https://127.0.0.1:${String(node.port)}`, {
      ca,
      servername: 'localhost',
    });
    const answerTo = async (path: string, authorization: string): Promise<unknown> => {
      const request = session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        ...(authorization !== '' && { authorization }),
      });
      request.write(Buffer.from('no frame of gRPC at all'));
      const [headers] = (await once(request, 'response')) as [Record<string, unknown>];
      request.close();
      return headers['grpc-status'];
    };
    const streams = '/event_store.client.streams.Streams';

    try {
      for (const method of ['Append', 'BatchAppend', 'Read', 'Delete', 'Tombstone', 'Other']) {
        expect(await answerTo(`${streams}/${method}`, '')).toBe('16');
      }
      for (const header of [
        'Basic',
        'Basic !',
        'Bearer abc',
        'Basic bG9jYWw=',
        'Basic bG9jYWw6',
        'B'.repeat(9000),
      ]) {
        expect(await answerTo(`${streams}/Read`, header)).toBe('16');
      }
    } finally {
      session.destroy();
    }
  });

  it('without TLS gets no answer, and the node goes on', async () => {
    const node = await aNode();
    const plain = clientAt(`esdb://127.0.0.1:${String(node.port)}?tls=false`);

    await expect(plain.appendToStream(aStream(), anEvent())).rejects.toThrow('UNAVAILABLE');
    expect((await clientOf(node).appendToStream(aStream(), anEvent())).success).toBe(true);
  });

  it('that speaks no TLS, breaks it, or offers another protocol is cut off, and the node goes on', async () => {
    const node = await aNode();
    const garbage = [
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
      Buffer.alloc(70_000, 0xff),
      // A client's hello that announces more than it has.
      Buffer.from('16030100ff010000fb0303', 'hex'),
    ];
    for (const bytes of garbage) {
      const socket = await aSocket(node);
      const closed = closeOf(socket);
      socket.end(bytes);
      await closed;
    }
    const options = { port: node.port, host: '127.0.0.1', rejectUnauthorized: false };
    const other = connectTls({ ...options, ALPNProtocols: ['http/1.1'] });
    await once(other, 'error');
    const old = connectTls({ ...options, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' });
    await once(old, 'error');

    expect((await clientOf(node).appendToStream(aStream(), anEvent())).success).toBe(true);
  });

  it('does not keep the node from stopping by saying nothing', async () => {
    const node = await aNode();
    const silent = await aSocket(node);
    const closed = closeOf(silent);

    await node.close();
    await closed;
  });
});

describe('a user of the file', () => {
  const ruth = { username: 'ruth é', password: 'correct: horse/battery@staple' };

  it('is known from the next start on, by the password last given', async () => {
    await addUserTo(keys, ruth.username, 'an earlier password');
    await addUserTo(keys, 'other', 'the password of another');
    await addUserTo(keys, ruth.username, ruth.password);
    const node = await aNode();
    const append = (credential: Credential): Promise<esdb.AppendResult> =>
      clientOf(node, credential).appendToStream(aStream(), someEvents(2));

    expect((await append(ruth)).success).toBe(true);
    await expect(append({ ...ruth, password: 'an earlier password' })).rejects.toThrow(
      esdb.AccessDeniedError,
    );
  });

  it('is let in with the longest name and the longest password', async () => {
    const long = { username: '\u{1f600}'.repeat(64), password: 'x'.repeat(500) };
    await addUserTo(keys, long.username, long.password);
    const client = clientOf(await aNode(), long);

    expect((await client.appendToStream(aStream(), anEvent())).success).toBe(true);
  });

  it('leaves no password behind', async () => {
    await addUserTo(keys, ruth.username, ruth.password);
    const written = readFileSync(join(keys, 'users.json'), 'utf8');

    expect(Object.keys((JSON.parse(written) as object[])[0] ?? {})).toEqual(
      ['username', 'salt', 'N', 'r', 'p', 'hash'], // prettier-ignore
    );
    expect(written).not.toContain('horse');
  });

  it.each([
    ['with:colon', 'long enough a password', 'no colon'],
    ['', 'long enough a password', '1 to 64 characters'],
    ['local', 'long enough a password', "the node's own"],
    ['ruth ', 'long enough a password', 'no space at its ends'],
    ['ruth\u202e', 'long enough a password', 'none that is not seen'],
    ['ruth', 'short', '12 characters'],
    ['ruth', 'x'.repeat(501), '500 bytes at most'],
  ])('%j with the password %j is refused', async (username, password, why) => {
    await expect(addUserTo(keys, username, password)).rejects.toThrow(why);
    expect(readdirSync(keys)).toEqual([]);
  });
});

describe('the key folder', () => {
  const modeOf = (...path: string[]): number => statSync(join(keys, ...path)).mode & 0o777;

  it('and what lies in it is for its owner alone', async () => {
    await addUserTo(keys, 'ruth', 'long enough a password');
    const node = await aNode();

    expect(readdirSync(keys).sort()).toEqual([
      'certificate.pem',
      'credential.json',
      'key.pem',
      'users.json',
    ]);
    for (const name of readdirSync(keys)) expect(modeOf(name)).toBe(0o600);
    expect(modeOf()).toBe(0o700);
    expect(node.credentialsFile).toBe(join(keys, 'credential.json'));
    expect(node.connectionString).not.toContain(localCredential().password);
  });

  it.each(['', 'certificate.pem', 'key.pem', 'credential.json', 'users.json'])(
    'is refused where others may use %j, with what to do, and the events stay free',
    async (name) => {
      await (await aNode()).close();
      writeFileSync(join(keys, 'users.json'), '[]', { mode: 0o600 });
      const mode = modeOf(name);
      chmodSync(join(keys, name), mode | 0o040);

      await expect(aNode()).rejects.toThrow(
        `Run: chmod ${mode === 0o700 ? '0700' : '0600'} '${join(keys, name)}'`,
      );
      chmodSync(join(keys, name), mode);
      await aNode();
    },
  );

  it.each([
    ['users.json', 'no JSON', 'users.json is not JSON'],
    ['users.json', '{"ruth": {}}', 'users.json is not a list'],
    ['users.json', '[{"username": "ruth", "hash": "s3cret"}]', 'users.json: entry 1 is not'],
    ['credential.json', '{"username": "local"}', 'credential.json is not {'],
    ['credential.json', '{"username": "local", "password": "s3cret"}', 'credential.json is not {'],
    ['certificate.pem', 's3cret', 'certificate.pem is no certificate'],
  ])('with the file %s: %s is refused, without its content', async (name, text, why) => {
    await (await aNode()).close();
    writeFileSync(join(keys, name), text, { mode: 0o600 });

    const started = aNode();
    await expect(started).rejects.toThrow(why);
    await expect(started).rejects.not.toThrow('s3cret');
  });

  it("with the machine's own user among the others is refused", async () => {
    await (await aNode()).close();
    const users = [{ ...nobody(), username: 'local' }];
    writeFileSync(join(keys, 'users.json'), JSON.stringify(users), { mode: 0o600 });

    await expect(aNode()).rejects.toThrow('entry 1 is the user local');
  });

  const mayGiveAway = process.getuid?.() === 0;
  if (!mayGiveAway) {
    process.stderr.write('NOT RUN, since only root may give files away: keys of another user.\n');
  }
  if (mayGiveAway) {
    it.each(['', 'credential.json', 'users.json'])(
      'is refused where %j belongs to another user, with what to do',
      async (name) => {
        await (await aNode()).close();
        writeFileSync(join(keys, 'users.json'), '[]', { mode: 0o600 });
        chownSync(join(keys, name), 65_534, 65_534);

        await expect(aNode()).rejects.toThrow(`chown -R 0 '${join(keys, name)}'`);
      },
    );
  }

  it.each([
    ['N', 2 ** 30],
    ['N', 20_000],
    ['p', 1_000],
    ['r', 0],
    ['salt', ''],
    ['hash', 'c2hvcnQ='],
  ])('with a user whose %s is %j is refused', async (field, value) => {
    await (await aNode()).close();
    const user = { ...nobody(), username: 'ruth', [field]: value };
    writeFileSync(join(keys, 'users.json'), JSON.stringify([user]), { mode: 0o600 });

    await expect(aNode()).rejects.toThrow('entry 1 is not');
  });
});
