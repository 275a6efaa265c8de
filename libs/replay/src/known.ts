import type { Obligation } from '#libs/assessment';
import type { CivilDay } from '#libs/kernel';
import {
  admissionOf,
  type Fact,
  isRegistration,
  type Person,
  personAtFacts,
  type Presence,
  stayHolds,
  staysOf,
} from '#libs/registry';

export type Registration = Fact<'ArrivalRegistered' | 'CallInRegistrationCompleted'>;

/** What of a person counts with each of the person's obligations. */
export interface PersonTold {
  readonly registrantId: string;
  readonly isPastAdmission: boolean;
  /** Days of departure for which the presumption of inadmissibility was rebutted. */
  readonly rebuttedOn: ReadonlySet<CivilDay>;
}

/** One registrant's facts as the dimensions look at them; the same in every world. */
export interface Known {
  readonly told: PersonTold;
  readonly facts: ReadonlyMap<string, Fact>;
  /** By the id of each fact, the latest registration by then: the fact itself where it is one. */
  readonly registrations: ReadonlyMap<string, Registration>;
  readonly persons: ReadonlyMap<string, Person>;
}

interface KnownView {
  readonly on: CivilDay;
  readonly presence: Presence;
}

/** Lays one person's facts, in legal order, out for counting. */
export function knownOf(registrantId: string, facts: readonly Fact[], view: KnownView): Known {
  return {
    told: {
      registrantId,
      isPastAdmission: isPastAdmission(facts, view),
      rebuttedOn: new Set(
        facts
          .filter((fact) => fact.type === 'InadmissibilityPresumptionRebutted')
          .map(({ data }) => data.departedOn),
      ),
    },
    facts: new Map(facts.map((fact) => [fact.id, fact])),
    registrations: registrationAtFacts(facts),
    persons: personAtFacts(facts),
  };
}

function isPastAdmission(facts: readonly Fact[], { on, presence }: KnownView): boolean {
  const stay = staysOf(facts, presence).at(-1);
  if (!stay || !stayHolds(stay, on) || stay.departure) return false;
  const { admittedUntil } = admissionOf(stay);
  return admittedUntil !== undefined && admittedUntil < on;
}

function registrationAtFacts(facts: readonly Fact[]): ReadonlyMap<string, Registration> {
  const registrations = new Map<string, Registration>();
  let latest: Registration | undefined;
  for (const fact of facts) {
    if (isRegistration(fact)) latest = fact;
    if (latest) registrations.set(fact.id, latest);
  }
  return registrations;
}

/** The registration on which an obligation hangs. */
export function registrationBehind(
  { facts }: Obligation,
  { facts: known }: Known,
): Registration | undefined {
  for (const id of facts) {
    const fact = known.get(id);
    if (fact && isRegistration(fact)) return fact;
  }
  return undefined;
}
