import {
  type CivilDay,
  fromDayNumber,
  type Instant,
  type KnownEvent,
  toDayNumber,
} from '#libs/kernel';
import { type Policy, policyEffectiveBy, policyKnownAt, policyPublishedBy } from '#libs/policy';
import {
  type Fact,
  factsOf,
  personAtFacts,
  type Presence,
  responsibleOffice,
  staysOf,
} from '#libs/registry';
import { asUntested } from './counterfactual.js';
import { dutiesOf, satisfiesADuty } from './duties.js';
import { inListingOrder, type Obligation } from './obligation.js';
import { obligationOf, type Outcome } from './outcome.js';
import { registrationsIn } from './under-registration.js';
import { UPCOMING_DAYS, type World } from './world.js';

/** One person: the id, and the events of the stream in the order of the log. */
export interface Subject {
  readonly registrantId: string;
  readonly events: readonly KnownEvent[];
}

/** The policy to judge by; with `recorded`, a counterfactual beside the policy that really was. */
export interface PolicyWorld {
  readonly policy: Policy;
  readonly recorded?: Policy;
}

export interface AssessmentView {
  /** The day looked from: facts dated, and policy effective, by then. */
  readonly on: CivilDay;
  /** What the registry knew at that instant; everything where absent. */
  readonly knownAt?: Instant;
  readonly presence: Presence;
  /** Also list obligations that open after `on`, at most 400 days. */
  readonly upcoming?: boolean;
}

export interface Assessment {
  readonly obligations: readonly Obligation[];
  /** Ids of the satisfying facts that satisfied nothing here. */
  readonly unneeded: readonly string[];
}

/**
 * Every obligation of one person under a policy, seen from a day: the readable reference that live
 * queues, counterfactuals and audits share. The law of each duty stands beside its rule.
 */
export function assess(
  subject: Subject,
  { policy, recorded }: PolicyWorld,
  view: AssessmentView,
): Assessment {
  const facts = factsOf(subject.events, view);
  const seen = assessFacts(subject.registrantId, facts, { policy, view });
  if (!recorded || recorded === policy) return seen;
  const really = assessFacts(subject.registrantId, facts, { policy: recorded, view });
  return { ...seen, obligations: asUntested(seen.obligations, really.obligations) };
}

/** The same of facts, in legal order, that are dated by the day looked from. */
export function assessFacts(
  registrantId: string,
  facts: readonly Fact[],
  { policy, view }: { readonly policy: Policy; readonly view: AssessmentView },
): Assessment {
  const world = worldOf(facts, policy, view);
  const outcomes = staysOf(facts, view.presence).flatMap((stay): readonly Outcome[] => {
    const { outcomes: registrations, under } = registrationsIn(world, stay);
    return under ? [...registrations, ...dutiesOf({ world, stay, under })] : registrations;
  });
  const office = responsibleOffice(facts);
  const satisfying = new Set(outcomes.map(({ satisfiedBy }) => satisfiedBy?.id));
  return {
    obligations: outcomes
      .map((outcome) => obligationOf(outcome, registrantId, office))
      .sort(inListingOrder),
    unneeded: facts
      .filter((fact) => satisfiesADuty(fact) && !satisfying.has(fact.id))
      .map(({ id }) => id),
  };
}

function worldOf(facts: readonly Fact[], policy: Policy, view: AssessmentView): World {
  const { on, knownAt } = view;
  const known = knownAt === undefined ? policy : policyKnownAt(policy, knownAt);
  return {
    on,
    present: policyEffectiveBy(known, on),
    ahead: policyPublishedBy(known, on),
    horizon: view.upcoming ? horizonFrom(on) : on,
    facts,
    persons: personAtFacts(facts),
  };
}

const LAST_DAY = '9999-12-31';

/** As far ahead as is looked, within the days that there are. */
function horizonFrom(on: CivilDay): CivilDay {
  const last = toDayNumber(LAST_DAY);
  return fromDayNumber(Math.min(toDayNumber(on) + UPCOMING_DAYS, last));
}
