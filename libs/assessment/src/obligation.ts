import type { CivilDay } from '#libs/kernel';
import { type ChangeKind, type Duty, dutyNames } from '#libs/policy';
import type { ObligationKey } from '#libs/registry';

export { obligationName } from '#libs/registry';

export const statuses = [
  'upcoming',
  'open',
  'met',
  'met-late',
  'missed',
  'released',
  'excused',
  'untested',
] as const;

/** What becomes of an obligation, seen from a day; rules.md tells each one. */
export type Status = (typeof statuses)[number];

/** One duty for one person, with its window and what became of it. */
export interface Obligation {
  readonly registrantId: string;
  readonly duty: Duty;
  /** The day from which the obligation is counted; with what follows it names it in every world. */
  readonly anchorOn: CivilDay;
  /** annual-reregistration: the year, counted from the anchor. */
  readonly year?: number;
  /** change-notice */
  readonly kind?: ChangeKind;
  /** notice-interview */
  readonly noticeId?: string;
  readonly opensOn: CivilDay;
  readonly dueOn: CivilDay;
  readonly status: Status;
  readonly satisfiedOn?: CivilDay;
  /** The day on which it stopped being outstanding: met, released or excused. */
  readonly closedOn?: CivilDay;
  /** Of the satisfying fact, else the responsible office. */
  readonly office?: string;
  /** Of the satisfying fact, else the port of arrival. */
  readonly port: string;
  /** The `ref`s of the policy events that imposed, moved, suspended or ended it. */
  readonly because: readonly string[];
  /** Ids of the events behind it. */
  readonly facts: readonly string[];
}

/** What names the obligation in every world. */
export function obligationKey(obligation: ObligationKey): ObligationKey {
  const { duty, anchorOn, year, kind, noticeId } = obligation;
  return {
    duty,
    anchorOn,
    ...(year !== undefined && { year }),
    ...(kind !== undefined && { kind }),
    ...(noticeId !== undefined && { noticeId }),
  };
}

/** By duty in the order of the rules, then anchor, year, kind, notice. */
export function inListingOrder(a: Obligation, b: Obligation): number {
  return (
    dutyNames.indexOf(a.duty) - dutyNames.indexOf(b.duty) ||
    order(a.anchorOn, b.anchorOn) ||
    (a.year ?? 0) - (b.year ?? 0) ||
    order(a.kind ?? '', b.kind ?? '') ||
    order(a.noticeId ?? '', b.noticeId ?? '')
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
