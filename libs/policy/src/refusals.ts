import type { Refusal, ShapeIssue } from '#libs/kernel';
import { CLOSES_BEFORE_IT_OPENS } from './data-shapes.js';
import type { Finding, FindingCode } from './finding.js';
import type { PolicyRecord } from './record.js';

/** A body with something wrong in it; the first of the issues is the place. */
export function malformed(first: ShapeIssue, issues: readonly ShapeIssue[]): Refusal {
  const closesEarly = issues.some(({ problem }) => problem === CLOSES_BEFORE_IT_OPENS);
  return {
    code: closesEarly ? 'WindowClosesBeforeItOpens' : 'PolicyDataNotValid',
    because: 'rule',
    detail: issues.map(({ path, problem }) => `${path || 'The body'} ${problem}.`).join(' '),
    field: first.path,
  };
}

export function refTaken(ref: string): Refusal {
  return {
    code: 'PolicyRefTaken',
    because: 'state',
    detail: `An event of the policy has the ref "${ref}" already: choose another.`,
    field: 'ref',
  };
}

export function refUnknown(ref: string): Refusal {
  return {
    code: 'PolicyRefUnknown',
    because: 'state',
    detail: `No event of the policy has the ref "${ref}": name one of the policy's timeline.`,
    field: 'ref',
  };
}

export function alreadyRescinded(ref: string): Refusal {
  return {
    code: 'PolicyRecordAlreadyRescinded',
    because: 'state',
    detail:
      `"${ref}" was rescinded, which cannot be taken back: ` +
      'record the law anew, under another ref, by the command of its kind.',
    field: 'ref',
  };
}

export function changesNothing(ref: string): Refusal {
  return {
    code: 'CorrectionChangesNothing',
    because: 'state',
    detail: `"${ref}" reads as in "corrected" already: send what it should say instead.`,
    field: 'corrected',
  };
}

const remedies: Readonly<Record<FindingCode, string>> = {
  CallInGroupAlreadyAnnounced: 'Use another number, or extend or reopen the group.',
  CallInGroupAlreadyClosed: 'Reopen it instead (ReopenCallIn).',
  CallInGroupNotAnnounced: 'Announce it first (AnnounceCallIn).',
  CallInGroupStillOpen: 'Extend it instead (ExtendCallIn).',
  CountryNotCalledIn: 'Name countries of the group.',
  DutyNotEnacted: 'Enact it first (EnactDuty).',
  DutyNotInForce: 'Enact it first (EnactDuty), or name duties that are in force.',
  DutyNotSuspended: 'Name duties that are suspended.',
  ExtensionClosesNoLater: 'Name a later closing day.',
  WindowClosesBeforeItOpens: 'Name a later closing day.',
};

/** A policy in which the event with that ref makes no sense, or makes none of another. */
export function senseless({ ref: about, code, problem }: Finding, ref: string): Refusal {
  const subject = about === ref ? 'It' : `With it, "${about}"`;
  return { code, because: 'state', detail: `${subject} ${problem}. ${remedies[code]}` };
}

/** A correction or rescission that a record stands against: the record's own, or another. */
export function contradicted(
  { code, problem }: Finding,
  { record, ref }: { readonly record: PolicyRecord; readonly ref: string },
): Refusal {
  const own = record.ref === ref;
  const subject = own ? 'So corrected, it' : `With it, "${record.ref}"`;
  const remedy = own ? remedies[code] : `Correct or rescind "${record.ref}" first.`;
  return {
    code,
    because: 'state',
    detail: `${subject} ${problem}. ${remedy}`,
    rule: record.ref,
    citation: record.citation,
  };
}
