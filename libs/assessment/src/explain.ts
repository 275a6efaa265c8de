import { canonicalJson, type CivilDay } from '#libs/kernel';
import type { Policy, PolicyRecord } from '#libs/policy';
import { type Fact, type FactType, factsOf } from '#libs/registry';
import { assess, type AssessmentView, type Subject } from './assess.js';
import { type LawEntry, lawBehind } from './law.js';
import { inListingOrder, type Obligation, obligationName } from './obligation.js';

/** One obligation in both worlds; absent in the world that does not impose it. */
export interface ExplainedObligation {
  readonly enacted?: Obligation;
  readonly scenario?: Obligation;
  /** The `ref`s of the policy events that make the difference; empty where there is none. */
  readonly differsBy: readonly string[];
}

export interface ExplainedFact {
  readonly id: string;
  readonly type: FactType;
  readonly day: CivilDay;
  /** Satisfied nothing in the enacted world, or in the scenario. */
  readonly unneededIn: readonly ('enacted' | 'scenario')[];
}

/** Each obligation of one person, with the law and the facts behind it, without personal content. */
export interface Explanation {
  readonly registrantId: string;
  readonly on: CivilDay;
  readonly obligations: readonly ExplainedObligation[];
  readonly facts: readonly ExplainedFact[];
  readonly law: readonly (LawEntry & Pick<PolicyRecord, 'title' | 'effectiveOn'>)[];
}

/** Explains one person's obligations as enacted, and beside them those of a scenario where one is given. */
export function explain(
  subject: Subject,
  { enacted, scenario }: { readonly enacted: Policy; readonly scenario?: Policy },
  view: AssessmentView,
): Explanation {
  const here = assess(subject, { policy: enacted }, view);
  const there = scenario && assess(subject, { policy: scenario, recorded: enacted }, view);
  const changed = scenario ? changedRefs(enacted, scenario) : [];
  const obligations = paired(here.obligations, there?.obligations, changed);
  const both = [...here.obligations, ...(there?.obligations ?? [])];
  const differsBy = obligations.map((obligation) => ({ because: obligation.differsBy }));
  const policies = scenario ? [enacted, scenario] : [enacted];
  return {
    registrantId: subject.registrantId,
    on: view.on,
    obligations,
    facts: factsOf(subject.events, view).map((fact) =>
      explainedFact(fact, here.unneeded, there?.unneeded ?? []),
    ),
    law: lawBehind([...both, ...differsBy], policies).map((entry) => withTitle(entry, policies)),
  };
}

function paired(
  enacted: readonly Obligation[],
  scenario: readonly Obligation[] | undefined,
  changed: readonly string[],
): readonly ExplainedObligation[] {
  if (!scenario) return enacted.map((obligation) => ({ enacted: obligation, differsBy: [] }));
  const there = new Map(scenario.map((obligation) => [obligationName(obligation), obligation]));
  const here = new Map(enacted.map((obligation) => [obligationName(obligation), obligation]));
  const all = new Map([...there, ...here]);
  return [...all.entries()]
    .toSorted(([, a], [, b]) => inListingOrder(a, b))
    .map(([name]) => pairOf(here.get(name), there.get(name), changed));
}

function pairOf(
  enacted: Obligation | undefined,
  scenario: Obligation | undefined,
  changed: readonly string[],
): ExplainedObligation {
  const pair = { ...(enacted && { enacted }), ...(scenario && { scenario }) };
  if (canonicalJson(enacted ?? null) === canonicalJson(scenario ?? null)) {
    return { ...pair, differsBy: [] };
  }
  const because = [...(enacted?.because ?? []), ...(scenario?.because ?? [])];
  const direct = changed.filter((ref) => because.includes(ref));
  // A registration that fell away takes the stay's other duties with it, whose own law did not change.
  return { ...pair, differsBy: direct.length > 0 ? direct : changed };
}

/** The policy events that stand in one of the two policies only, or differently in each. */
function changedRefs(enacted: Policy, scenario: Policy): readonly string[] {
  const here = textByRef(enacted);
  const there = textByRef(scenario);
  return [...new Set([...here.keys(), ...there.keys()])].filter(
    (ref) => here.get(ref) !== there.get(ref),
  );
}

function textByRef({ records }: Policy): ReadonlyMap<string, string> {
  return new Map(
    records.map(({ ref, type, effectiveOn, publishedOn, data }) => [
      ref,
      canonicalJson({ type, effectiveOn, publishedOn, data }),
    ]),
  );
}

function explainedFact(
  { id, type, day }: Fact,
  unneededHere: readonly string[],
  unneededThere: readonly string[],
): ExplainedFact {
  return {
    id,
    type,
    day,
    unneededIn: [
      ...(unneededHere.includes(id) ? (['enacted'] as const) : []),
      ...(unneededThere.includes(id) ? (['scenario'] as const) : []),
    ],
  };
}

function withTitle(entry: LawEntry, policies: readonly Policy[]): Explanation['law'][number] {
  const record = policies.flatMap(({ records }) => records).find(({ ref }) => ref === entry.ref);
  return { ...entry, title: record?.title ?? '', effectiveOn: record?.effectiveOn ?? '' };
}
