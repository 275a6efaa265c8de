import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  createMemoryEventLog,
  createMemoryKeys,
  type EventLog,
  EventTooLarge,
} from '#libs/event-log';
import { isUuid, POLICY_STREAM, type RecordedEvent, registrantStream } from '#libs/kernel';
import {
  enactedTimeline,
  type PolicyCommand,
  policyCommandExamples,
  policyEventTable,
} from '#libs/policy';
import {
  type RegistrantCommand,
  registrantCommandExamples,
  registrantEventTable,
} from '#libs/registry';
import { appendHistory } from './adoption.js';
import type { Issue } from './attempt.js';
import { CommandRunner } from './command-runner.js';
import type { Accepted, CommandOutcome } from './outcome.js';
import { PolicyReader } from './policy-reader.js';
import { registryClock } from './registry-clock.js';
import { policyHistory } from './seeding.js';

const tables = [registrantEventTable, policyEventTable];
const clock = registryClock(() => '2026-11-24T12:34:56.789Z', '2003-11-20');
const actor = { id: 'officer-1', role: 'officer' };
const arrival: RegistrantCommand = {
  type: 'RegisterArrival',
  data: registrantCommandExamples.RegisterArrival,
};
const interview: RegistrantCommand = {
  type: 'CompleteFollowUpInterview',
  data: registrantCommandExamples.CompleteFollowUpInterview,
};
const departure: RegistrantCommand = {
  type: 'ConfirmDeparture',
  data: registrantCommandExamples.ConfirmDeparture,
};
const suspension = {
  type: 'SuspendDomesticRegistration',
  data: policyCommandExamples.SuspendDomesticRegistration,
} as PolicyCommand;
const stream = registrantStream(arrival.data.registrantId);

const publishedByThen = enactedTimeline.filter(({ publishedOn }) => publishedOn <= '2003-11-20');
const mark = { at: clock.now(), by: 'spec', file: '0'.repeat(64), adopted: true };

let keys: ReturnType<typeof createMemoryKeys>;
let log: EventLog;
let runner: CommandRunner;

function aRunner(over: EventLog = log): CommandRunner {
  return new CommandRunner({ log: over, keys, policies: new PolicyReader(over), clock });
}

beforeEach(async () => {
  keys = createMemoryKeys();
  log = createMemoryEventLog(tables, keys);
  await appendHistory(log, policyHistory(publishedByThen), { mark });
  runner = aRunner();
});

function issue(more: Partial<Issue> = {}): Issue {
  return { commandId: randomUUID(), actor, ...more };
}

function accepted(outcome: CommandOutcome): Accepted {
  if (outcome.kind !== 'accepted') throw new Error(`It was not accepted: ${outcome.kind}.`);
  return outcome;
}

async function recordOf(name: string, from: EventLog = log): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of from.readStream(name)) events.push(event);
  return events;
}

/** A log in which something else happens before the next append. */
function interrupted(happens: () => Promise<unknown>, times = 1): EventLog {
  let left = times;
  const append: EventLog['append'] = async (...args) => {
    left -= 1;
    if (left >= 0) await happens();
    return log.append(...args);
  };
  return new Proxy(log, {
    get: (target, name: keyof EventLog) =>
      name === 'append' ? append : (target[name] as () => unknown).bind(target),
  });
}

describe('an accepted command', () => {
  it('is one event of its stream, with who, when, and under which law', async () => {
    const at = issue({ correlationId: 'c-1' });
    const outcome = accepted(await runner.run(arrival, at));
    const [event, ...others] = await recordOf(stream);
    expect(others).toEqual([]);
    expect(event?.data).toEqual({ ...arrival.data, usState: 'VA' });
    expect(event?.metadata).toEqual({
      $correlationId: 'c-1',
      $causationId: at.commandId,
      commandId: at.commandId,
      requestHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      actor,
      recordedAt: '2003-11-20T12:34:56.789Z',
      schemaVersion: 1,
      policyRevision: publishedByThen.length - 1,
      policyHash: outcome.policy.hash,
      rulesVersion: expect.any(String),
    });
    const { id, type, revision, position } = event!;
    expect(outcome).toMatchObject({
      isRepeated: false,
      isDryRun: false,
      stream,
      revision,
      position,
      events: [{ id, type, revision }],
    });
    expect(outcome.record.map((one) => one.data)).toEqual([event?.data]);
  });

  it('comes after what is recorded', async () => {
    await runner.run(arrival, issue());
    const outcome = accepted(await runner.run(interview, issue()));
    expect(outcome.revision).toBe(1);
    expect(outcome.record.map(({ type }) => type)).toEqual([
      'ArrivalRegistered',
      'FollowUpInterviewCompleted',
    ]);
  });

  it('of policy holds from the next command on, in every process', async () => {
    const other = aRunner();
    await other.run(arrival, issue());
    const enacted = accepted(await runner.run(suspension, issue()));
    expect(enacted.stream).toBe(POLICY_STREAM);
    expect(enacted.events[0]?.type).toBe('DomesticRegistrationSuspended');
    const outcome = accepted(await other.run(interview, issue()));
    expect(outcome.record.at(-1)?.metadata).toMatchObject({
      policyRevision: enacted.revision,
      policyHash: enacted.policy.hash,
    });
  });
});

describe('a refused command', () => {
  it('says why and leaves nothing, not even a key', async () => {
    const data = { ...registrantCommandExamples.RegisterArrival, arrivedOn: '2003-11-22' };
    const outcome = await runner.run({ type: 'RegisterArrival', data }, issue());
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { because: 'rule' } });
    expect(await recordOf(stream)).toEqual([]);
    expect(keys.find(arrival.data.registrantId)).toBeUndefined();
  });

  it('is not remembered: the same key serves for what is accepted later', async () => {
    const at = issue();
    expect(await runner.run(interview, at)).toMatchObject({ kind: 'refused' });
    await runner.run(arrival, issue());
    accepted(await runner.run(interview, at));
  });

  it('because its record would be too large is one of a rule', async () => {
    const name = { stream, id: randomUUID(), type: 'ArrivalRegistered' };
    const over = interrupted(() => Promise.reject(new EventTooLarge(name, 60_001, 60_000)));
    const outcome = await aRunner(over).run(arrival, issue());
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'RecordTooLarge' } });
    expect(await recordOf(stream)).toEqual([]);
  });
});

describe('a repeated command', () => {
  it('appends nothing and is answered as the first time, whatever came since', async () => {
    const at = issue();
    const first = accepted(await runner.run(arrival, at));
    await runner.run(interview, issue());
    for (const repeated of [await runner.run(arrival, at), await aRunner().run(arrival, at)]) {
      const { revision, position, events } = first;
      expect(repeated).toMatchObject({ isRepeated: true, revision, position, events });
    }
    expect(await recordOf(stream)).toHaveLength(2);
  });

  it('is answered with the warnings of the first time, whatever came since', async () => {
    const at = issue();
    const enacted = accepted(await runner.run(suspension, at));
    expect(enacted.warnings).toHaveLength(1);
    expect(await runner.run(suspension, at)).toMatchObject({ warnings: enacted.warnings });

    await runner.run(arrival, issue());
    // A change in the first 30 days needs no notice: that satisfies nothing, which is said.
    const { registrantId } = arrival.data;
    const days = { changedOn: '2003-10-25', reportedOn: '2003-10-27' };
    const change: RegistrantCommand = {
      type: 'ReportChange',
      data: { registrantId, kind: 'school', ...days, value: { name: 'Another school' } },
    };
    const once = issue();
    const first = accepted(await runner.run(change, once));
    expect(first.warnings).toHaveLength(1);
    await runner.run(interview, issue());
    const again = accepted(await runner.run(change, once));
    expect(again.warnings).toEqual(first.warnings);
  });

  it('under the same key with another body, or as another command, is refused', async () => {
    const at = issue();
    await runner.run(arrival, at);
    const other = { ...arrival, data: { ...arrival.data, fin: '9990003' } } as RegistrantCommand;
    for (const command of [other, interview]) {
      const outcome = await runner.run(command, at);
      expect(outcome).toMatchObject({
        refusal: { code: 'IdempotencyKeyReused', because: 'state' },
      });
    }
    expect(await recordOf(stream)).toHaveLength(1);
  });

  it.each([
    ['within a process', () => [runner, runner]],
    ['across processes', () => [aRunner(), aRunner()]],
  ])('at the same time with another body %s: one is stored, the other refused', async (_, two) => {
    const other = { ...arrival, data: { ...arrival.data, fin: '9990003' } } as RegistrantCommand;
    const at = issue();
    const [one, another] = two();
    const outcomes = await Promise.all([one?.run(arrival, at), another?.run(other, at)]);
    expect(outcomes.map((outcome) => outcome?.kind).sort()).toEqual(['accepted', 'refused']);
    expect(outcomes).toContainEqual(
      expect.objectContaining({
        refusal: expect.objectContaining({ code: 'IdempotencyKeyReused' }),
      }),
    );
    expect(await recordOf(stream)).toHaveLength(1);
  });

  it('at the same time with the same body is stored once, within a process and across them', async () => {
    const at = issue();
    const runners = [runner, runner, aRunner(), aRunner()];
    const outcomes = await Promise.all(runners.map((one) => one.run(arrival, at)));
    const [first, ...others] = outcomes.map((outcome) => accepted(outcome).events);
    for (const events of others) expect(events).toEqual(first);
    expect(await recordOf(stream)).toHaveLength(1);
  });

  it('of policy is known too', async () => {
    const at = issue();
    const first = accepted(await runner.run(suspension, at));
    expect(await runner.run(suspension, at)).toMatchObject({
      isRepeated: true,
      position: first.position,
    });
    expect(await recordOf(POLICY_STREAM)).toHaveLength(publishedByThen.length + 1);
  });
});

describe('when somebody else writes between reading and appending', () => {
  it('the command is decided again on what the record is now', async () => {
    await runner.run(arrival, issue());
    const over = interrupted(() => aRunner().run(interview, issue()));
    const outcome = accepted(await aRunner(over).run(departure, issue()));
    expect(outcome.revision).toBe(2);
  });

  it('a command that now contradicts the record is refused', async () => {
    await runner.run(arrival, issue());
    const over = interrupted(() => aRunner().run(departure, issue()));
    const outcome = await aRunner(over).run(departure, issue());
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { because: 'state' } });
    expect(await recordOf(stream)).toHaveLength(2);
  });

  it('a policy command is decided again too', async () => {
    const over = interrupted(() => aRunner().run(suspension, issue()));
    const outcome = await aRunner(over).run(suspension, issue());
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'PolicyRefTaken' } });
  });

  it('it is tried again three times, and no more', async () => {
    await runner.run(arrival, issue());
    let tried = 0;
    const over = interrupted(async () => {
      tried += 1;
      const revision = (await recordOf(stream)).length - 1;
      const [last] = (await recordOf(stream)).slice(-1);
      const { type, data, metadata } = last!;
      const again = { id: randomUUID(), type, data, metadata };
      await log.append(stream, [again], revision);
    }, Infinity);
    expect(await aRunner(over).run(interview, issue())).toEqual({ kind: 'contended' });
    expect(tried).toBe(4);
  });
});

describe('with If-Match', () => {
  it('a command is accepted at that revision only', async () => {
    expect(await runner.run(arrival, issue({ ifMatch: 0 }))).toEqual({
      kind: 'precondition-failed',
    });
    await runner.run(arrival, issue());
    expect(await runner.run(interview, issue({ ifMatch: 1 }))).toEqual({
      kind: 'precondition-failed',
      revision: 0,
    });
    accepted(await runner.run(interview, issue({ ifMatch: 0 })));
  });

  it('a conflict is not decided again', async () => {
    await runner.run(arrival, issue());
    const over = interrupted(() => aRunner().run(interview, issue()));
    expect(await aRunner(over).run(departure, issue({ ifMatch: 0 }))).toEqual({
      kind: 'precondition-failed',
      revision: 1,
    });
    expect(await recordOf(stream)).toHaveLength(2);
  });

  it('a repetition still gets the first answer', async () => {
    await runner.run(arrival, issue());
    const at = issue({ ifMatch: 0 });
    await runner.run(interview, at);
    expect(await runner.run(interview, at)).toMatchObject({ isRepeated: true, revision: 1 });
  });
});

describe('a dry run', () => {
  it('answers as the command would, and leaves nothing', async () => {
    const outcome = accepted(await runner.run(arrival, issue({ dryRun: true })));
    expect(outcome).toMatchObject({ isDryRun: true, revision: 0 });
    expect(outcome).not.toHaveProperty('position');
    expect(isUuid(outcome.events[0]?.id)).toBe(true);
    expect(outcome.record.map(({ type }) => type)).toEqual(['ArrivalRegistered']);
    expect(await recordOf(stream)).toEqual([]);
    expect(keys.find(arrival.data.registrantId)).toBeUndefined();
  });

  it('is refused where its record would be too large, and leaves no key', async () => {
    const word = (length: number) => '境'.repeat(length);
    const [text, long] = [word(200), word(1000)];
    const documents = Array.from({ length: 20 }, () => ({ kind: text, number: text }));
    const usAddress = { line1: text, line2: text, city: text, state: 'VA', zip: '00000' };
    const contact = { name: text, phone: text, email: text };
    const data = {
      ...arrival.data,
      basis: { kind: 'designation', reason: word(2000), lookoutRef: text },
      visit: { purpose: long, background: long, itinerary: long, usAddress, contact },
      documents,
      biometrics: { fingerprintsRef: text, photographRef: text },
      identity: { ...arrival.data.identity, familyName: text, givenNames: text },
    };
    const large = { ...arrival, data } as RegistrantCommand;
    const tried = await runner.run(large, issue({ dryRun: true }));
    expect(tried).toMatchObject({ kind: 'refused', refusal: { code: 'RecordTooLarge' } });
    expect(keys.find(arrival.data.registrantId)).toBeUndefined();
    expect(await runner.run(large, issue())).toEqual(tried);
  });

  it('is refused as the command would be', async () => {
    expect(await runner.run(departure, issue({ dryRun: true }))).toMatchObject({ kind: 'refused' });
  });
});
