import { canonicalJson, type CivilDay } from '#libs/kernel';
import { type Policy, policyKnownAt } from '#libs/policy';
import { type Fact, factsOf } from '#libs/registry';
import { assess, type Assessment, type AssessmentView, type Subject } from './assess.js';
import { changesBetween, differenceMakers } from './difference.js';
import type {
  ExplainedFact,
  ExplainedLaw,
  ExplainedObligation,
  ExplainedWorld,
  Explanation,
} from './explanation.js';
import { recordsBehind } from './law.js';
import { inListingOrder, type Obligation, obligationKey, obligationName } from './obligation.js';
import { RULES_VERSION } from './version.js';

/** A policy with the name of its world, and what is to be said of how it came about. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
  readonly warnings: readonly string[];
}

/** From where one looks; where that is a position, events and policies are those up to it. */
export interface ExplanationView extends Omit<AssessmentView, 'upcoming'> {
  /** The moment of knowledge as it was asked for, where that was no instant. */
  readonly knownAtAsked?: string;
  readonly observedUntil: CivilDay | null;
  /** What else it rests on, in words. */
  readonly notes?: readonly string[];
}

interface JudgedWorld extends NamedPolicy, Assessment {}

/**
 * Explains one person's obligations as enacted, upcoming ones too, and beside them those of a scenario
 * where one is given, with the policy events that make each difference.
 */
export function explain(
  subject: Subject,
  { enacted, scenario }: { readonly enacted: Policy; readonly scenario?: NamedPolicy },
  view: ExplanationView,
): Explanation {
  const recorded = knownBy(enacted, view);
  const judged = ({ policy, ...world }: NamedPolicy): JudgedWorld => ({
    ...world,
    policy: knownBy(policy, view),
    ...assess(subject, { policy, recorded }, wholeView(view)),
  });
  const here = judged({ name: 'enacted', policy: recorded, warnings: [] });
  const there = scenario && judged(scenario);
  const policies = { enacted: recorded, scenario: there?.policy ?? recorded };
  const changes = changesBetween(policies);
  const makersOf = differenceMakers(policies, changes, (policy) =>
    byName(assess(subject, { policy, recorded }, wholeView(view)).obligations, canonicalJson),
  );
  const worlds = there ? [here, there] : [here];
  const obligations = there ? pairsOf(here, there, makersOf) : here.obligations.map(alone);
  return {
    registrantId: subject.registrantId,
    on: view.on,
    knownAt: view.knownAtAsked ?? view.knownAt ?? null,
    observedUntil: view.observedUntil,
    assumptions: { presence: view.presence, notes: view.notes ?? [] },
    rulesVersion: RULES_VERSION,
    worlds: worlds.map(worldExplained),
    changes,
    obligations,
    facts: factsOf(subject.events, view).map((fact) => factExplained(fact, here, there)),
    law: lawOf(worlds, obligations),
  };
}

function knownBy(policy: Policy, { knownAt }: ExplanationView): Policy {
  return knownAt === undefined ? policy : policyKnownAt(policy, knownAt);
}

/** What is open in one world may lie ahead in the other, so what lies ahead is always shown. */
function wholeView({ on, knownAt, presence }: ExplanationView): AssessmentView {
  return { on, presence, upcoming: true, ...(knownAt !== undefined && { knownAt }) };
}

function byName<Value>(
  obligations: readonly Obligation[],
  valueOf: (obligation: Obligation) => Value,
): ReadonlyMap<string, Value> {
  return new Map(obligations.map((each) => [obligationName(each), valueOf(each)]));
}

function alone(obligation: Obligation): ExplainedObligation {
  return { obligation: obligationKey(obligation), enacted: obligation, differsBy: [] };
}

function pairsOf(
  here: Assessment,
  there: Assessment,
  makersOf: (name: string) => readonly string[],
): readonly ExplainedObligation[] {
  const enacted = byName(here.obligations, (obligation) => obligation);
  const scenario = byName(there.obligations, (obligation) => obligation);
  return [...new Map([...scenario, ...enacted]).entries()]
    .toSorted(([, a], [, b]) => inListingOrder(a, b))
    .map(([name, either]) => {
      const [a, b] = [enacted.get(name), scenario.get(name)];
      const isSame = canonicalJson(a ?? null) === canonicalJson(b ?? null);
      return {
        obligation: obligationKey(either),
        ...(a && { enacted: a }),
        ...(b && { scenario: b }),
        differsBy: isSame ? [] : makersOf(name),
      };
    });
}

function worldExplained({ name, policy, warnings, unneeded }: JudgedWorld): ExplainedWorld {
  return { scenario: name, policyHash: policy.hash, warnings, unneeded: unneeded.length };
}

function factExplained(
  { id, type, day }: Fact,
  here: Assessment,
  there: Assessment | undefined,
): ExplainedFact {
  return {
    id,
    type,
    day,
    unneededIn: [
      ...(here.unneeded.includes(id) ? (['enacted'] as const) : []),
      ...(there?.unneeded.includes(id) ? (['scenario'] as const) : []),
    ],
  };
}

function lawOf(
  worlds: readonly JudgedWorld[],
  obligations: readonly ExplainedObligation[],
): readonly ExplainedLaw[] {
  const policies = worlds.map(({ policy }) => policy);
  const named = [
    ...worlds.flatMap((world) => world.obligations),
    ...obligations.map(({ differsBy }) => ({ because: differsBy })),
  ];
  return recordsBehind(named, policies).map(
    ({ ref, title, citation, verified, effectiveOn }): ExplainedLaw => ({
      ref,
      title,
      citation,
      verified,
      effectiveOn,
    }),
  );
}
