import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assess } from '#libs/assessment';
import { readKnownAt } from '#libs/kernel';
import { SPEC_REGISTRANT } from '#libs/spec';
import { arrivalLine, lateHistory } from '../test/late-history.js';
import { getSubject, historyFromFile, policyAtMomentFrom } from './history-source.js';

const folder = mkdtempSync(join(tmpdir(), 'portbook-history-'));
const file = join(folder, 'history.ndjson');

beforeAll(() => {
  writeFileSync(file, lateHistory());
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The student's interview as it was judged on 5 December 2003, and what was observed by then. */
async function seenAt(text: string, policyFile?: string) {
  const knownAt = readKnownAt(text);
  const { source, policy, observedUntil } = await historyFromFile(file, policyFile, knownAt);
  const subject = getSubject(SPEC_REGISTRANT, source, file);
  const view = {
    ...{ on: '2003-12-05', presence: 'until-departure' as const },
    ...(knownAt?.kind === 'instant' && { knownAt: knownAt.instant }),
  };
  const { obligations } = assess(subject, { policy: policy.asKnown(policy.whole) }, view);
  const interview = obligations.find(({ duty }) => duty === 'follow-up-interview');
  return { interview, observedUntil };
}

describe('a history file', () => {
  it('is judged by all that it holds where no moment is named', async () => {
    const { interview, observedUntil } = await seenAt('');
    expect(interview).toMatchObject({ dueOn: '2003-11-29', status: 'met' });
    expect(observedUntil).toBe('2003-11-25');
  });

  it('is judged by what was known at an instant', async () => {
    const believed = await seenAt('2003-12-01T00:00:00.000Z');
    expect(believed.interview).toMatchObject({ dueOn: '2003-12-02', status: 'missed' });
    expect(believed.observedUntil).toBe('2003-10-23');
    const heard = await seenAt('2003-12-12T00:00:00.000Z');
    expect(heard.interview).toMatchObject({ dueOn: '2003-12-02', status: 'met' });
  });

  it('is judged by its lines up to one, those of its policy too', async () => {
    expect((await seenAt(`position:${arrivalLine}`)).interview).toMatchObject({ status: 'missed' });
    const suspended = await seenAt(`position:${arrivalLine + 1}`);
    expect(suspended.interview).toMatchObject({ status: 'released' });
    expect(suspended.observedUntil).toBe('2003-10-23');
  });

  it('is judged by a policy from elsewhere as a whole, whatever line is named', async () => {
    const { interview } = await seenAt(`position:${arrivalLine}`, file);
    expect(interview).toMatchObject({ status: 'released' });
  });

  it('has a policy of its own, known up to a line', async () => {
    const { whole, asKnown } = await policyAtMomentFrom(file, readKnownAt('position:3'));
    expect(asKnown(whole).records).toHaveLength(3);
    const instant = readKnownAt('2003-12-01T00:00:00.000Z');
    const known = await policyAtMomentFrom(file, instant);
    expect(known.asKnown(known.whole).records.length).toBeLessThan(known.whole.records.length);
  });

  it('has lines, which a policy file has not', async () => {
    const policyFile = join(folder, 'policy.json');
    writeFileSync(policyFile, JSON.stringify({ events: [] }));
    await expect(policyAtMomentFrom(policyFile, readKnownAt('position:3'))).rejects.toThrow(
      'goes with a history file',
    );
  });
});
