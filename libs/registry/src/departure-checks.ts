import type { CivilDay, Refusal } from '#libs/kernel';
import type { DepartureCase } from './case.js';
import type { Fact, FactType } from './facts.js';
import { notRegistered } from './presence-checks.js';
import { byRecord, type Check } from './refusals.js';
import { ABOUT_TO_BE_RECORDED, withFact } from './state.js';
import { type Stay, stayHolds } from './stays.js';

/**
 * Whether the record has a stay that the departure would end, without contradicting a departure or an
 * appearance that is recorded already. It is found out by dividing the facts anew, with it among them.
 */
export function departureChecks(of: DepartureCase): readonly Check[] {
  return [
    () => notRegistered(of),
    () => {
      const { stays } = withFact(of.state, of);
      return endsNoStay(of, stays) ?? replacesDeparture(of, stays) ?? presentAfter(of, stays);
    },
  ];
}

function endsNoStay({ day, state }: DepartureCase, stays: readonly Stay[]): Refusal | undefined {
  if (stays.some(({ departure }) => departure?.id === ABOUT_TO_BE_RECORDED)) return undefined;
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

/** Facts that have the person in the country on their own day. */
const PRESENT: ReadonlySet<FactType> = new Set([
  'FollowUpInterviewCompleted',
  'AnnualReregistrationCompleted',
  'NoticeInterviewCompleted',
  'IndividualNoticeServed',
  'StatusChanged',
] satisfies FactType[]);

/** The day on which a fact has the person in the country; undefined where it says nothing of that. */
export function presenceDayOf(fact: Fact): CivilDay | undefined {
  if (fact.type === 'ChangeReported' || fact.type === 'UnreportedChangeFound') {
    return fact.data.changedOn;
  }
  return PRESENT.has(fact.type) ? fact.day : undefined;
}

function presentAfter({ day, state }: DepartureCase, after: readonly Stay[]): Refusal | undefined {
  const seen = state.facts.find((fact) => {
    if (fact.type === 'CallInRegistrationCompleted') {
      return fact.day > day && fact.data.admission.admittedOn < day;
    }
    const present = presenceDayOf(fact);
    if (present === undefined || present <= day) return false;
    return isHeld(state.stays, present) && !isHeld(after, present);
  });
  if (!seen) return undefined;
  return byRecord('PresentAfterDeparture', {
    detail:
      `The record has the person in the country on ${presenceDayOf(seen) ?? seen.day}, in the same ` +
      'stay: check the day of the departure, or correct that record first.',
    field: 'departedOn',
  });
}

function isHeld(stays: readonly Stay[], day: CivilDay): boolean {
  return stays.some((stay) => stayHolds(stay, day));
}
