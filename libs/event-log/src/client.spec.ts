import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { type EventNode, startEventNode } from '#libs/event-node';
import { connectEventLog, type EventLogSettings } from './client.js';
import { readCredentials } from './credentials.js';
import { EventLogUnavailable } from './errors.js';
import { describeEventLog } from './event-log.contract.js';
import { createMemoryKeys } from './keys.js';
import type { EventLog } from './port.js';
import { aNote, aRegistrant, someNotes, specTables } from './spec-events.contract.js';

const keys = createMemoryKeys();
const closings: (() => Promise<unknown>)[] = [];

async function closeAll(): Promise<void> {
  for (const close of closings.splice(0).reverse()) await close();
}

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'portbook-event-log-'));
  closings.push(() => rm(folder, { recursive: true }));
  return folder;
}

async function aNode(folder: string, port = 0): Promise<EventNode> {
  const node = await startEventNode({ folder, port, security: 'plaintext' });
  closings.push(() => node.close());
  return node;
}

async function aClosedNode(folder: string): Promise<EventNode> {
  const node = await startEventNode({ folder, security: { keys: join(folder, 'keys') } });
  closings.push(() => node.close());
  return node;
}

function connected(
  connectionString: string,
  { answerWithinMs = 5_000, tables = specTables, credentials }: Partial<EventLogSettings> = {},
): EventLog {
  const known = credentials && { credentials };
  const log = connectEventLog({ connectionString, tables, keys, answerWithinMs, ...known });
  closings.push(() => log.close());
  return log;
}

describe('on the embedded node', () => {
  afterAll(closeAll);
  let node: Promise<EventNode> | undefined;
  describeEventLog('the event log through the client', async (tables) => {
    node ??= aFolder().then((folder) => aNode(folder));
    return connected((await node).connectionString, { tables });
  });
});

describe('on the embedded node with TLS', () => {
  afterAll(closeAll);
  let node: Promise<EventNode> | undefined;
  describeEventLog('the event log through the client', async (tables) => {
    node ??= aFolder().then((folder) => aClosedNode(folder));
    const { connectionString, credentialsFile = '' } = await node;
    return connected(connectionString, { tables, credentials: readCredentials(credentialsFile) });
  });
});

describe('an event store that does not know the client', () => {
  afterEach(closeAll);

  it('is no store that cannot be reached: the error says what is wrong', async () => {
    const { connectionString } = await aClosedNode(await aFolder());
    const credentials = { username: 'a:b@c/d?', password: 'wrong: @/?#%' };
    const log = connected(connectionString, { credentials });
    const { registrantId, stream } = aRegistrant();
    const append = log.append(stream, [aNote(registrantId, 'x')], 'no-stream');

    await expect(append).rejects.toThrow('The username or the password is wrong');
    await expect(append).rejects.not.toThrow(EventLogUnavailable);
    await expect(connected(connectionString).head()).rejects.toThrow('asks for a username');
  });
});

describe('a file of credentials', () => {
  afterEach(closeAll);

  it.each([
    '',
    'null',
    '{"username": "s3cret"}',
    '{"username": "s3cret", "password": ""}',
    's3cret',
  ])('%j is refused without its content', async (text) => {
    const file = join(await aFolder(), 'credential.json');
    await writeFile(file, text);

    expect(() => readCredentials(file)).toThrow(`${file} is not {"username"`);
    expect(() => readCredentials(file)).not.toThrow('s3cret');
  });

  it('that is missing is named', () => {
    expect(() => readCredentials('/nowhere/credential.json')).toThrow('/nowhere/credential.json');
  });
});

const { EVENTSTORE_URL, EVENTSTORE_CREDENTIALS_FILE } = process.env;
if (EVENTSTORE_URL === undefined) {
  it.todo('EVENTSTORE_URL is not set: the contract was not run on that server');
} else {
  describe('on the server of EVENTSTORE_URL', () => {
    afterAll(closeAll);
    describeEventLog('the event log through the client', (tables) =>
      Promise.resolve(
        connected(EVENTSTORE_URL, {
          tables,
          ...(EVENTSTORE_CREDENTIALS_FILE !== undefined && {
            credentials: readCredentials(EVENTSTORE_CREDENTIALS_FILE),
          }),
        }),
      ),
    );
  });
}

describe('when the server goes away', () => {
  afterEach(closeAll);

  it('an append and a read say that the log is unavailable, and work again when it is back', async () => {
    const folder = await aFolder();
    const node = await startEventNode({ folder, security: 'plaintext' });
    const log = connected(node.connectionString);
    const { registrantId, stream } = aRegistrant();
    await log.append(stream, [aNote(registrantId, 'before')], 'no-stream');
    await node.close();

    const note = aNote(registrantId, 'after');
    await expect(log.append(stream, [note], 0)).rejects.toThrow(EventLogUnavailable);
    await expect(log.readStream(stream)[Symbol.asyncIterator]().next()).rejects.toThrow(
      EventLogUnavailable,
    );
    await expect(log.head()).rejects.toThrow(EventLogUnavailable);

    await aNode(folder, node.port);
    expect(await log.append(stream, [note], 0)).toMatchObject({ revision: 1 });
  });

  it('a server that accepts and never answers is given up', async () => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    closings.push(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    });
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const log = connected(`esdb://127.0.0.1:${String(port)}?tls=false`, {
      answerWithinMs: 50,
    });
    const { registrantId, stream } = aRegistrant();
    const append = log.append(stream, [aNote(registrantId, 'x')], 'no-stream');
    await expect(append).rejects.toThrow(EventLogUnavailable);
    await expect(log.head()).rejects.toThrow(EventLogUnavailable);
  });

  it('a follower takes up after the last event it handled, and loses and doubles nothing', async () => {
    const folder = await aFolder();
    let node = await startEventNode({ folder, security: 'plaintext' });
    const log = connected(node.connectionString);
    const { registrantId, stream } = aRegistrant();
    const events = someNotes(registrantId, 9);
    const stop = new AbortController();
    const seen: string[] = [];
    const breaks: Error[] = [];
    const restart = async (): Promise<void> => {
      await node.close();
      node = await startEventNode({ folder, port: node.port, security: 'plaintext' });
    };
    let following = Promise.resolve();
    for (let at = 0; at < events.length; at += 1) {
      await log.append(stream, events.slice(at, at + 1), 'any');
      if (at === 0) {
        following = log.follow({
          signal: stop.signal,
          onEvent: ({ id }) => {
            seen.push(id);
            if (seen.length === events.length) stop.abort();
          },
          onBreak: (error) => breaks.push(error),
        });
      }
      if (at % 3 === 2) await restart();
    }
    await following;
    closings.push(() => node.close());
    expect(seen).toEqual(events.map(({ id }) => id));
    expect(breaks.length).toBeGreaterThan(0);
  });
});
