import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import esdb from '@eventstore/db-client';
import { RE2JS } from 're2js';
import { useRunningNode } from './spec-node.contract.js';

const running = useRunningNode();

/** A hundred events: ships to `ship-0`, `ship-1`; every tenth one `Sailed`, the others `Anchored`. */
beforeAll(async () => {
  for (let n = 0; n < 100; n += 1) {
    const type = n % 10 === 0 ? 'Sailed' : 'Anchored';
    const event = esdb.jsonEvent({ type, data: { n } });
    await running.client.appendToStream(`ship-${String(n % 2)}`, event);
  }
});

interface Seen {
  readonly events: string[];
  readonly checkpoints: number[];
}

/** What a filtered subscription gives until it has caught up. */
async function caughtUp(filter: esdb.Filter): Promise<Seen> {
  const seen: Seen = { events: [], checkpoints: [] };
  const subscription = running.client.subscribeToAll({
    filter: {
      ...filter,
      checkpointReached: (_, position) => {
        seen.checkpoints.push(Number(position.commit));
        return Promise.resolve();
      },
    },
  });
  subscription.on('data', ({ event }) => {
    seen.events.push(`${event?.type ?? ''} ${event?.streamId ?? ''}`);
  });
  await new Promise<void>((resolve, reject) => {
    subscription.on('caughtUp', resolve).on('error', reject);
  });
  await subscription.unsubscribe();
  return seen;
}

describe('a filtered subscription', () => {
  it.each([
    ['a prefix of the type', esdb.eventTypeFilter({ prefixes: ['Sail'] }), 10],
    ['several prefixes', esdb.eventTypeFilter({ prefixes: ['Sail', 'Anch'] }), 100],
    ['an expression for the type', esdb.eventTypeFilter({ regex: '^S.*d$' }), 10],
    ['a prefix of the stream', esdb.streamNameFilter({ prefixes: ['ship-1'] }), 50],
    ['an expression for the stream', esdb.streamNameFilter({ regex: '-0$' }), 50],
    ['no system events', esdb.excludeSystemEvents(), 100],
    ['all but some', esdb.eventTypeFilter({ regex: '^(?!(Sailed)$).*$' }), 90],
    ['all but some, in short', esdb.eventTypeFilter({ regex: '^(?!(\\$.+$|Sailed$))' }), 90],
  ])('by %s gives what passes', async (_, filter, count) => {
    expect((await caughtUp(filter)).events).toHaveLength(count);
  });

  it('is told how far it is after so many events, and at the end', async () => {
    const filter = esdb.eventTypeFilter({
      prefixes: ['Sail'],
      maxSearchWindow: 10,
      checkpointInterval: 3,
    });
    const { checkpoints } = await caughtUp(filter);

    expect(checkpoints).toEqual([30, 60, 90, 100]);
  });

  it('matches expressions that would never end elsewhere', async () => {
    const filter = esdb.streamNameFilter({ regex: '^(s+)+(h+)+(i|i)*(p+-?)*x$' });

    expect((await caughtUp(filter)).events).toEqual([]);
  });

  it.each([
    ['is long', 'a'.repeat(1_025)],
    ['repeats one thing often', 'a{999}b{99}'],
    ['repeats a long group', `(${'a'.repeat(100)}){20}`],
    ['repeats groups within groups', '((ab?){20}c){20}'],
    ['leaves something long out', `^(?!(${'a'.repeat(100)}){20})`],
  ])('by an expression that %s is refused before it is compiled', async (_, regex) => {
    const compiling = jest.spyOn(RE2JS, 'compile');
    const refused = caughtUp(esdb.eventTypeFilter({ regex }));

    await expect(refused).rejects.toThrow('The expression of a filter may have 1024 characters');
    expect(compiling).not.toHaveBeenCalled();
    compiling.mockRestore();
  });

  it.each([
    ['an id', '^ship-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$'],
    [
      'many names',
      `^(?:${Array.from({ length: 60 }, (_, n) => `RegistryNote${String(n)}`).join('|')})$`,
    ],
    ['braces', '\\{[{}]{2,3}a{0,}'],
  ])('by an expression for %s is taken', async (_, regex) => {
    expect((await caughtUp(esdb.streamNameFilter({ regex }))).events).toEqual([]);
  });

  it.each(['(', '^(?!Sailed', '^(?!Sa)(iled).*$', '^(?!S)a'])('by %s is refused', async (regex) => {
    const filter = esdb.eventTypeFilter({ regex });

    await expect(caughtUp(filter)).rejects.toThrow('The expression of a filter cannot be used');
  });
});
