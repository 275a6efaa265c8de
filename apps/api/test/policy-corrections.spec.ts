import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enactedTimeline, policyCommandExamples } from '#libs/policy';
import { type ApiUnderTest, as, kebab, keyOf, startApi } from './api-under-test.js';

let api: ApiUnderTest;
/** Of the last command that was accepted. */
let position = '';
let lastKey = 0;

beforeAll(async () => {
  api = await startApi({ policyUntil: '2003-11-20' });
});

afterAll(() => api.close());

async function issue(name: string, body: object, query = '') {
  lastKey += 1;
  const response = await api
    .http()
    .post(`/api/commands/${kebab(name)}${query}`)
    .set(as('policy-maker'))
    .set({ 'Idempotency-Key': keyOf(lastKey) })
    .send(body);
  position = response.body.position ?? position;
  return response;
}

function get(path: string) {
  return api.http().get(path).set(as('analyst'));
}

async function timelineEvent(ref: string) {
  const { body } = await get(`/api/policy/timeline?limit=500&atLeast=${position}`);
  return body.items.find((item: { ref: string }) => item.ref === ref);
}

const { CorrectPolicyRecord: correction, RescindPolicyRecord: rescission } = policyCommandExamples;

/** The extension of group 3 with another closing day, as an officer of the registry might mistype it. */
function closing(closesOn: string) {
  const record = enactedTimeline.find(({ ref }) => ref === 'group-3-extended');
  const { ref, type: _type, known: _known, ...body } = record!;
  return { ref, corrected: { ...body, data: { group: 3, closesOn } }, reason: 'Mistyped.' };
}

describe('a correction of the policy', () => {
  it('is answered like every policy command, and shown with what it replaced', async () => {
    const { status, body } = await issue('CorrectPolicyRecord', correction);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ref: correction.ref,
      events: [{ type: 'PolicyRecordCorrected' }],
      obligations: [],
      warnings: [],
    });
    const event = await timelineEvent(correction.ref);
    expect(event).toMatchObject({ citation: correction.corrected.citation });
    expect(event.corrections).toEqual([
      {
        eventId: body.events[0].id,
        revision: body.revision,
        position: body.position,
        known: expect.any(String),
        reason: correction.reason,
        replaced: { ...correction.corrected, citation: '67 FR 52584' },
      },
    ]);
    expect(event).not.toHaveProperty('rescinded');
  });

  it('holds for the policy from the instant on at which it was recorded, and not before', async () => {
    const before = position;
    const { body } = await issue('CorrectPolicyRecord', closing('2003-03-28'));
    expect(body.warnings).toEqual([expect.stringContaining('It changes what has held since')]);
    const { known } = (await timelineEvent('group-3-extended')).corrections[0];
    const closesOn = async (knownAt?: string): Promise<string> => {
      const query = knownAt === undefined ? '' : `&knownAt=${knownAt}`;
      const policy = await get(`/api/policy?on=2003-03-01${query}`);
      return policy.body.groups.find(({ group }: { group: number }) => group === 3).closesOn;
    };
    expect(await closesOn()).toBe('2003-03-28');
    expect(await closesOn(known)).toBe('2003-03-28');
    expect(await closesOn('2003-11-19T00:00:00.000Z')).toBe('2003-03-21');
    expect(await closesOn(`position:${position}`)).toBe('2003-03-28');
    expect(await closesOn(`position:${before}`)).toBe('2003-03-21');
  });

  it.each([
    ['no slug', { ref: 'No Slug' }, 'ref'],
    ['no reason', { reason: undefined }, 'reason'],
    ['no title', { corrected: { ...correction.corrected, title: undefined } }, 'corrected.title'],
    ['data that is none', { corrected: { ...correction.corrected, data: [] } }, 'corrected.data'],
    ['a field too many', { colour: 'red' }, 'colour'],
  ])('names the field at fault: %s', async (_, change, field) => {
    const { status, body } = await issue('CorrectPolicyRecord', { ...correction, ...change });
    expect([status, body.code]).toEqual([400, 'Malformed']);
    const fields = body.errors.map((error: { field: string }) => error.field);
    expect(fields).toContain(field);
  });

  it('is refused where the law or another record says no', async () => {
    const early = await issue('CorrectPolicyRecord', closing('2003-02-18'));
    expect([early.status, early.body.code]).toEqual([422, 'WindowClosesBeforeItOpens']);
    const unchanged = await issue('CorrectPolicyRecord', closing('2003-03-28'));
    expect([unchanged.status, unchanged.body.code]).toEqual([409, 'CorrectionChangesNothing']);
    const announced = { ref: 'call-in-group-3', reason: 'Never announced.' };
    const { status, body } = await issue('RescindPolicyRecord', announced);
    expect([status, body.code]).toEqual([409, 'CallInGroupNotAnnounced']);
    expect(body).toMatchObject({ rule: 'armenia-rescinded', citation: '67 FR 77642' });
  });
});

describe('a rescission of a record of the policy', () => {
  it('marks the record, and leaves its ref taken', async () => {
    const { status, body } = await issue('RescindPolicyRecord', rescission);
    expect([status, body.events[0].type]).toEqual([201, 'PolicyRecordRescinded']);
    expect(await timelineEvent(rescission.ref)).toMatchObject({
      rescinded: { reason: rescission.reason, position: body.position },
    });
    const again = await issue('RescindPolicyRecord', rescission);
    expect([again.status, again.body.code]).toEqual([409, 'PolicyRecordAlreadyRescinded']);
    const { data: _data, ...law } = policyCommandExamples.NoteMilestone;
    const taken = await issue('NoteMilestone', { ...law, ref: rescission.ref, data: {} });
    expect([taken.status, taken.body.code]).toEqual([409, 'PolicyRefTaken']);
  });
});

describe('a scenario on a scenario', () => {
  const check = (scenario: unknown) =>
    api
      .http()
      .post('/api/replays')
      .set(as('analyst'))
      .send({ scenarios: [scenario] });
  const later = {
    name: 'narrow window',
    base: 'sixty-day-follow-up',
    changes: [{ amend: 'follow-up-interview-enacted', set: { 'terms.opensAfterDays': 45 } }],
  };

  it('may name one that ships, or hold another, and be held against a third', async () => {
    const { status, body } = await check({ name: 'twice', base: later, changes: [] });
    expect(status).toBe(201);
    expect(body.worlds[1].warnings).toContain(
      'The scenario changes nothing of its base "narrow window".',
    );
    const named = await check(later);
    expect(named.body.worlds[1].policyHash).toBe(body.worlds[1].policyHash);
    const against = await api
      .http()
      .post('/api/replays')
      .set(as('analyst'))
      .send({ scenarios: [later], against: { ...later, name: 'b', changes: [] } });
    expect(against.body.worlds.map(({ scenario }: { scenario: string }) => scenario)).toEqual([
      'enacted',
      'b',
      'narrow window',
    ]);
  });

  it.each([
    [400, 'scenarios[0].base', { ...later, base: 'no-such-scenario' }],
    [400, 'scenarios[0].base.base', { ...later, base: { ...later, base: 'nowhere' } }],
    [400, 'scenarios[0].base.changes', { ...later, base: { name: 'x', base: 'enacted' } }],
    [
      422,
      'scenarios[0].base.changes[0].withdraw',
      { ...later, base: { name: 'x', base: 'enacted', changes: [{ withdraw: 'nothing' }] } },
    ],
    [
      422,
      'scenarios[0].changes[0].withdraw',
      { name: 'x', base: 'no-extension', changes: [{ withdraw: 'group-3-extended' }] },
    ],
  ])('is refused as %i with the place %s', async (expected, field, scenario) => {
    const { status, body } = await check(scenario);
    expect([status, body.errors[0].field]).toEqual([expected, field]);
  });
});
