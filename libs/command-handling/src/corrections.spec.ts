import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { RULES_VERSION } from '#libs/assessment';
import { createMemoryEventLog, createMemoryKeys, type EventLog } from '#libs/event-log';
import { type RecordedEvent, registrantStream } from '#libs/kernel';
import { enactedTimeline, policyEventTable } from '#libs/policy';
import {
  factsOf,
  type RegistrantCommand,
  registrantCommandExamples as examples,
  registrantEventTable,
} from '#libs/registry';
import { appendHistory } from './adoption.js';
import { CommandRunner } from './command-runner.js';
import { PolicyReader } from './policy-reader.js';
import { registryClock } from './registry-clock.js';
import { policyHistory } from './seeding.js';

const publishedByThen = enactedTimeline.filter(({ publishedOn }) => publishedOn <= '2003-11-20');
const tables = [registrantEventTable, policyEventTable];
const { registrantId } = examples.RegisterArrival;
const stream = registrantStream(registrantId);
const arrival = { type: 'RegisterArrival', data: examples.RegisterArrival } as const;
const reason = 'Invented reason: written on the wrong form';

let now: string;
let keys: ReturnType<typeof createMemoryKeys>;
let log: EventLog;
let runner: CommandRunner;

beforeEach(async () => {
  now = '2026-11-24T06:00:00.000Z';
  keys = createMemoryKeys();
  log = createMemoryEventLog(tables, keys);
  const clock = registryClock(() => now, '2003-11-20');
  const mark = { at: clock.now(), by: 'spec', file: '0'.repeat(64), adopted: true };
  await appendHistory(log, policyHistory(publishedByThen), { mark });
  runner = new CommandRunner({ log, keys, policies: new PolicyReader(log), clock });
});

/** The id of the event that the command recorded. */
async function record(command: RegistrantCommand): Promise<string> {
  const outcome = await run(command);
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.events[0]?.id ?? '';
}

function run(command: RegistrantCommand) {
  const actor = { id: 'officer-1', role: 'officer' };
  return runner.run(command, { commandId: randomUUID(), actor });
}

async function recorded(): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of log.readStream(stream)) events.push(event);
  return events;
}

async function stored(): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of log.readAllStored()) if (event.stream === stream) events.push(event);
  return events;
}

function correcting(eventId: string, type: string, data: object): RegistrantCommand {
  return {
    type: 'CorrectRecord',
    data: { registrantId, eventId, corrected: { type, data }, reason },
  };
}

const moved = {
  ...arrival.data,
  fin: '9990009',
  visit: {
    ...arrival.data.visit,
    usAddress: { ...arrival.data.visit.usAddress, line1: '9 Secret Street', state: 'CA' },
  },
};

describe('the runner', () => {
  it('stores a correction with all its personal content encrypted, and reads it back whole', async () => {
    const eventId = await record(arrival);
    await record(correcting(eventId, 'ArrivalRegistered', moved));
    const [, correction] = await recorded();
    expect(correction).toMatchObject({ type: 'RecordCorrected', metadata: { schemaVersion: 1 } });
    expect(correction?.data).toEqual({
      registrantId,
      eventId,
      corrected: { type: 'ArrivalRegistered', version: 1, data: { ...moved, usState: 'CA' } },
      reason,
    });
    const text = JSON.stringify((await stored())[1]);
    expect(text).toContain('"usState":"CA"');
    expect(text).not.toMatch(/9990009|Secret|Exemplar|SPECIMEN|specimen|wrong form|99900000001/);
  });

  it('shows from each instant what was known by then', async () => {
    const eventId = await record(arrival);
    now = '2026-11-24T07:00:00.000Z';
    const correctionId = await record(correcting(eventId, 'ArrivalRegistered', moved));
    now = '2026-11-24T08:00:00.000Z';
    await record({
      type: 'RescindRecord',
      data: { registrantId, eventId: correctionId, reason },
    });
    const events = await recorded();
    const statesKnown = ['2003-11-20T06:30:00.000Z', '2003-11-20T07:30:00.000Z', undefined].map(
      (knownAt) =>
        factsOf(events, knownAt === undefined ? {} : { knownAt }).map(
          ({ data }) => 'usState' in data && data.usState,
        ),
    );
    expect(statesKnown).toEqual([['VA'], ['CA'], ['VA']]);
  });

  it('fills in anew what a corrected decision relied on', async () => {
    await record(arrival);
    const obligation = { duty: 'follow-up-interview', anchorOn: '2003-10-23' } as const;
    const proceedings = { registrantId, obligation, ground: 'Invented ground' };
    const upcoming = { ...proceedings, initiatedOn: '2003-11-20' };
    expect(await run({ type: 'InitiateRemovalProceedings', data: upcoming })).toMatchObject({
      refusal: { code: 'ObligationNotYetOpen' },
    });

    const arrivalDuty = { duty: 'arrival-registration', anchorOn: '2003-10-23' } as const;
    const data = { ...upcoming, obligation: arrivalDuty };
    const eventId = await record({ type: 'InitiateRemovalProceedings', data });
    const { obligation: _left, ...onAnotherGround } = data;
    await record(correcting(eventId, 'RemovalProceedingsInitiated', onAnotherGround));
    await record(correcting(eventId, 'RemovalProceedingsInitiated', data));
    const correctedData = (await recorded())
      .filter(({ type }) => type === 'RecordCorrected')
      .map(
        (event) =>
          (event.data as { readonly corrected: { readonly data: unknown } }).corrected.data,
      );
    expect(correctedData).toEqual([
      onAnotherGround,
      {
        ...data,
        reliedOn: expect.objectContaining({ status: 'met', rulesVersion: RULES_VERSION }),
      },
    ]);
  });

  it('records nothing of whom the key is gone, and makes no other key', async () => {
    const eventId = await record(arrival);
    const appended = await stored();
    const others = createMemoryKeys();
    const log2 = createMemoryEventLog(tables, others);
    await log2.append(stream, appended, 'no-stream');
    const clock = registryClock(() => now, '2003-11-20');
    const policies = new PolicyReader(log);
    const another = new CommandRunner({ log: log2, keys: others, policies, clock });
    const issue = { commandId: randomUUID(), actor: { id: 'officer-1', role: 'officer' } };
    for (const command of [
      correcting(eventId, 'ArrivalRegistered', moved),
      { type: 'RescindRecord', data: { registrantId, eventId, reason } } as const,
      {
        type: 'ConfirmDeparture',
        data: { registrantId, departedOn: '2003-11-20', port: 'NYC' },
      } as const,
    ]) {
      expect(await another.run(command, issue)).toMatchObject({
        kind: 'refused',
        refusal: { code: 'PersonalContentSealed', because: 'state' },
      });
    }
    expect(others.find(registrantId)).toBeUndefined();
  });
});
