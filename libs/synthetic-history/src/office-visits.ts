import { anniversary, fromDayNumber, toDayNumber } from '#libs/kernel';
import { dutyTerms } from '#libs/policy';
import { enacted, endedOn, isAskedOn } from './asked.js';
import * as assumed from './assumptions.js';
import type { Random } from './random.js';

type PeriodicDuty = 'follow-up-interview' | 'annual-reregistration';

/** A visit to an office in the course of a stay, by which one of the two periodic duties is fulfilled. */
export interface OfficeVisit {
  readonly type: 'FollowUpInterviewCompleted' | 'AnnualReregistrationCompleted';
  readonly on: number;
}

interface Window {
  readonly type: OfficeVisit['type'];
  readonly duty: PeriodicDuty;
  readonly opensOn: number;
  readonly dueOn: number;
}

interface RegisteredStay {
  readonly by: 'arrival' | 'call-in';
  readonly from: number;
  readonly until: number;
}

/**
 * The visits of a stay, as the person takes the rules: on time, late, too early or never, while the
 * duty is in force; once it was suspended hardly ever. Nobody comes after leaving.
 */
export function officeVisits(
  stay: RegisteredStay,
  temperament: assumed.Temperament,
  random: Random,
): OfficeVisit[] {
  const windows = [...followUpWindow(stay), ...annualWindows(stay)];
  return windows.flatMap((window) => {
    const on = dayOfComing(window, random.weighted(assumed.interviewComing[temperament]), random);
    if (on === undefined || on <= stay.from || on > stay.until) return [];
    const comes = isAskedOn(window.duty, on) || random.chance(assumed.comesAfterSuspension);
    return comes ? [{ type: window.type, on }] : [];
  });
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
function followUpWindow({ by, from, until }: RegisteredStay): Window[] {
  const duty = 'follow-up-interview';
  const terms = dutyTerms(enacted, duty, fromDayNumber(from))?.data.terms;
  if (by !== 'arrival' || !terms) return [];
  const opensOn = from + (terms.opensAfterDays ?? 0);
  const dueOn = from + (terms.dueAfterDays ?? 0);
  return opensOn > until ? [] : [{ type: 'FollowUpInterviewCompleted', duty, opensOn, dueOn }];
}

/** 67 FR 52584: re-registration around each anniversary of the registration. */
function annualWindows({ from, until }: RegisteredStay): Window[] {
  const duty = 'annual-reregistration';
  const terms = dutyTerms(enacted, duty, fromDayNumber(from))?.data.terms;
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
