import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventTables } from '#libs/command-handling';
import { reopenMemoryEventLog } from '#libs/event-log';
import { eventId, POLICY_STREAM, registrantStream } from '#libs/kernel';
import { policyCommandExamples } from '#libs/policy';
import { policyTimeline } from '#projections/policy-timeline';
import { registrantFile } from '#projections/registrant-file';
import { type ApiUnderTest, arrivalOf, as, keyOf, reading, startApi } from './api-under-test.js';

/** How Node 20 calls it, and how Node 24 does. */
const BROKEN_OFF = /aborted|socket hang up/;
const registrantId = eventId('spec-registrant', 9);
const id = eventId('spec-discovery', 1);
const metadata = {
  actor: { id: 'spec', role: 'officer' },
  recordedAt: '2003-11-20T12:00:00.000Z',
  schemaVersion: 3,
};

/** A later program wrote an event of a type that this one does not know. */
async function discover(api: ApiUnderTest, stream: string): Promise<number> {
  const row = { version: 3, personal: [], check: () => [] };
  const later = reopenMemoryEventLog(api.log, [...eventTables, { SpecimenDiscovered: row }]);
  const data = { registrantId, finding: 'Zzyzxov' };
  const event = { id, type: 'SpecimenDiscovered', data, metadata };
  const appended = await later.append(stream, [event], 'any');
  if ('conflict' in appended) throw new Error('The event was not appended.');
  return appended.position;
}

async function parkedAt(api: ApiUnderTest): Promise<void> {
  const isParked = async (): Promise<boolean> => {
    const checkpoints = await Promise.all(
      [registrantFile, policyTimeline].map((view) => api.views.readCheckpoint(view)),
    );
    return checkpoints.every((checkpoint) => checkpoint?.parked !== undefined);
  };
  while (!(await isParked())) await new Promise(setImmediate);
}

describe('an event of an unknown type', () => {
  let api: ApiUnderTest;
  let position: number;
  const stream = registrantStream(registrantId);
  const named = (at: number): string =>
    `The event ${id} (SpecimenDiscovered, version 3) at position ${String(at)} of the event log ` +
    'is a type or version that is not known here';

  beforeAll(async () => {
    api = await startApi({ policyUntil: '2003-12-02' });
    position = await discover(api, stream);
    await parkedAt(api);
  });

  afterAll(() => api.close());

  it('ends every answer that would need it, which names it and repeats nothing of it', async () => {
    const replay = api.http().post('/api/replays').set(as('analyst'));
    const answers = [
      await api.http().get(`/api/registrants/${registrantId}/history`).set(reading),
      await api.http().get(`/api/registrants/${registrantId}/obligations`).set(reading),
      await replay.send({ scenarios: ['no-call-in'] }),
      await api
        .http()
        .get('/api/export')
        .query({ from: position - 1 })
        .set(as('operator')),
    ];

    for (const { status, body, text } of answers) {
      expect([status, body.code]).toEqual([500, 'EventUnreadable']);
      expect(body.detail).toContain(named(position));
      expect(body.detail).toContain('Start the version of Portbook that wrote it');
      expect(text).not.toMatch(/Zzyzxov|registrant-/);
    }
  });

  it('lets nothing be recorded behind it in its stream', async () => {
    const { status, body } = await api
      .http()
      .post('/api/commands/register-arrival')
      .set({ ...as('officer'), 'Idempotency-Key': keyOf(1) })
      .send({ ...arrivalOf(9), registrantId });

    expect([status, body.code]).toEqual([500, 'EventUnreadable']);
    expect(await api.log.head()).toBe(position);
  });

  it('breaks an export off that comes upon it, and the log says where', async () => {
    const before = api.logged.length;
    await expect(api.http().get('/api/export').set(as('operator'))).rejects.toThrow(BROKEN_OFF);

    const told = api.logged.slice(before).find((line) => line.includes('UnreadableEvent'));
    expect(JSON.parse(told ?? '{}')).toMatchObject({
      ...{ level: 'error', id, stream, revision: 0, position },
      ...{ type: 'SpecimenDiscovered', version: 3 },
      err: { type: 'UnreadableEvent', message: expect.stringContaining('is not known here') },
    });
    expect(told).not.toContain('Zzyzxov');
  });

  it('stops the views, each of which says at which event it stands, and why', async () => {
    const { status, body } = await api.http().get('/health/ready');

    expect([status, body.code]).toEqual([503, 'NotReady']);
    const parked = {
      ...{ id, stream, revision: 0, type: 'SpecimenDiscovered', version: 3 },
      position: String(position),
      error: expect.stringContaining('is not known here'),
    };
    expect(body.parts.views).toEqual([
      expect.objectContaining({ name: registrantFile.name, parked }),
      expect.objectContaining({ name: policyTimeline.name, parked }),
    ]);
  });

  it('leaves what does not need it as it was', async () => {
    expect((await api.http().get('/api/policy').set(as('auditor'))).status).toBe(200);
    const arrival = api.http().post('/api/commands/register-arrival');
    const { status } = await arrival
      .set({ ...as('officer'), 'Idempotency-Key': keyOf(2) })
      .send(arrivalOf(10));
    expect(status).toBe(201);
  });
});

describe('an event of an unknown type in the stream of the policy', () => {
  let api: ApiUnderTest;

  beforeAll(async () => {
    api = await startApi({ policyUntil: '2003-12-02' });
    await discover(api, POLICY_STREAM);
  });

  afterAll(() => api.close());

  it('ends every reading of the policy, and every decision on it', async () => {
    const answers = [
      await api.http().get('/api/policy').set(as('auditor')),
      await api
        .http()
        .post('/api/commands/register-arrival')
        .set({ ...as('officer'), 'Idempotency-Key': keyOf(1) })
        .send(arrivalOf(1)),
      await api
        .http()
        .post('/api/commands/note-milestone')
        .set({ ...as('policy-maker'), 'Idempotency-Key': keyOf(2) })
        .send(policyCommandExamples.NoteMilestone),
    ];

    for (const { status, body } of answers) {
      expect([status, body.code]).toEqual([500, 'EventUnreadable']);
    }
  });
});
