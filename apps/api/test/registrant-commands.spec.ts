import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import type { Role } from '#libs/access';
import {
  registrantCommandExamples as examples,
  type RegistrantCommandName,
  registrantCommandNames,
} from '#libs/registry';
import { type ApiUnderTest, as, kebab, keyOf, startApi } from './api-under-test.js';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await startApi({ policyUntil: '2003-11-20' });
  for (const name of registrantCommandNames) {
    if (name === 'CorrectRecord' || name === 'RescindRecord') continue;
    const { status, body } = await send(name, examples[name]);
    expect([name, status, body.code]).toEqual([name, 201, undefined]);
    recordedIds.set(name, body.events[0].id);
  }
});

afterAll(() => api.close());

/** The ids of the events by the names of their commands. */
const recordedIds = new Map<RegistrantCommandName, string>();
let lastKey = 0;

function send(name: RegistrantCommandName, body: object, role: Role = 'officer') {
  lastKey += 1;
  return api
    .http()
    .post(`/api/commands/${kebab(name)}`)
    .set({ ...as(role), 'Idempotency-Key': keyOf(lastKey) })
    .send(body);
}

/** The fields at fault of a malformed body. */
function faultsOf(response: Response): readonly string[] {
  expect([response.status, response.body.code]).toEqual([400, 'Malformed']);
  return (response.body.errors as { field: string }[]).map(({ field }) => field).sort();
}

/** A complete body with some of it otherwise. */
function changed(name: RegistrantCommandName, change: object): object {
  return { ...examples[name], ...change };
}

const { corrected } = examples.CorrectRecord;
const unknownObligation = { duty: 'change-notice', anchorOn: '2003-09-02', kind: 'school' };
const address = { line1: '1 Nowhere', city: 'Sampleton', state: 'TX', zip: '00000' };

describe('further registrant commands', () => {
  it.each<[RegistrantCommandName, object, unknown]>([
    ['ReportChange', { value: undefined }, ['value']],
    ['ReportChange', { usState: 'TX' }, ['usState']],
    ['ReportChange', { kind: 'name' }, ['kind']],
    ['ReportChange', { value: { ...address, zip: '1' } }, ['value.zip']],
    ['ReportChange', { value: { employer: 'A' } }, expect.arrayContaining(['value.employer'])],
    ['ReportChange', { kind: 'school', value: { name: '' } }, ['value.name']],
    ['RecordUnreportedChange', { foundOn: '2003-02-30' }, ['foundOn']],
    ['RecordUnreportedChange', { value: 'Rostam' }, ['value']],
    ['RecordUnreportedChange', { value: undefined, usState: 'Texas' }, ['usState']],
    ['RecordStatusChange', { to: 'Rostam' }, ['to']],
    ['ServeIndividualNotice', { noticeId: '1', reason: '' }, ['noticeId', 'reason']],
    ['CompleteNoticeInterview', { noticeId: undefined }, ['noticeId']],
    ['GrantExemption', { duties: [] }, ['duties']],
    ['GrantExemption', { duties: ['luck'], authority: 7 }, ['authority', 'duties']],
    [
      'AcceptGoodCause',
      { obligation: { duty: 'luck' } },
      ['obligation.anchorOn', 'obligation.duty'],
    ],
    ['AcceptGoodCause', { reliedOn: {} }, ['reliedOn']],
    ['DetermineWilfulness', { wilful: 'no' }, ['wilful']],
    ['InitiateRemovalProceedings', { ground: undefined }, ['ground']],
    ['RebutPresumption', { departedOn: null }, ['departedOn']],
    ['CorrectRecord', { eventId: 'Rostam', reason: undefined }, ['eventId', 'reason']],
    [
      'CorrectRecord',
      { corrected: { type: 'Rostam', data: 7 } },
      ['corrected.data', 'corrected.type'],
    ],
    ['CorrectRecord', { corrected: { ...corrected, version: 0 } }, ['corrected.version']],
    ['RescindRecord', { corrected }, ['corrected']],
  ])('name each field at fault: %s %j', async (name, change, fields) => {
    const response = await send(name, changed(name, change));
    expect(faultsOf(response)).toEqual(fields);
    expect(response.text).not.toContain('Rostam');
  });

  it.each(registrantCommandNames)('are for officers alone: %s', async (name) => {
    const { status, body } = await send(name, examples[name], 'policy-maker');
    expect([status, body.code]).toEqual([403, 'RoleMissing']);
  });

  it.each<[RegistrantCommandName, object, number, unknown]>([
    ['ReportChange', {}, 409, 'ChangeAlreadyReported'],
    ['ReportChange', { reportedOn: '2003-11-01' }, 422, 'NoticeBeforeChange'],
    ['RecordUnreportedChange', {}, 409, 'ChangeAlreadyFound'],
    ['ServeIndividualNotice', {}, 409, 'NoticeIdTaken'],
    [
      'ServeIndividualNotice',
      { noticeId: keyOf(1), appearOn: '2003-11-01' },
      422,
      expect.anything(),
    ],
    ['CompleteNoticeInterview', { noticeId: keyOf(1) }, 409, 'NoticeUnknown'],
    ['CompleteNoticeInterview', { interviewedOn: '2003-12-24' }, 422, 'DayInFuture'],
    ['GrantExemption', {}, 409, 'ExemptionAlreadyRecorded'],
    ['GrantExemption', { until: '2003-11-01' }, 422, expect.anything()],
    ['RecordStatusChange', {}, 409, 'StatusChangeAlreadyRecorded'],
    ['RecordStatusChange', { changedOn: '2003-12-24' }, 422, 'DayInFuture'],
    ['AcceptGoodCause', {}, 409, 'GoodCauseAlreadyAccepted'],
    ['AcceptGoodCause', { obligation: unknownObligation }, 422, 'ObligationNotImposed'],
    ['DetermineWilfulness', {}, 409, 'WilfulnessAlreadyDetermined'],
    ['DetermineWilfulness', { obligation: unknownObligation }, 422, 'ObligationNotImposed'],
    ['InitiateRemovalProceedings', {}, 409, 'ProceedingsAlreadyInitiated'],
    ['InitiateRemovalProceedings', { obligation: unknownObligation }, 422, 'ObligationNotImposed'],
    ['RebutPresumption', {}, 409, 'PresumptionAlreadyRebutted'],
    ['RebutPresumption', { decidedOn: '2003-12-24' }, 422, 'DayInFuture'],
    ['CorrectRecord', {}, 409, 'EventUnknown'],
    ['RescindRecord', {}, 409, 'EventUnknown'],
  ])('are refused with the reason: %s %j', async (name, change, status, code) => {
    const response = await send(name, changed(name, change));
    expect([response.status, response.body.code]).toEqual([status, code]);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.body.detail).not.toBe('');
  });

  it('record of an unknown address at least its state', async () => {
    const { status, body } = await send('RecordUnreportedChange', {
      registrantId: examples.RecordUnreportedChange.registrantId,
      kind: 'address',
      changedOn: '2003-10-01',
      foundOn: '2003-11-19',
      usState: 'TX',
    });
    expect([status, body.code]).toEqual([201, undefined]);
  });

  const interview = (): string => recordedIds.get('CompleteFollowUpInterview') ?? '';

  it('correct a record, checked like the original, and never edit it', async () => {
    const correct = (change: object) => {
      const data = { ...(corrected.data as object), ...change };
      const body = { eventId: interview(), corrected: { ...corrected, data } };
      return send('CorrectRecord', changed('CorrectRecord', body));
    };
    const refused = await correct({ interviewedOn: '2003-12-24' });
    expect([refused.status, refused.body.code]).toEqual([422, 'DayInFuture']);
    expect(refused.body.field).toBe('corrected.data.interviewedOn');
    const { status, body } = await correct({ interviewedOn: '2003-11-19' });
    expect([status, body.events]).toEqual([
      201,
      [expect.objectContaining({ type: 'RecordCorrected' })],
    ]);
    const again = await correct({ interviewedOn: '2003-11-19' });
    expect([again.status, again.body.code]).toEqual([409, 'CorrectionChangesNothing']);
  });

  it('rescind a record once', async () => {
    const body = changed('RescindRecord', { eventId: interview() });
    const { status, body: answer } = await send('RescindRecord', body);
    expect([status, answer.code]).toEqual([201, undefined]);
    const again = await send('RescindRecord', body);
    expect([again.status, again.body.code]).toEqual([409, 'RecordAlreadyRescinded']);
  });
});
