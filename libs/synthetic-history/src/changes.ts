import type { ChangeKind } from '#libs/policy';
import { endedOn, isNoticeAsked } from './asked.js';
import * as assumed from './assumptions.js';
import type { Draft } from './draft.js';
import type { PlannedFact } from './planned-fact.js';
import type { Random } from './random.js';
import { lagOf } from './recording.js';
import type { LivedStay } from './stay.js';

/** 67 FR 52584: written notice within 10 days, from the 30th day after an admission. */
const NOTICE_DAYS = 10;
const PRESENT_DAYS = 30;

/** Changes of address, employment and school: reported in time or late, found unreported, or never known. */
export function draftChanges(draft: Draft, stay: LivedStay, random: Random): void {
  const until = Math.min(stay.until, endedOn - 1);
  const years = Math.max(0, until - stay.from) / 365;
  for (const kind of kindsFor(draft)) {
    const expected = years * assumed.changesAYear[kind];
    const count = Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0);
    for (const changedOn of drawDays(count, [stay.from + 1, until], random)) {
      draftChange(draft, { stay, kind, changedOn }, random);
    }
  }
}

function kindsFor({ traveller: { visit } }: Draft): readonly ChangeKind[] {
  if (visit.purpose === 'work') return ['address', 'employment'];
  return visit.purpose === 'study' || visit.purpose === 'exchange'
    ? ['address', 'school']
    : ['address'];
}

/** Of one kind there is one change a day. */
function drawDays(
  count: number,
  range: readonly [from: number, to: number],
  random: Random,
): ReadonlySet<number> {
  const days = new Set<number>();
  for (let nth = 0; nth < count; nth += 1) days.add(random.within(range));
  return days;
}

interface Change {
  readonly stay: LivedStay;
  readonly kind: ChangeKind;
  readonly changedOn: number;
}

function draftChange(draft: Draft, change: Change, random: Random): void {
  const { stay, kind, changedOn } = change;
  const { classOfAdmission, temperament, usState } = draft.traveller;
  const isAsked =
    (stay.by === 'call-in' || changedOn >= stay.from + PRESENT_DAYS) &&
    isNoticeAsked(changedOn, { classOfAdmission, kind });
  const reporting = drawReporting(isAsked, temperament, random);
  const dueOn = changedOn + NOTICE_DAYS;
  if (isAsked && reporting !== 'on-time') draft.failures.push({ duty: 'change-notice', dueOn });
  const isElsewhere = kind === 'address' && random.chance(assumed.movesToAnotherState);
  const of = {
    kind,
    changedOn,
    usState: isElsewhere ? random.weighted(assumed.stateWeights) : usState,
  };
  if (reporting === 'never') {
    if (!isAsked) return;
    const foundOn = dayFound(draft, change, random);
    if (foundOn === undefined || foundOn > stay.until) return;
    const occurrence = { type: 'UnreportedChangeFound', ...of } as const;
    draft.facts.push({ occurrence, on: foundOn, recordedOn: foundOn });
    return;
  }
  const on =
    reporting === 'on-time'
      ? random.integer(changedOn, dueOn)
      : dueOn + random.integer(1, assumed.reportLateByDays);
  if (on > stay.until) return;
  const occurrence = { type: 'ChangeReported', ...of } as const;
  draft.reports.push({ occurrence, on, recordedOn: on + lagOf('letter', random) });
}

function drawReporting(
  isAsked: boolean,
  temperament: assumed.Temperament,
  random: Random,
): assumed.Reporting {
  if (isAsked) return random.weighted(assumed.changeReporting[temperament]);
  return random.chance(assumed.reportsUnasked) ? 'on-time' : 'never';
}

function dayFound({ facts }: Draft, { changedOn }: Change, random: Random): number | undefined {
  const { atAppearance, byInquiry, inquiryDays } = assumed.unreportedFound;
  const next = facts.find((fact) => isAppearance(fact) && fact.on > changedOn);
  if (next && random.chance(atAppearance)) return next.on;
  return random.chance(byInquiry) ? changedOn + random.within(inquiryDays) : undefined;
}

function isAppearance({ occurrence: { type } }: PlannedFact): boolean {
  return type === 'FollowUpInterviewCompleted' || type === 'AnnualReregistrationCompleted';
}
