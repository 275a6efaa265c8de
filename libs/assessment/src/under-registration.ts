import type { CivilDay } from '#libs/kernel';
import {
  authorisationCovering,
  type CallInGroup,
  callInGroupsFor,
  designationsMatching,
} from '#libs/policy';
import type { Fact, Stay } from '#libs/registry';
import { type Outcome, outcomeOf } from './outcome.js';
import { imposed } from './window.js';
import type { World } from './world.js';

/** What makes a stay carry the other five duties, and from which day. */
export interface UnderRegistration {
  readonly since: CivilDay;
  readonly by: 'arrival' | 'call-in';
  readonly registration: Fact;
}

export interface Registrations {
  readonly outcomes: readonly Outcome[];
  readonly under?: UnderRegistration;
}

/**
 * The registration that this world imposes in a stay: that of its arrival, else that of the first
 * call-in registration that has a group. A stay without either carries no other duty.
 */
export function registrationsIn(world: World, stay: Stay): Registrations {
  const arrival = arrivalOutcome(world, stay);
  if (arrival) {
    const { day } = stay.opening;
    return {
      outcomes: [arrival],
      under: { since: day, by: 'arrival', registration: stay.opening },
    };
  }
  const callIn = callInOutcome(world, stay);
  if (!callIn) return { outcomes: [] };
  const registration = callIn.satisfiedBy;
  if (!registration) return { outcomes: [callIn] };
  return {
    outcomes: [callIn],
    under: { since: registration.day, by: 'call-in', registration },
  };
}

/** 8 CFR 264.1(f): an arrival that matches a designation, or a lookout or discretion authorised that day. */
function arrivalOutcome(world: World, stay: Stay): Outcome | undefined {
  const { opening } = stay;
  if (opening.type !== 'ArrivalRegistered') return undefined;
  const basis = basisOf(world, opening);
  if (basis === undefined) return undefined;
  const window = imposed(world, {
    duty: 'arrival-registration',
    stay,
    anchorOn: opening.day,
    opensOn: opening.day,
    dueOn: opening.day,
    because: [basis],
    facts: [opening.id],
  });
  return window && outcomeOf(world, window, [opening]);
}

/** The `ref` of the designation matched, or of the authorisation behind a lookout or discretion. */
function basisOf(world: World, arrival: Fact<'ArrivalRegistered'>): string | undefined {
  const person = world.persons.get(arrival.id);
  const designation = person && designationsMatching(world.present, arrival.day, person)[0];
  if (designation) return designation.ref;
  return authorisationCovering(world.present, arrival.day, arrival.data.basis)?.ref;
}

/** The call-in notices (67 FR 66765 and after): whoever of a group was in the country came to an office. */
function callInOutcome(world: World, stay: Stay): Outcome | undefined {
  for (const fact of stay.facts) {
    if (fact.type !== 'CallInRegistrationCompleted') continue;
    const group = groupOf(world, fact);
    if (group) return outcomeInGroup(world, stay, { fact, group });
  }
  return undefined;
}

function groupOf(
  world: World,
  { id, day, data }: Fact<'CallInRegistrationCompleted'>,
): CallInGroup | undefined {
  const person = world.persons.get(id);
  if (!person) return undefined;
  const { asylumClaimFiledOn } = data;
  return callInGroupsFor(world.present, day, {
    person,
    admittedOn: data.admission.admittedOn,
    ...(asylumClaimFiledOn !== undefined && { asylumClaimFiledOn }),
  })[0];
}

function outcomeInGroup(
  world: World,
  stay: Stay,
  { fact, group }: { readonly fact: Fact; readonly group: CallInGroup },
): Outcome | undefined {
  const window = imposed(world, {
    duty: 'call-in-registration',
    stay,
    anchorOn: fact.day,
    opensOn: group.opensOn,
    dueOn: group.closesOn,
    reopenings: group.reopenings.map(({ effectiveOn, data, ref }) => ({
      opensOn: effectiveOn,
      closesOn: data.closesOn,
      ref,
    })),
    because: [group.announced.ref, ...group.extensions.map(({ ref }) => ref)],
    facts: [fact.id],
  });
  return window && outcomeOf(world, window, [fact]);
}
