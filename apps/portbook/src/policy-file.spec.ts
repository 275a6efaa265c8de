import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policyHistory } from '#libs/command-handling';
import {
  enactedPolicy,
  enactedTimeline,
  foldPolicy,
  policyCommandExamples,
  policyKnownAt,
} from '#libs/policy';
import { historyFromFile, policyFromFile } from './history-source.js';

const folder = mkdtempSync(join(tmpdir(), 'portbook-policies-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

type Json = Readonly<Record<string, unknown>>;

const events: readonly Json[] = enactedTimeline.map(({ known: _known, ...event }) => event);
const recordedAt = '2004-01-01T00:00:00.000Z';
const record = enactedTimeline.find(({ ref }) => ref === 'group-3-extended')!;

/** A correction of the extension of group 3, whose closing day it moves by a week. */
const correction: Json = {
  ref: record.ref,
  reason: 'Mistyped.',
  corrected: {
    title: record.title,
    authority: record.authority,
    citation: record.citation,
    publishedOn: record.publishedOn,
    effectiveOn: record.effectiveOn,
    verified: true,
    data: { group: 3, closesOn: '2003-03-28' },
  },
};
const corrected: Json = { type: 'PolicyRecordCorrected', ...correction };
const rescinded: Json = {
  type: 'PolicyRecordRescinded',
  ...policyCommandExamples.RescindPolicyRecord,
};

function policyFile(...more: readonly Json[]): string {
  return written('policy.json', JSON.stringify({ events: [...events, ...more] }));
}

function historyFile(...more: readonly Json[]): string {
  const [first, ...others] = policyHistory(enactedTimeline);
  const slips = more.map(({ type, ...data }, at) => ({
    ...first!,
    id: `00000000-0000-5000-8000-00000000000${at}`,
    type,
    data,
    metadata: { ...first!.metadata, recordedAt },
  }));
  const lines = [first, ...others, ...slips].map((line) => JSON.stringify(line));
  return written('policy.ndjson', `${lines.join('\n')}\n`);
}

describe('a policy file', () => {
  it('holds the enacted policy as it ships', async () => {
    expect(await policyFromFile(policyFile())).toEqual(enactedTimeline);
  });

  it('holds corrections and rescissions, known from their own instants on', async () => {
    const file = policyFile({ ...corrected, recordedAt }, { ...rescinded, recordedAt });
    expectCorrected(foldPolicy(await policyFromFile(file)));
  });

  it.each<[string, readonly Json[], string]>([
    ['a correction without an instant', [corrected], 'events[28].recordedAt must be an instant'],
    [
      'an instant that is none',
      [{ ...corrected, recordedAt: '2004-01-01' }],
      'events[28].recordedAt',
    ],
    [
      'a rescission of nothing',
      [{ ...rescinded, ref: 'nowhere', recordedAt }],
      'events[28].ref names "nowhere", which no entry records',
    ],
    [
      'a correction into another type',
      [{ ...corrected, ref: 'call-in-group-3', recordedAt }],
      'events[28].corrected.data.countries is missing',
    ],
    [
      'a ref taken twice',
      [events[0]!],
      'events[28].ref uses the ref "entry-exit-mandate" a second',
    ],
    ['a field too many', [{ ...rescinded, colour: 'red', recordedAt }], 'events[28].colour'],
    ['an unknown type', [{ ...rescinded, type: 'Made' }], 'events[28].type is no event'],
  ])('is refused with the place for %s', async (_, more, expected) => {
    await expect(policyFromFile(policyFile(...more))).rejects.toThrow(expected);
  });
});

describe('the policy stream of a history file', () => {
  it('holds corrections and rescissions', async () => {
    const file = historyFile(corrected, rescinded);
    expectCorrected(foldPolicy(await policyFromFile(file)));
    const { policy } = await historyFromFile(file, undefined);
    expectCorrected(policy.whole);
  });

  it('is refused with the line at which a correction is of nothing', async () => {
    const file = historyFile({ ...rescinded, ref: 'nowhere' });
    await expect(policyFromFile(file)).rejects.toThrow(
      `${file}, line 29: ref names "nowhere", which no entry records.`,
    );
  });
});

/** As corrected and rescinded from the instant of recording on, and as enacted before. */
function expectCorrected(policy: ReturnType<typeof foldPolicy>): void {
  const named = (ref: string) => policy.records.find((one) => one.ref === ref);
  expect(named('group-3-extended')?.data).toEqual({ group: 3, closesOn: '2003-03-28' });
  expect(named('programme-announced')).toBeUndefined();
  const before = policyKnownAt(policy, '2003-12-31T23:59:59.999Z');
  const known = policyKnownAt(enactedPolicy, '2003-12-31T23:59:59.999Z');
  expect(before.records).toEqual(known.records);
}
