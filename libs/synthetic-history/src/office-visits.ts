import { anniversary, fromDayNumber, toDayNumber } from '#libs/kernel';
import { dutyTerms, enactedPolicy } from '#libs/policy';
import { endedOn, isAskedOn } from './asked.js';
import * as assumed from './assumptions.js';
import type { Draft } from './draft.js';
import type { PlannedFact } from './planned-fact.js';
import type { Random } from './random.js';
import { lagOf } from './recording.js';
import { type LivedStay, officeFor } from './stay.js';

interface Window {
  readonly type: 'FollowUpInterviewCompleted' | 'AnnualReregistrationCompleted';
  readonly duty: 'follow-up-interview' | 'annual-reregistration';
  readonly opensOn: number;
  readonly dueOn: number;
}

/**
 * The visits to an office by which the two periodic duties are fulfilled, as the person takes the
 * rules: on time, late, too early or never, while the duty is in force; once it was suspended hardly
 * ever. Nobody comes after leaving.
 */
export function draftOfficeVisits(draft: Draft, stay: LivedStay, random: Random): void {
  const { temperament, usState } = draft.traveller;
  for (const window of [...followUpWindow(stay), ...annualWindows(stay)]) {
    const { type, duty, dueOn } = window;
    const coming = random.weighted(assumed.interviewComing[temperament]);
    const on = dayOfComing(window, coming, random);
    const isKept = on !== undefined && on > stay.from && on <= stay.until;
    if ((!isKept || on > dueOn) && dueOn <= stay.until && isAskedOn(duty, dueOn)) {
      draft.failures.push({ duty, dueOn });
    }
    if (!isKept || !(isAskedOn(duty, on) || random.chance(assumed.comesAfterSuspension))) continue;
    if (isSameDayTaken(draft.facts, type, on)) continue;
    const occurrence = { type, office: officeFor(usState, random) };
    draft.facts.push({ occurrence, on, recordedOn: on + lagOf('appearance', random) });
  }
}

/** Two appearances of one kind on one day would be one. */
function isSameDayTaken(facts: readonly PlannedFact[], type: Window['type'], day: number): boolean {
  return facts.some(({ occurrence, on }) => occurrence.type === type && on === day);
}

function dayOfComing(
  { opensOn, dueOn }: Window,
  coming: assumed.Coming,
  random: Random,
): number | undefined {
  switch (coming) {
    case 'too-early':
      return opensOn - random.integer(1, assumed.tooEarlyByDays);
    case 'on-time':
      return random.integer(opensOn, dueOn);
    case 'late':
      return dueOn + random.integer(1, assumed.lateByDays);
    case 'never':
      return undefined;
  }
}

/** 67 FR 52584: an interview 30 to 40 days after the admission, for those registered on arrival. */
function followUpWindow({ by, from, until }: LivedStay): Window[] {
  const duty = 'follow-up-interview';
  const terms = dutyTerms(enactedPolicy, duty, fromDayNumber(from))?.data.terms;
  if (by !== 'arrival' || !terms) return [];
  const opensOn = from + (terms.opensAfterDays ?? 0);
  const dueOn = from + (terms.dueAfterDays ?? 0);
  return opensOn > until ? [] : [{ type: 'FollowUpInterviewCompleted', duty, opensOn, dueOn }];
}

/** 67 FR 52584: re-registration around each anniversary of the registration. */
function annualWindows({ from, until }: LivedStay): Window[] {
  const duty = 'annual-reregistration';
  const terms = dutyTerms(enactedPolicy, duty, fromDayNumber(from))?.data.terms;
  if (!terms) return [];
  const windows: Window[] = [];
  for (let year = 1; ; year += 1) {
    const day = anniversary(fromDayNumber(from), year, terms.leapDayAnniversary ?? '02-28');
    const opensOn = toDayNumber(day) - (terms.daysBefore ?? 0);
    const dueOn = toDayNumber(day) + (terms.daysAfter ?? 0);
    if (opensOn > until || opensOn >= endedOn) return windows;
    windows.push({ type: 'AnnualReregistrationCompleted', duty, opensOn, dueOn });
  }
}
