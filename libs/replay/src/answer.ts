import type { LawEntry } from '#libs/assessment';
import type { CivilDay, Instant } from '#libs/kernel';
import type { Policy } from '#libs/policy';
import type { Presence } from '#libs/registry';

/** A policy to replay under, by the name under which it was asked for. */
export interface World {
  readonly name: string;
  readonly policy: Policy;
  readonly warnings: readonly string[];
}

export type CellValue = number | string | null;

/** The values of the dimensions and measures asked for, and always `untested` and `unobserved`. */
export type Row = Readonly<Record<string, CellValue>>;

export interface WorldAnswer {
  readonly scenario: string;
  readonly presence: Presence;
  readonly policyHash: string;
  readonly method: 'reference';
  readonly warnings: readonly string[];
  readonly rows: readonly Row[];
}

/** What a replay comes to, with all that it was computed from. */
export interface ReplayAnswer {
  /** A hash of the question and of what it was computed from: the same question has the same id. */
  readonly id: string;
  readonly on: CivilDay;
  readonly knownAt: Instant | null;
  readonly from: CivilDay | null;
  readonly to: CivilDay | null;
  readonly observedUntil: CivilDay;
  /** Of the last event of the log; in a file the line number. */
  readonly position: string;
  readonly historyHash: string;
  readonly code: string;
  readonly assumptions: {
    readonly presence: readonly Presence[];
    readonly notes: readonly string[];
  };
  readonly law: readonly LawEntry[];
  readonly worlds: readonly WorldAnswer[];
}
