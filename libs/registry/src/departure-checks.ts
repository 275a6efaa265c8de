import type { CivilDay, Refusal } from '#libs/kernel';
import type { DepartureCase } from './case.js';
import type { Fact, FactType } from './facts.js';
import { notRegistered } from './presence-checks.js';
import { byRecord, type Check } from './refusals.js';
import { type Stay, stayHolds, staysOf } from './stays.js';

type Departure = Fact<'DepartureConfirmed' | 'UnregisteredDepartureRecorded'>;

/**
 * Whether the record has a stay that the departure would end, without contradicting a departure or an
 * appearance that is recorded already. It is found out by dividing the facts anew, with it among them.
 */
export function departureChecks(of: DepartureCase): readonly Check[] {
  return [
    () => notRegistered(of),
    () => {
      const fact = asFact(of);
      const stays = staysOf(inPlace(fact, of.state.facts), 'until-departure');
      return endsNoStay(of, fact, stays) ?? replacesDeparture(of, stays) ?? presentAfter(of, stays);
    },
  ];
}

/** The departure as if it were recorded, last in the log. */
function asFact({ event, day }: DepartureCase): Departure {
  return {
    ...event,
    id: 'about-to-be-recorded',
    day,
    position: Number.MAX_SAFE_INTEGER,
  };
}

function inPlace(fact: Fact, facts: readonly Fact[]): readonly Fact[] {
  return [
    ...facts.filter(({ day }) => day <= fact.day),
    fact,
    ...facts.filter(({ day }) => day > fact.day),
  ];
}

function endsNoStay(
  of: DepartureCase,
  fact: Departure,
  stays: readonly Stay[],
): Refusal | undefined {
  if (stays.some(({ departure }) => departure === fact)) return undefined;
  const { day, state } = of;
  if (state.stays.some(({ departure }) => departure?.day === day)) return departureRecorded(day);
  return byRecord('NoStayOnThatDay', {
    detail:
      `On ${day} the record has no stay that this departure could end: check the day, or correct ` +
      'the record of the arrival or departure.',
    field: 'departedOn',
  });
}

/** A confirmed departure takes the place of an unregistered one of the same day, and of no other. */
function replacesDeparture(
  { day, state }: DepartureCase,
  stays: readonly Stay[],
): Refusal | undefined {
  const kept = new Set(stays.map(({ departure }) => departure));
  const replaced = state.stays.find(
    ({ departure }) => departure && departure.day !== day && !kept.has(departure),
  );
  return replaced?.departure && departureRecorded(replaced.departure.day);
}

function departureRecorded(recordedOn: CivilDay): Refusal {
  return byRecord('DepartureAlreadyRecorded', {
    detail:
      `A departure on ${recordedOn} is recorded for this stay already: if it is wrong, correct or ` +
      'rescind that record first.',
    field: 'departedOn',
  });
}

/** Facts at which the person stood before an officer in the country. */
const APPEARANCES: ReadonlySet<FactType> = new Set([
  'FollowUpInterviewCompleted',
  'AnnualReregistrationCompleted',
  'NoticeInterviewCompleted',
] satisfies FactType[]);

function presentAfter({ day, state }: DepartureCase, after: readonly Stay[]): Refusal | undefined {
  const seen = state.facts.find((fact) => {
    if (fact.day <= day) return false;
    if (fact.type === 'CallInRegistrationCompleted') return fact.data.admission.admittedOn < day;
    return APPEARANCES.has(fact.type) && isHeld(state.stays, fact.day) && !isHeld(after, fact.day);
  });
  if (!seen) return undefined;
  return byRecord('PresentAfterDeparture', {
    detail:
      `The record has the person at an office on ${seen.day}, in the same stay: check the day of ` +
      'the departure, or correct that record first.',
    field: 'departedOn',
  });
}

function isHeld(stays: readonly Stay[], day: CivilDay): boolean {
  return stays.some((stay) => stayHolds(stay, day));
}
