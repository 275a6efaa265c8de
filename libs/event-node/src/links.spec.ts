import { describe, expect, it } from '@jest/globals';
import esdb from '@eventstore/db-client';
import { anEvent, aStream, someEvents, useRunningNode } from './spec-node.contract.js';

const running = useRunningNode({ allowsDelete: true });

function aLink(target: string): esdb.BinaryEventData {
  return esdb.binaryEvent({ type: '$>', data: Buffer.from(target) });
}

async function resolvedIn(stream: string, resolveLinkTos = true) {
  const found: { event?: string; link?: string }[] = [];
  for await (const { event, link } of running.client.readStream(stream, { resolveLinkTos })) {
    const name = (of: esdb.RecordedEvent | undefined): string =>
      of === undefined ? '' : `${String(of.revision)}@${of.streamId}`;
    found.push({ ...(event && { event: name(event) }), ...(link && { link: name(link) }) });
  }
  return found;
}

describe('a link', () => {
  it('is answered with the event to which it leads, where that is asked for', async () => {
    const target = aStream();
    const links = aStream();
    await running.client.appendToStream(target, someEvents(3));
    await running.client.appendToStream(links, [aLink(`1@${target}`), anEvent()]);

    expect(await resolvedIn(links)).toEqual([
      { event: `1@${target}`, link: `0@${links}` },
      { event: `1@${links}` },
    ]);
    expect(await resolvedIn(links, false)).toEqual([
      { event: `0@${links}` },
      { event: `1@${links}` },
    ]);
  });

  it('has the position of the link, and not that of the event', async () => {
    const target = aStream();
    const links = aStream();
    await running.client.appendToStream(target, anEvent());
    const { position } = await running.client.appendToStream(links, aLink(`0@${target}`));

    for await (const { link, commitPosition } of running.client.readStream(links, {
      resolveLinkTos: true,
    })) {
      expect(link?.position).toEqual(position);
      expect(commitPosition).toBe(position?.commit);
    }
  });

  it.each(['7@nowhere', 'nonsense', '99999999999999999@x'])(
    'to %s stands by itself',
    async (to) => {
      const links = aStream();
      await running.client.appendToStream(links, aLink(to));

      expect(await resolvedIn(links)).toEqual([{ link: `0@${links}` }]);
    },
  );

  it('to an event that is not seen any more stands by itself', async () => {
    const target = aStream();
    const links = aStream();
    await running.client.appendToStream(target, someEvents(3));
    await running.client.appendToStream(links, [aLink(`0@${target}`), aLink(`2@${target}`)]);
    await running.client.setStreamMetadata(target, { truncateBefore: 1 });

    expect(await resolvedIn(links)).toEqual([
      { link: `0@${links}` },
      { event: `2@${target}`, link: `1@${links}` },
    ]);
    await running.client.tombstoneStream(target);
    expect(await resolvedIn(links)).toEqual([{ link: `0@${links}` }, { link: `1@${links}` }]);
  });
});
