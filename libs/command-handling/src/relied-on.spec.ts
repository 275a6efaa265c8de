import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { RULES_VERSION } from '#libs/assessment';
import { createMemoryEventLog, createMemoryKeys, type EventLog } from '#libs/event-log';
import { type RecordedEvent, registrantStream } from '#libs/kernel';
import { enactedTimeline, policyEventTable } from '#libs/policy';
import {
  EXAMPLE_EVENT,
  type RegistrantCommand,
  type RegistrantCommandName,
  registrantCommandExamples as examples,
  registrantCommandNames,
  registrantEventTable,
} from '#libs/registry';
import { appendHistory } from './adoption.js';
import { CommandRunner } from './command-runner.js';
import { PolicyReader } from './policy-reader.js';
import { registryClock } from './registry-clock.js';
import { policyHistory } from './seeding.js';

const clock = registryClock(() => '2026-11-24T06:34:56.789Z', '2003-11-20');
const publishedByThen = enactedTimeline.filter(({ publishedOn }) => publishedOn <= '2003-11-20');
const mark = { at: clock.now(), by: 'spec', file: '0'.repeat(64), adopted: true };
const missed = { duty: 'change-notice', anchorOn: '2003-09-01', kind: 'employment' } as const;

let log: EventLog;
let runner: CommandRunner;

beforeEach(async () => {
  const keys = createMemoryKeys();
  log = createMemoryEventLog([registrantEventTable, policyEventTable], keys);
  await appendHistory(log, policyHistory(publishedByThen), { mark });
  runner = new CommandRunner({ log, keys, policies: new PolicyReader(log), clock });
});

function run(command: RegistrantCommand) {
  const actor = { id: 'officer-1', role: 'officer' };
  return runner.run(command, { commandId: randomUUID(), actor });
}

async function runExamples(...names: readonly RegistrantCommandName[]): Promise<void> {
  let interview = EXAMPLE_EVENT;
  for (const type of names) {
    const body = JSON.stringify(examples[type]).replace(EXAMPLE_EVENT, interview);
    const data: unknown = JSON.parse(body);
    const outcome = await run({ type, data } as RegistrantCommand);
    expect([type, outcome.kind]).toEqual([type, 'accepted']);
    if (outcome.kind !== 'accepted' || type !== 'CompleteFollowUpInterview') continue;
    interview = outcome.events[0]?.id ?? interview;
  }
}

async function lastEvent(registrantId: string): Promise<RecordedEvent | undefined> {
  const events: RecordedEvent[] = [];
  for await (const event of log.readStream(registrantStream(registrantId))) events.push(event);
  return events.at(-1);
}

describe('the runner', () => {
  it('takes the examples of all commands one after the other, on the day of the demo', async () => {
    await runExamples(...registrantCommandNames);
  });

  it('fills in what a decision relied on, under the law and the rules of its metadata', async () => {
    await runExamples('RegisterAtCallIn', 'RecordUnreportedChange', 'AcceptGoodCause');
    const event = await lastEvent(examples.AcceptGoodCause.registrantId);
    const { policyHash } = event?.metadata ?? {};
    expect(event?.metadata.rulesVersion).toBe(RULES_VERSION);
    expect(event?.data).toEqual({
      ...examples.AcceptGoodCause,
      reliedOn: {
        status: 'missed',
        opensOn: missed.anchorOn,
        dueOn: '2003-09-11',
        policyHash,
        rulesVersion: RULES_VERSION,
      },
    });
  });

  it('relies on what is assessed once the record has changed', async () => {
    await runExamples('RegisterAtCallIn', 'RecordUnreportedChange');
    const { registrantId } = examples.RecordUnreportedChange;
    await run({
      type: 'ReportChange',
      data: {
        registrantId,
        kind: missed.kind,
        changedOn: missed.anchorOn,
        reportedOn: '2003-11-19',
        value: { employer: 'Another Invented Company' },
      },
    });
    await runExamples('AcceptGoodCause');
    expect((await lastEvent(registrantId))?.data).toMatchObject({
      reliedOn: { status: 'met-late' },
    });
  });

  it('refuses a decision about an obligation that the person does not have', async () => {
    await runExamples('RegisterAtCallIn');
    const data = examples.AcceptGoodCause;
    expect(await run({ type: 'AcceptGoodCause', data })).toMatchObject({
      kind: 'refused',
      refusal: { code: 'ObligationNotImposed', because: 'rule', field: 'obligation' },
    });
  });
});
