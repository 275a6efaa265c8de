import type { Policy, PolicyRecord } from '#libs/policy';
import type { Obligation } from './obligation.js';

/** What stands behind a `ref`: its citation, and whether it could be checked against a published source. */
export interface LawEntry {
  readonly ref: string;
  readonly citation: string;
  readonly verified: boolean;
}

/** The law behind every `ref` in any `because`, in the order in which it took effect. */
export function lawBehind(
  obligations: readonly Pick<Obligation, 'because'>[],
  policies: readonly Policy[],
): readonly LawEntry[] {
  return recordsBehind(obligations, policies).map(entryOf);
}

/** The records themselves; of one that stands in several policies the form of the first. */
export function recordsBehind(
  obligations: readonly Pick<Obligation, 'because'>[],
  policies: readonly Policy[],
): readonly PolicyRecord[] {
  const named = new Set(obligations.flatMap(({ because }) => because));
  const behind = new Map<string, PolicyRecord>();
  for (const { records } of policies) {
    for (const record of records) {
      if (named.has(record.ref) && !behind.has(record.ref)) behind.set(record.ref, record);
    }
  }
  return [...behind.values()];
}

function entryOf({ ref, citation, verified }: PolicyRecord): LawEntry {
  return { ref, citation, verified };
}
