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
  const named = new Set(obligations.flatMap(({ because }) => because));
  const entries = new Map<string, LawEntry>();
  for (const { records } of policies) {
    for (const record of records) {
      if (named.has(record.ref) && !entries.has(record.ref))
        entries.set(record.ref, entryOf(record));
    }
  }
  return [...entries.values()];
}

function entryOf({ ref, citation, verified }: PolicyRecord): LawEntry {
  return { ref, citation, verified };
}
