import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type ClientHttp2Session, connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import esdb from '@eventstore/db-client';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import serverFeatures from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { type EventNode, type EventNodeOptions, startEventNode } from './event-node.js';
import { anEvent, aStream, idsIn, useRunningNode } from './spec-node.contract.js';

const running = useRunningNode();

const GOSSIP = '/event_store.client.gossip.Gossip/Read';
const SUPPORTED_METHODS = '/event_store.client.server_features.ServerFeatures/GetSupportedMethods';

/** The one message with which the node answers a call without a request. */
async function answer(
  session: ClientHttp2Session,
  path: string,
  headers: object = {},
): Promise<Buffer> {
  const head = { ':method': 'POST', ':path': path, 'content-type': 'application/grpc' };
  const call = session.request({ ...head, ...headers });
  const chunks: Buffer[] = [];
  call.on('data', (chunk: Buffer) => chunks.push(chunk)).end();
  await once(call, 'close');
  return Buffer.concat(chunks).subarray(5);
}

/** What the node at the URL tells a client of itself that has reached it by that authority. */
async function memberTold(url: string, authority: string, ca?: Buffer): Promise<string> {
  const session = connect(url, { ...(ca && { ca }) });
  const message = await answer(session, GOSSIP, { ':authority': authority });
  session.destroy();
  const [member] = gossip.ClusterInfo.deserializeBinary(message).getMembersList();
  const endPoint = member?.getHttpEndPoint();
  return `${String(endPoint?.getAddress())} ${String(endPoint?.getPort())}`;
}

describe('a client that asks what the node serves', () => {
  it('is told that a batch may have its deadline as a length of time', async () => {
    const session = connect(`http://127.0.0.1:${String(running.node.port)}`);
    const message = await answer(session, SUPPORTED_METHODS);
    session.destroy();
    const methods = serverFeatures.SupportedMethods.deserializeBinary(message).getMethodsList();
    const batch = methods.find((method) => method.getMethodName() === 'batchappend');

    expect(batch?.getFeaturesList()).toEqual(['deadline_duration']);
  });
});

describe('a client that looks for the members of a cluster', () => {
  it('finds the node as its leader', async () => {
    const client = esdb.EventStoreDBClient.connectionString(
      `esdb+discover://127.0.0.1:${String(running.node.port)}?tls=false`,
    );
    const stream = aStream();
    const event = anEvent();
    await client.appendToStream(stream, event);

    expect(await idsIn(client, stream)).toEqual([event.id]);
    await client.dispose();
  });

  it.each([
    ['localhost:2113', 'localhost 2113'],
    ['registry.example:9000', 'registry.example 9000'],
    ['192.168.1.4:2113', '192.168.1.4 2113'],
    ['[::1]:2113', '[::1] 2113'],
  ])('that has come by %s is told %s', async (authority, told) => {
    const url = `http://127.0.0.1:${String(running.node.port)}`;

    expect(await memberTold(url, authority)).toBe(told);
  });

  it.each(['registry.example', 'registry.example:0', 'registry.example:70000'])(
    'that says to have come by %j is told where the node listens',
    async (authority) => {
      const port = String(running.node.port);

      expect(await memberTold(`http://127.0.0.1:${port}`, authority)).toBe(`127.0.0.1 ${port}`);
    },
  );

  it('that names a user in its address is told where the node listens, where Node lets it', async () => {
    const port = String(running.node.port);
    const told = memberTold(`http://127.0.0.1:${port}`, 'a@b:1');

    // Node 24 closes such a stream before anybody sees it.
    const refused = (error: Error): string => error.message;
    expect([`127.0.0.1 ${port}`, 'Stream closed with error code NGHTTP2_PROTOCOL_ERROR']).toContain(
      await told.catch(refused),
    );
  });
});

describe('a node that listens on every address', () => {
  async function withNode(
    options: Partial<EventNodeOptions>,
    use: (node: EventNode, ca: Buffer) => Promise<void>,
  ): Promise<void> {
    const work = await mkdtemp(join(tmpdir(), 'portbook-discovery-'));
    const [folder, keys] = [join(work, 'events'), join(work, 'keys')];
    const node = await startEventNode({ folder, host: '0.0.0.0', security: { keys }, ...options });
    try {
      await use(node, readFileSync(join(keys, 'certificate.pem')));
    } finally {
      await node.close();
      await rm(work, { recursive: true });
    }
  }

  it('is found by the name by which it was reached, which its certificate holds', () =>
    withNode({}, async ({ port }, ca) => {
      const here = `localhost:${String(port)}`;

      expect(await memberTold(`https://${here}`, here, ca)).toBe(`localhost ${String(port)}`);
    }));

  it('is found by the name that it is to advertise, which its certificate holds', () =>
    withNode({ advertiseHost: 'registry.example' }, async ({ port }, ca) => {
      const here = `localhost:${String(port)}`;

      expect(await memberTold(`https://${here}`, here, ca)).toBe(
        `registry.example ${String(port)}`,
      );
      const session = connect(`https://127.0.0.1:${String(port)}`, {
        ca,
        servername: 'registry.example',
      });
      await once(session, 'connect');
      session.destroy();
    }));
});
