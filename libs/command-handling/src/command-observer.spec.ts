import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createMemoryEventLog, createMemoryKeys, type EventLog } from '#libs/event-log';
import { enactedTimeline } from '#libs/policy';
import { type RegistrantCommand, registrantCommandExamples } from '#libs/registry';
import { appendHistory } from './adoption.js';
import { type CommandObserver, CommandRunner } from './command-runner.js';
import { eventTables } from './event-tables.js';
import { PolicyReader } from './policy-reader.js';
import { registryClock } from './registry-clock.js';
import { policyHistory } from './seeding.js';

const clock = registryClock(() => '2003-11-20T12:00:00.000Z', '2003-11-20');
const keys = createMemoryKeys();
let log: EventLog;
let told: string[];

beforeEach(async () => {
  told = [];
  log = createMemoryEventLog(eventTables, keys);
  const published = enactedTimeline.filter(({ publishedOn }) => publishedOn <= '2003-11-20');
  const mark = { at: clock.now(), by: 'spec', file: '0'.repeat(64), adopted: true };
  await appendHistory(log, policyHistory(published), { mark });
});

/** Outcomes by kind, and what follows a conflict. */
const observer: CommandObserver = {
  onOutcome: (command, outcome) => {
    told.push(`${command} ${outcome === 'fault' ? outcome : outcome.kind}`);
  },
  onConflict: (command, next) => {
    told.push(`${command} ${next}`);
  },
};

/** Runs a command while the log appends as is said. */
function run(
  type: RegistrantCommand['type'],
  append: EventLog['append'] = (...all) => log.append(...all),
) {
  const seen: EventLog = new Proxy(log, {
    get: (target, name: keyof EventLog) =>
      name === 'append' ? append : (target[name] as () => unknown).bind(target),
  });
  const runner = new CommandRunner({
    log: seen,
    keys,
    policies: new PolicyReader(seen),
    clock,
    observer,
  });
  const command = { type, data: registrantCommandExamples[type] } as RegistrantCommand;
  return runner.run(command, { commandId: randomUUID(), actor: { id: 'o-1', role: 'officer' } });
}

describe('who observes commands', () => {
  it('is told each outcome once, and each conflict with what follows it', async () => {
    await run('RegisterArrival');
    let isLate = true;
    await run('ConfirmDeparture', (...all) => {
      if (!isLate) return log.append(...all);
      isLate = false;
      return Promise.resolve({ conflict: true });
    });
    await run('ConfirmDeparture');

    expect(told).toEqual([
      'RegisterArrival accepted',
      'ConfirmDeparture retried',
      'ConfirmDeparture accepted',
      'ConfirmDeparture refused',
    ]);
  });

  it('is told that a command was given up, and a fault', async () => {
    await run('RegisterArrival', () => Promise.resolve({ conflict: true }));
    const broken = run('RegisterArrival', () => Promise.reject(new Error('broken')));
    await expect(broken).rejects.toThrow('broken');

    expect(told).toEqual([
      ...Array.from({ length: 3 }, () => 'RegisterArrival retried'),
      ...['RegisterArrival given-up', 'RegisterArrival contended', 'RegisterArrival fault'],
    ]);
  });
});
