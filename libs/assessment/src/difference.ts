import { canonicalJson, type CivilDay } from '#libs/kernel';
import { foldPolicy, type Policy, type PolicyLogEntry, type PolicyRecord } from '#libs/policy';

/** The policy that was enacted, and what a scenario makes of it. */
export interface TwoPolicies {
  readonly enacted: Policy;
  readonly scenario: Policy;
}

/** What a scenario does to one event of the policy, with the days on which it takes effect. */
export type PolicyChange = { readonly ref: string; readonly effectiveOn: CivilDay } & (
  | { readonly change: 'withdrawn' | 'amended' | 'enacted' }
  | { readonly change: 'moved'; readonly from: CivilDay }
);

/** The events that stand in one of the two policies only, or differently in each; in the order of the enacted one. */
export function changesBetween({ enacted, scenario }: TwoPolicies): readonly PolicyChange[] {
  const there = new Map(scenario.records.map((record) => [record.ref, record]));
  const made = enacted.records.flatMap((before): readonly PolicyChange[] => {
    const after = there.get(before.ref);
    there.delete(before.ref);
    return changeOf(before, after);
  });
  const added = [...there.values()].map(({ ref, effectiveOn }): PolicyChange => ({
    ref,
    change: 'enacted',
    effectiveOn,
  }));
  return [...made, ...added];
}

function changeOf(before: PolicyRecord, after: PolicyRecord | undefined): readonly PolicyChange[] {
  const { ref, effectiveOn } = before;
  if (!after) return [{ ref, change: 'withdrawn', effectiveOn }];
  // What is moved to its own day is moved all the same: it counts as always known.
  if (effectiveOn !== after.effectiveOn || isMovedInPlace(before, after)) {
    return [{ ref, change: 'moved', effectiveOn: after.effectiveOn, from: effectiveOn }];
  }
  return lawOf(before) === lawOf(after) ? [] : [{ ref, change: 'amended', effectiveOn }];
}

function isMovedInPlace(before: PolicyRecord, after: PolicyRecord): boolean {
  return before.known !== after.known && lawOf(before) === lawOf(after);
}

/** What counts for the law, as the hash of a policy has it. */
function lawOf({ type, publishedOn, data }: PolicyRecord): string {
  return canonicalJson({ type, publishedOn, data });
}

/** What each obligation comes to under a policy, by its name. */
export type Outcomes = ReadonlyMap<string, string>;

/** Beyond so many changes nobody waits for each of them to be tried alone. */
const TRIED_MAX = 100;

/**
 * Names the changes that make an obligation what it is in the scenario, by trying them: those of which
 * one alone brings it about; else those without which it would not be so; else all of them. So a
 * designation that is withdrawn is named for all that hung on its registration.
 */
export function differenceMakers(
  policies: TwoPolicies,
  changes: readonly PolicyChange[],
  outcomesUnder: (policy: Policy) => Outcomes,
): (obligation: string) => readonly string[] {
  const refs = changes.map(({ ref }) => ref);
  if (refs.length <= 1 || refs.length > TRIED_MAX) return () => refs;
  const after = outcomesUnder(policies.scenario);
  const tried = (taken: (ref: string) => readonly string[]) =>
    refs.map((ref) => {
      const outcomes = onceAsked(() => outcomesUnder(policyWith(policies, new Set(taken(ref)))));
      return { ref, outcomes };
    });
  const alone = tried((ref) => [ref]);
  const without = tried((ref) => refs.filter((other) => other !== ref));
  return (name) => {
    const sufficient = alone.filter(({ outcomes }) => outcomes().get(name) === after.get(name));
    if (sufficient.length > 0) return sufficient.map(({ ref }) => ref);
    const needed = without.filter(({ outcomes }) => outcomes().get(name) !== after.get(name));
    return needed.length > 0 ? needed.map(({ ref }) => ref) : refs;
  };
}

function onceAsked<Value>(ask: () => Value): () => Value {
  let kept: { readonly value: Value } | undefined;
  return () => (kept ??= { value: ask() }).value;
}

/** The enacted policy with some of a scenario's changes: what is taken over has the scenario's form. */
function policyWith({ enacted, scenario }: TwoPolicies, taken: ReadonlySet<string>): Policy {
  const forms = new Map<string, PolicyLogEntry[]>();
  for (const entry of scenario.log) {
    if (taken.has(entry.ref)) forms.set(entry.ref, [...(forms.get(entry.ref) ?? []), entry]);
  }
  const log = enacted.log.flatMap((entry): readonly PolicyLogEntry[] => {
    if (!taken.has(entry.ref)) return [entry];
    // Its first entry gives the place, the scenario the form, once.
    const form = forms.get(entry.ref) ?? [];
    forms.delete(entry.ref);
    return form;
  });
  return foldPolicy([...log, ...[...forms.values()].flat()]);
}
