import type { CivilDay } from '#libs/kernel';
import type { Policy } from '#libs/policy';
import type { Fact, Person } from '#libs/registry';

/** All that the rules look at, for one person, one policy and one day. */
export interface World {
  readonly on: CivilDay;
  /** The policy as it had taken effect by `on`: windows that have opened are judged by it. */
  readonly present: Policy;
  /** The policy as published by `on`: windows that open later are judged by it. */
  readonly ahead: Policy;
  /** The last day on which a window may open to be listed: `on`, or 400 days after it. */
  readonly horizon: CivilDay;
  /** In legal order, dated by `on`. */
  readonly facts: readonly Fact[];
  readonly persons: ReadonlyMap<string, Person>;
}

/** How far ahead obligations are listed, in days. */
export const UPCOMING_DAYS = 400;

/** The policy by which a window that opens on that day is judged. */
export function policyFor(world: World, opensOn: CivilDay): Policy {
  return opensOn > world.on ? world.ahead : world.present;
}
