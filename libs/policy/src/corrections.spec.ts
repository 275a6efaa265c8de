import { describe, expect, it } from '@jest/globals';
import { isRefused } from '#libs/kernel';
import { policyCommandExamples } from './command-examples.js';
import type { PolicyCommand } from './commands.js';
import { decidePolicy } from './decide.js';
import type { PolicyEvent } from './events.js';
import { foldPolicy, type Policy } from './fold.js';
import { logEntryOf, type PolicyRecord } from './record.js';
import { enactedPolicy, enactedTimeline } from './timeline.js';

type Corrected = Extract<PolicyEvent, { readonly type: 'PolicyRecordCorrected' }>;
type Change = Readonly<Record<string, unknown>>;

/** Long after everything: whatever is changed is changed in retrospect. */
const facts = { today: '2012-01-01' };
const reason = 'It was typed so by mistake.';

function recordNamed(ref: string): PolicyRecord {
  const record = enactedTimeline.find((candidate) => candidate.ref === ref);
  if (!record) throw new Error(`The timeline has no ${ref}.`);
  return record;
}

/** The command that puts other fields, and others of its data, in the place of the record's own. */
function correcting(ref: string, { data, ...change }: Change): PolicyCommand {
  const { ref: _ref, type: _type, known: _known, ...body } = recordNamed(ref);
  const corrected = { ...body, ...change, data: { ...body.data, ...(data as Change) } };
  return { type: 'CorrectPolicyRecord', data: { ref, corrected, reason } } as PolicyCommand;
}

function rescinding(ref: string): PolicyCommand {
  return { type: 'RescindPolicyRecord', data: { ref, reason } };
}

function after(...commands: readonly PolicyCommand[]): Policy {
  return commands.reduce((policy, command) => {
    const decision = decidePolicy(command, policy, facts);
    if (isRefused(decision)) throw new Error(decision.refusal.detail);
    return foldPolicy([
      ...policy.log,
      ...decision.events.map((event) => logEntryOf(event, 'always')),
    ]);
  }, enactedPolicy);
}

function refusalOf(command: PolicyCommand, policy: Policy = enactedPolicy) {
  const decision = decidePolicy(command, policy, facts);
  return isRefused(decision) ? decision.refusal : undefined;
}

function warningsOf(command: PolicyCommand, today = facts.today): readonly string[] {
  const decision = decidePolicy(command, enactedPolicy, { today });
  if (isRefused(decision)) throw new Error(decision.refusal.detail);
  return decision.warnings ?? [];
}

describe('a correction of a record of the policy', () => {
  it('is one event that says all that the record should say, and why', () => {
    const command = correcting('group-3-extended', { data: { closesOn: '2003-03-28' } });
    const { type: _type, known: _known, ref, ...body } = recordNamed('group-3-extended');
    expect(decidePolicy(command, enactedPolicy, facts)).toMatchObject({
      events: [
        {
          type: 'PolicyRecordCorrected',
          data: { ref, reason, corrected: { ...body, data: { group: 3, closesOn: '2003-03-28' } } },
        },
      ],
    });
  });

  it('makes the record read so, in its place, and changes the policy’s hash', () => {
    const policy = after(correcting('group-3-extended', { data: { closesOn: '2003-03-28' } }));
    expect(policy.records.map(({ ref }) => ref)).toEqual(
      enactedPolicy.records.map(({ ref }) => ref),
    );
    const corrected = policy.records.find(({ ref }) => ref === 'group-3-extended');
    expect(corrected?.data).toEqual({ group: 3, closesOn: '2003-03-28' });
    expect(policy.hash).not.toBe(enactedPolicy.hash);
  });

  it('of what does not count for the law leaves the hash as it was, and warns of nothing', () => {
    const command = correcting('group-3-extended', { citation: '68 FR 8046', note: 'Checked.' });
    expect(after(command).hash).toBe(enactedPolicy.hash);
    expect(warningsOf(command)).toEqual([]);
  });

  it('can be corrected again, and back to the original, but not into what the record says already', () => {
    const once = correcting('group-3-extended', { title: 'Another title' });
    const back = correcting('group-3-extended', {});
    expect(after(once, back).records).toEqual(enactedPolicy.records);
    expect(refusalOf(back)).toEqual({
      code: 'CorrectionChangesNothing',
      because: 'state',
      field: 'corrected',
      detail:
        '"group-3-extended" reads as in "corrected" already: send what it should say instead.',
    });
    expect(refusalOf(once, after(once))).toMatchObject({ code: 'CorrectionChangesNothing' });
  });

  it('names a record that is there', () => {
    const { data } = correcting('group-3-extended', { title: 'x' }) as { data: Corrected['data'] };
    const unknown = { type: 'CorrectPolicyRecord', data: { ...data, ref: 'group-9' } } as const;
    expect(refusalOf(unknown)).toMatchObject({
      code: 'PolicyRefUnknown',
      because: 'state',
      field: 'ref',
    });
  });

  it.each<[string, string, Change, string]>([
    ['PolicyDataNotValid', 'corrected.title', { title: '' }, 'must have 1 to 200 characters'],
    ['PolicyDataNotValid', 'corrected.data', { data: undefined }, 'is missing'],
    [
      'PolicyDataNotValid',
      'corrected.data.groups',
      { data: { groups: [3], closesOn: '2003-03-28' } },
      'is not a field that exists here',
    ],
    [
      'WindowClosesBeforeItOpens',
      'corrected.data.closesOn',
      { data: { group: 3, closesOn: '2003-02-18' } },
      'lies before the day on which the window opens',
    ],
    ['PolicyDataNotValid', 'corrected.type', { type: 'MilestoneNoted' }, 'is not a field'],
  ])('is checked like the record that it corrects: %s at %s', (code, field, change, problem) => {
    const { ref: _ref, type: _type, known: _known, ...body } = recordNamed('group-3-extended');
    const corrected = { ...body, ...change };
    const command = {
      type: 'CorrectPolicyRecord',
      data: { ref: 'group-3-extended', corrected, reason },
    } as unknown as PolicyCommand;
    expect(refusalOf(command)).toMatchObject({ code, field, because: 'rule' });
    expect(refusalOf(command)?.detail).toContain(`${field} ${problem}`);
  });

  it('says why', () => {
    const { data } = correcting('group-3-extended', { title: 'x' });
    const silent = { type: 'CorrectPolicyRecord', data: { ...data, reason: '' } } as PolicyCommand;
    expect(refusalOf(silent)).toMatchObject({ code: 'PolicyDataNotValid', field: 'reason' });
  });

  it.each<[string, PolicyCommand]>([
    [
      'So corrected, it extends nothing: group 3 closes on 2003-02-21 without it. ' +
        'Name a later closing day.',
      correcting('group-3-extended', { data: { closesOn: '2003-02-20' } }),
    ],
    [
      'With it, "group-3-extended" has nothing to act on: group 3 closed on 2003-02-18, ' +
        'before 2003-02-19. Correct or rescind "group-3-extended" first.',
      correcting('call-in-group-3', { data: { closesOn: '2003-02-18' } }),
    ],
    [
      'With it, "call-in-group-2" announces group 2, which "call-in-group-1" has announced ' +
        'already. Correct or rescind "call-in-group-2" first.',
      correcting('call-in-group-1', { data: { group: 2 } }),
    ],
    [
      'So corrected, it announces group 1, which "call-in-group-1" has announced already. ' +
        'Use another number, or extend or reopen the group.',
      correcting('call-in-group-2', { data: { group: 1 } }),
    ],
    [
      'With it, "armenia-rescinded" has nothing to act on: not in group 3: AM. ' +
        'Correct or rescind "armenia-rescinded" first.',
      correcting('call-in-group-3', { data: { countries: ['PK', 'SA'] } }),
    ],
  ])('is refused with the first record that it would contradict: %s', (detail, command) => {
    const refusal = refusalOf(command);
    expect(refusal).toMatchObject({ because: 'state', detail: expect.stringContaining(detail) });
    expect(refusal?.citation).toBe(recordNamed(refusal?.rule ?? '').citation);
  });

  it('of a record that did nothing before is not barred by its doing nothing', () => {
    const extension: PolicyCommand = {
      type: 'ExtendCallIn',
      data: {
        ...bodyOf('group-3-extended'),
        ref: 'group-3-extended-twice',
        effectiveOn: '2003-02-10',
        data: { group: 3, closesOn: '2003-06-01' },
      },
    };
    const policy = after(extension);
    const decision = decidePolicy(
      correcting('group-3-extended', { data: { closesOn: '2003-03-22' } }),
      policy,
      facts,
    );
    expect(decision).toMatchObject({ events: [{ type: 'PolicyRecordCorrected' }] });
  });

  it('warns where it changes what has held already, from the earlier of the two days', () => {
    const later = correcting('domestic-registration-suspended', { effectiveOn: '2003-12-03' });
    expect(warningsOf(later)).toEqual([
      'It changes what has held since 2003-12-02 under "domestic-registration-suspended": ' +
        'obligations are judged anew by it, while what was known before can still be asked for ' +
        '(knownAt).',
    ]);
    const earlier = correcting('domestic-registration-suspended', { effectiveOn: '2003-12-01' });
    expect(warningsOf(earlier)).toEqual([
      'It takes effect on 2003-12-01, before its publication on 2003-12-02.',
      expect.stringContaining('since 2003-12-01'),
    ]);
    expect(warningsOf(later, '2003-11-20')).toEqual([
      "It takes effect on 2003-12-03; the registry's day is 2003-11-20.",
    ]);
  });

  it('warns of what it leaves with nothing to act on in part', () => {
    const command = correcting('call-in-group-2', { data: { group: 5 } });
    expect(after(command, correcting('call-in-group-2', {})).hash).toBe(enactedPolicy.hash);
    expect(warningsOf(command)).toEqual([
      '"groups-1-2-reopened" has nothing to act on in part: no announcement of group 2.',
      expect.stringContaining('since 2002-12-02'),
    ]);
  });
});

describe('the examples of corrections and rescissions', () => {
  it('mend a slip of the enacted timeline, and nothing of what holds', () => {
    const { CorrectPolicyRecord: data, RescindPolicyRecord: rescission } = policyCommandExamples;
    const correction: PolicyCommand = { type: 'CorrectPolicyRecord', data };
    const policy = after(correction, { type: 'RescindPolicyRecord', data: rescission });
    const { ref: _ref, type: _type, known: _known, ...body } = recordNamed(data.ref);
    expect(data.corrected).toEqual({ ...body, citation: '67 FR 52584; 8 CFR 264.1(f)(5)' });
    expect(after(correction).hash).toBe(enactedPolicy.hash);
    expect(policy.records).toHaveLength(enactedPolicy.records.length - 1);
  });
});

function bodyOf(ref: string) {
  const { type: _type, known: _known, ...body } = recordNamed(ref);
  return body as Extract<PolicyCommand, { readonly type: 'ExtendCallIn' }>['data'];
}

describe('a rescission of a record of the policy', () => {
  it('takes the record away, and its ref stays taken', () => {
    const policy = after(rescinding('group-3-extended'));
    expect(policy.records).toEqual(
      enactedPolicy.records.filter(({ ref }) => ref !== 'group-3-extended'),
    );
    const again: PolicyCommand = { type: 'ExtendCallIn', data: bodyOf('group-3-extended') };
    expect(refusalOf(again, policy)).toMatchObject({ code: 'PolicyRefTaken' });
    const anew: PolicyCommand = {
      type: 'ExtendCallIn',
      data: { ...bodyOf('group-3-extended'), ref: 'group-3-extended-anew' },
    };
    expect(refusalOf(anew, policy)).toBeUndefined();
  });

  it('cannot be rescinded, nor repeated, nor the record corrected after it', () => {
    const policy = after(rescinding('group-3-extended'));
    for (const command of [
      rescinding('group-3-extended'),
      correcting('group-3-extended', { title: 'x' }),
    ]) {
      expect(refusalOf(command, policy)).toMatchObject({
        code: 'PolicyRecordAlreadyRescinded',
        because: 'state',
        field: 'ref',
      });
    }
  });

  it('names a record that is there, and says why', () => {
    expect(refusalOf(rescinding('group-9'))).toMatchObject({ code: 'PolicyRefUnknown' });
    const silent = { type: 'RescindPolicyRecord', data: { ref: 'group-3-extended' } };
    expect(refusalOf(silent as PolicyCommand)).toMatchObject({ field: 'reason' });
  });

  it('is refused with the first record that it would leave with nothing to act on', () => {
    expect(refusalOf(rescinding('call-in-group-3'))).toEqual({
      code: 'CallInGroupNotAnnounced',
      because: 'state',
      detail:
        'With it, "armenia-rescinded" has nothing to act on: no announcement of group 3. ' +
        'Correct or rescind "armenia-rescinded" first.',
      rule: 'armenia-rescinded',
      citation: recordNamed('armenia-rescinded').citation,
    });
    const freed = after(rescinding('armenia-rescinded'), rescinding('group-3-extended'));
    expect(refusalOf(rescinding('call-in-group-3'), freed)).toBeUndefined();
  });

  it('warns of what has held, and of nothing where nothing has', () => {
    expect(warningsOf(rescinding('group-3-extended'))).toEqual([
      expect.stringContaining('It changes what has held since 2003-02-19'),
    ]);
    expect(warningsOf(rescinding('group-3-extended'), '2003-02-18')).toEqual([]);
    expect(warningsOf(rescinding('departure-registration-enacted'))).toContain(
      '"departure-ports-2002" has nothing to act on: departure-registration is not in force ' +
        'then or later.',
    );
  });
});
