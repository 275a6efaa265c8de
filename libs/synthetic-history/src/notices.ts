import { toDayNumber } from '#libs/kernel';
import { noticesFrom } from './asked.js';
import * as assumed from './assumptions.js';
import type { Draft } from './draft.js';
import type { Random } from './random.js';
import { lagOf } from './recording.js';
import { type LivedStay, officeFor } from './stay.js';

const LAST_DAY = toDayNumber(assumed.notices.until);

/** 68 FR 67578: from December 2003 a few are called by a notice of their own, and most come. */
export function draftNotices(draft: Draft, stay: LivedStay, random: Random): void {
  const from = Math.max(stay.from, noticesFrom);
  const until = Math.min(stay.until, LAST_DAY);
  const days = until - from + 1;
  if (days <= 0 || !random.chance((assumed.notices.aYear * days) / 365)) return;
  const on = random.integer(from, until);
  const appearOn = on + random.within(assumed.notices.appearInDays);
  // A stay has one notice at most, so its first day tells notices of one person apart.
  const notice = stay.from;
  draft.facts.push({
    occurrence: { type: 'IndividualNoticeServed', notice, appearOn },
    on,
    recordedOn: on,
  });
  const kept = random.weighted(assumed.noticeKept[draft.traveller.temperament]);
  const cameOn = dayOfComing(kept, { on, appearOn }, random);
  if (kept !== 'on-time') draft.failures.push({ duty: 'notice-interview', dueOn: appearOn });
  if (cameOn === undefined || cameOn > stay.until) return;
  const office = officeFor(draft.traveller.usState, random);
  draft.facts.push({
    occurrence: { type: 'NoticeInterviewCompleted', notice, office },
    on: cameOn,
    recordedOn: cameOn + lagOf('appearance', random),
  });
}

function dayOfComing(
  kept: assumed.Reporting,
  { on, appearOn }: { readonly on: number; readonly appearOn: number },
  random: Random,
): number | undefined {
  if (kept === 'never') return undefined;
  if (kept === 'late') return appearOn + random.integer(1, assumed.lateByDays);
  return Math.max(on + 1, appearOn - random.integer(0, 2));
}
