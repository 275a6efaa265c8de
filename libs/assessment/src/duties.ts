import { addDays, anniversary, isLeapYear, laterOf, yearOf } from '#libs/kernel';
import { departurePortDesignation, dutyTerms } from '#libs/policy';
import type { Fact, FactType, Stay } from '#libs/registry';
import { type Outcome, outcomeOf } from './outcome.js';
import type { UnderRegistration } from './under-registration.js';
import { imposed, type Proposal, type Window } from './window.js';
import type { World } from './world.js';

/** A stay under registration, in one world. */
export interface Case {
  readonly world: World;
  readonly stay: Stay;
  readonly under: UnderRegistration;
}

/** The five duties that only a stay under registration carries. */
export function dutiesOf(of: Case): readonly Outcome[] {
  return [
    ...followUpInterview(of),
    ...annualReregistration(of),
    ...changeNotices(of),
    ...departureRegistration(of),
    ...noticeInterviews(of),
  ];
}

function factsOfType<Type extends FactType>(stay: Stay, type: Type): readonly Fact<Type>[] {
  return stay.facts.filter((fact): fact is Fact<Type> => fact.type === type);
}

/**
 * Terms for an anchor: by what has taken effect, and where the window that they give opens later
 * than the day looked from, by what was published.
 */
function windowUnder(
  world: World,
  proposalUnder: (of: World['present']) => Proposal | undefined,
): Window | undefined {
  const present = proposalUnder(world.present);
  if (present && present.opensOn <= world.on) return imposed(world, present);
  const ahead = proposalUnder(world.ahead);
  return ahead && ahead.opensOn > world.on ? imposed(world, ahead) : undefined;
}

/** 67 FR 52584: an interview 30 to 40 days after the admission, for a stay registered on arrival. */
function followUpInterview({ world, stay, under }: Case): readonly Outcome[] {
  if (under.by !== 'arrival') return [];
  const anchorOn = under.since;
  const window = windowUnder(world, (policy) => {
    const termsOf = dutyTerms(policy, 'follow-up-interview', anchorOn);
    const { opensAfterDays, dueAfterDays } = termsOf?.data.terms ?? {};
    if (opensAfterDays === undefined || dueAfterDays === undefined) return undefined;
    return {
      duty: 'follow-up-interview',
      stay,
      anchorOn,
      opensOn: addDays(anchorOn, opensAfterDays),
      dueOn: addDays(anchorOn, dueAfterDays),
      termsOf,
      facts: [under.registration.id],
    };
  });
  return window ? [outcomeOf(world, window, factsOfType(stay, 'FollowUpInterviewCompleted'))] : [];
}

/** Years past which no window is looked for: nobody was ever registered longer. */
const YEARS_MAX = 150;

/** 8 CFR 264.1(f)(5): within 10 days of each anniversary, counted from the anchor and never from the year before. */
function annualReregistration(of: Case): readonly Outcome[] {
  const { world, stay } = of;
  const windows: Window[] = [];
  const lastDay = stay.until ?? world.horizon;
  for (let year = 1; year <= YEARS_MAX; year += 1) {
    const onCommonDay = anniversary(of.under.since, year, '02-28');
    // A window opens at most half a year before its anniversary, else two of them would overlap.
    if (addDays(onCommonDay, -183) > world.horizon || addDays(onCommonDay, -183) > lastDay) break;
    const window = windowUnder(world, (policy) => annualProposal(of, policy, year));
    if (window) windows.push(window);
  }
  const byWindow = assignToWindows(
    world,
    windows,
    factsOfType(stay, 'AnnualReregistrationCompleted'),
  );
  return windows.map((window) => outcomeOf(world, window, byWindow.get(window) ?? []));
}

function annualProposal(
  { stay, under }: Case,
  policy: World['present'],
  year: number,
): Proposal | undefined {
  const duty = 'annual-reregistration';
  const anchorOn = under.since;
  const inYear = yearOf(anchorOn) + year;
  const isMoved = anchorOn.endsWith('-02-29') && !isLeapYear(inYear);
  // Where 29 February falls in a common year is a named term, looked up on 28 February.
  const lookedUpOn = anniversary(anchorOn, year, '02-28');
  const leapTerms = isMoved ? dutyTerms(policy, duty, lookedUpOn)?.data.terms : undefined;
  const on = anniversary(anchorOn, year, leapTerms?.leapDayAnniversary ?? '02-28');
  const termsOf = dutyTerms(policy, duty, on);
  const { daysBefore, daysAfter } = termsOf?.data.terms ?? {};
  if (daysBefore === undefined || daysAfter === undefined) return undefined;
  return {
    duty,
    stay,
    anchorOn,
    year,
    opensOn: addDays(on, -daysBefore),
    dueOn: addDays(on, daysAfter),
    termsOf,
    facts: [under.registration.id],
  };
}

/** Each fact falls to the imposed window that opened last by its day, and never back on an older one. */
function assignToWindows<Of extends Fact>(
  world: World,
  windows: readonly Window[],
  facts: readonly Of[],
): ReadonlyMap<Window, Of[]> {
  const byWindow = new Map<Window, Of[]>();
  for (const fact of facts) {
    const window = windows.findLast(({ opensOn }) => opensOn <= fact.day && opensOn <= world.on);
    if (window) byWindow.set(window, [...(byWindow.get(window) ?? []), fact]);
  }
  return byWindow;
}

type Change = Fact<'ChangeReported' | 'UnreportedChangeFound'>;

/** 67 FR 52584, Form AR-11SR: notice within 10 days, one for each kind and day of change. */
function changeNotices(of: Case): readonly Outcome[] {
  const { world, stay } = of;
  const outcomes: Outcome[] = [];
  for (const changes of changesByKindAndDay(stay)) {
    const [first] = changes;
    const window = first && changeWindow(of, first);
    if (!window) continue;
    const reports = changes.filter(({ type }) => type === 'ChangeReported');
    outcomes.push(outcomeOf(world, window, reports));
  }
  return outcomes;
}

/** A report dated before the change does not count, neither as the change nor as its notice. */
function changesByKindAndDay(stay: Stay): readonly (readonly Change[])[] {
  const groups = new Map<string, Change[]>();
  for (const fact of stay.facts) {
    if (fact.type !== 'ChangeReported' && fact.type !== 'UnreportedChangeFound') continue;
    if (fact.day < fact.data.changedOn) continue;
    const name = `${fact.data.changedOn}|${fact.data.kind}`;
    groups.set(name, [...(groups.get(name) ?? []), fact]);
  }
  return [...groups.values()];
}

function changeWindow({ world, stay, under }: Case, change: Change): Window | undefined {
  const { changedOn, kind } = change.data;
  const termsOf = dutyTerms(world.present, 'change-notice', changedOn);
  const { dueAfterDays, presentAtLeastDays } = termsOf?.data.terms ?? {};
  if (dueAfterDays === undefined || presentAtLeastDays === undefined) return undefined;
  const presentFrom =
    under.by === 'arrival' ? addDays(under.since, presentAtLeastDays) : under.since;
  if (changedOn < presentFrom) return undefined;
  return imposed(world, {
    duty: 'change-notice',
    stay,
    anchorOn: changedOn,
    kind,
    opensOn: changedOn,
    dueOn: addDays(changedOn, dueAfterDays),
    termsOf,
    facts: [under.registration.id, change.id],
  });
}

/** 67 FR 61352: on the day of departure, in person, at a port designated for it. */
function departureRegistration({ world, stay, under }: Case): readonly Outcome[] {
  const { departure } = stay;
  if (!departure) return [];
  const window = imposed(world, {
    duty: 'departure-registration',
    stay,
    anchorOn: departure.day,
    opensOn: departure.day,
    dueOn: departure.day,
    facts: [under.registration.id, departure.id],
  });
  if (!window) return [];
  const isRegistered =
    departure.type === 'DepartureConfirmed' &&
    departurePortDesignation(world.present, departure.day, departure.data.port) !== undefined;
  return [outcomeOf(world, window, isRegistered ? [departure] : [])];
}

/** 68 FR 67578: a registrant called by individual notice appears on the day that it names. */
function noticeInterviews({ world, stay, under }: Case): readonly Outcome[] {
  const seen = new Set<string>();
  const outcomes: Outcome[] = [];
  for (const notice of factsOfType(stay, 'IndividualNoticeServed')) {
    const { noticeId, appearOn } = notice.data;
    if (seen.has(noticeId) || notice.day < under.since) continue;
    seen.add(noticeId);
    const window = imposed(world, {
      duty: 'notice-interview',
      stay,
      anchorOn: notice.day,
      noticeId,
      opensOn: notice.day,
      dueOn: laterOf(appearOn, notice.day),
      facts: [under.registration.id, notice.id],
    });
    const interviews = factsOfType(stay, 'NoticeInterviewCompleted').filter(
      ({ data }) => data.noticeId === noticeId,
    );
    if (window) outcomes.push(outcomeOf(world, window, interviews));
  }
  return outcomes;
}

/** Types of fact that satisfy a duty; one that satisfied nothing is counted as unneeded. */
const satisfyingTypes: ReadonlySet<FactType> = new Set([
  'ArrivalRegistered',
  'CallInRegistrationCompleted',
  'FollowUpInterviewCompleted',
  'AnnualReregistrationCompleted',
  'ChangeReported',
  'DepartureConfirmed',
  'NoticeInterviewCompleted',
]);

export function satisfiesADuty({ type }: Fact): boolean {
  return satisfyingTypes.has(type);
}
