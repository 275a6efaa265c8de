import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import esdb from '@eventstore/db-client';
import { anEvent, aStream, someEvents, useRunningNode } from './spec-node.contract.js';

const running = useRunningNode();

type Subscription = esdb.AllStreamSubscription | esdb.StreamSubscription;

/** What a subscription gives, in order: revisions, and 'caught up' where the end was reached. */
function followed(subscription: Subscription): {
  seen: (number | string)[];
  until: (count: number) => Promise<(number | string)[]>;
} {
  const seen: (number | string)[] = [];
  let wake = (): void => undefined;
  const note = (what: number | string): void => {
    seen.push(what);
    wake();
  };
  subscription.on('caughtUp', () => {
    note('caught up');
  });
  subscription.on('data', ({ event }: esdb.ResolvedEvent) => {
    note(Number(event?.revision));
  });
  return {
    seen,
    until: async (count) => {
      while (seen.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return seen;
    },
  };
}

describe('a subscription to a stream', () => {
  it('catches up, says so once, and goes on with what is appended', async () => {
    const stream = aStream();
    await running.client.appendToStream(stream, someEvents(3));
    const subscription = running.client.subscribeToStream(stream);
    const following = followed(subscription);
    await following.until(4);
    await running.client.appendToStream(aStream(), anEvent());
    await running.client.appendToStream(stream, someEvents(2));
    await running.client.appendToStream(stream, anEvent());

    expect(await following.until(7)).toEqual([0, 1, 2, 'caught up', 3, 4, 5]);
    await subscription.unsubscribe();
  });

  it('begins after the revision that it names', async () => {
    const stream = aStream();
    await running.client.appendToStream(stream, someEvents(4));
    const subscription = running.client.subscribeToStream(stream, { fromRevision: 1n });

    expect(await followed(subscription).until(3)).toEqual([2, 3, 'caught up']);
    await subscription.unsubscribe();
  });

  it('from the end gives only what comes', async () => {
    const stream = aStream();
    await running.client.appendToStream(stream, someEvents(4));
    const subscription = running.client.subscribeToStream(stream, { fromRevision: 'end' });
    const following = followed(subscription);
    await following.until(1);
    await running.client.appendToStream(stream, anEvent());

    expect(await following.until(2)).toEqual(['caught up', 4]);
    await subscription.unsubscribe();
  });

  it('may begin before the stream does', async () => {
    const stream = aStream();
    const subscription = running.client.subscribeToStream(stream);
    const following = followed(subscription);
    await following.until(1);
    await running.client.appendToStream(stream, someEvents(2));

    expect(await following.until(3)).toEqual(['caught up', 0, 1]);
    await subscription.unsubscribe();
  });
});

describe('a subscription to all streams', () => {
  it('misses and doubles nothing across the end of what was there', async () => {
    const stream = aStream();
    const { position } = await running.client.appendToStream(aStream(), anEvent());
    await running.client.appendToStream(stream, someEvents(300));
    const appending = Promise.all(
      Array.from({ length: 100 }, () => running.client.appendToStream(stream, anEvent())),
    );
    const fromPosition = position ?? 'start';
    const subscription = running.client.subscribeToAll({ fromPosition });
    const following = followed(subscription);
    await appending;

    const seen = await following.until(401);
    expect(seen.filter((what) => what !== 'caught up')).toEqual(
      Array.from({ length: 400 }, (_, revision) => revision),
    );
    expect(seen.filter((what) => what === 'caught up')).toHaveLength(1);
    await subscription.unsubscribe();
  });

  it('from the end gives only what comes', async () => {
    const stream = aStream();
    const subscription = running.client.subscribeToAll({ fromPosition: 'end' });
    const following = followed(subscription);
    await following.until(1);
    await running.client.appendToStream(stream, someEvents(2));

    expect(await following.until(3)).toEqual(['caught up', 0, 1]);
    await subscription.unsubscribe();
  });

  it('leaves nothing behind in the node when it is given up', async () => {
    const stream = aStream();
    const given = Array.from({ length: 5 }, () => running.client.subscribeToStream(stream));
    await Promise.all(given.map((subscription) => followed(subscription).until(1)));
    await Promise.all(given.map((subscription) => subscription.unsubscribe()));

    await running.client.appendToStream(stream, anEvent());
    const subscription = running.client.subscribeToStream(stream);
    expect(await followed(subscription).until(2)).toEqual([0, 'caught up']);
    await subscription.unsubscribe();
  });

  it('ends as unavailable when the node stops', async () => {
    const subscription = running.client.subscribeToAll();
    await followed(subscription).until(1);
    const ended = once(subscription, 'error');
    await running.node.close();

    expect((await ended)[0]).toBeInstanceOf(esdb.UnavailableError);
  });
});
