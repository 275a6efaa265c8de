import type { Decision, Refusal } from '#libs/kernel';
import { type Duty, dutyPeriods } from '#libs/policy';
import type { Case, DecisionFacts } from './case.js';
import type { RegistrantCommandData } from './commands.js';
import { decideCase } from './decide-case.js';
import type { RegistrantEvent } from './events.js';
import { isRegistration } from './facts.js';
import { notRegistered } from './presence-checks.js';
import { byRecord, byRule } from './refusals.js';
import type { Registrant } from './state.js';

type ExemptionCase = Case<Extract<RegistrantEvent, { type: 'ExemptionGranted' }>>;

/**
 * An exemption of one person from duties, from a day up to, not including, another. It may begin
 * before the person was registered: what opened since then was never owed.
 */
export function grantExemption(
  data: RegistrantCommandData['GrantExemption'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const of: ExemptionCase = {
    event: { type: 'ExemptionGranted', data },
    day: data.from,
    dayField: 'from',
    state,
    facts,
  };
  return decideCase(
    of,
    [
      () => untilNotAfterFrom(of),
      () => notRegistered(of),
      () => beforeBirth(of),
      () => exemptionRecorded(of),
    ],
    () => ofNothing(of),
  );
}

function untilNotAfterFrom({ event }: ExemptionCase): Refusal | undefined {
  const { from, until } = event.data;
  if (until === undefined || until > from) return undefined;
  return byRule('UntilNotAfterFrom', {
    detail:
      'The exemption would hold on no day: until is the first day on which it no longer holds, so ' +
      'give a later one, or leave it out.',
    field: 'until',
  });
}

function beforeBirth({ day, state }: ExemptionCase): Refusal | undefined {
  const persons = state.facts.filter(isRegistration).flatMap(({ data }) => data.person ?? []);
  if (persons.length === 0 || persons.some(({ bornOn }) => bornOn <= day)) return undefined;
  return byRule('DayBeforeBirth', { detail: 'The person was not born by then.', field: 'from' });
}

function exemptionRecorded({ event, day, state }: ExemptionCase): Refusal | undefined {
  const { duties } = event.data;
  const recorded = state.facts.some(
    (fact) =>
      fact.type === 'ExemptionGranted' &&
      fact.day === day &&
      fact.data.duties.some((duty) => duties.includes(duty)),
  );
  if (!recorded) return undefined;
  return byRecord('ExemptionAlreadyRecorded', {
    detail:
      `An exemption from one of these duties from ${day} on is recorded already: if what it says is ` +
      'wrong, correct that record.',
    field: 'duties',
  });
}

function ofNothing(of: ExemptionCase): readonly string[] {
  return of.event.data.duties
    .filter((duty) => isNeverInForce(of, duty))
    .map(
      (duty) => `The duty ${duty} is not in force on any day of this exemption: it exempts nobody.`,
    );
}

/** A call-in is in force through its announcement, and has no periods. */
function isNeverInForce({ event, facts }: ExemptionCase, duty: Duty): boolean {
  if (duty === 'call-in-registration') return false;
  const { from, until } = event.data;
  return !dutyPeriods(facts.policy, duty).some(
    (period) =>
      (period.until === undefined || period.until > from) &&
      (until === undefined || period.from < until),
  );
}
