import type { Decision, Refusal } from '#libs/kernel';
import type { Case, DecisionFacts } from './case.js';
import type { RegistrantCommandData } from './commands.js';
import { decideCase } from './decide-case.js';
import { decideOnObligation, type ObligationCase, recordedFor } from './decide-on-obligation.js';
import type { RegistrantEvent, ReliedOn } from './events.js';
import { isRegistration } from './facts.js';
import { notRegistered } from './presence-checks.js';
import { byRecord } from './refusals.js';
import type { Registrant } from './state.js';

type Body = RegistrantCommandData['InitiateRemovalProceedings'];

/**
 * A notice to appear before an immigration judge, for failing an obligation or on another ground.
 * It has happened even where the obligation was kept: that is said, and kept in what it relied on.
 */
export function initiateRemovalProceedings(
  data: Body,
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const at = { day: data.initiatedOn, dayField: 'initiatedOn', state, facts };
  const event = { type: 'RemovalProceedingsInitiated', data } as const;
  const { obligation: key } = data;
  if (!key) return onAnotherGround({ ...at, event });
  const of: ObligationCase = { ...at, event, key, keyField: 'obligation' };
  return decideOnObligation(of, {
    record: [() => initiatedFor(of)],
    warnings: withoutFailure,
  });
}

function onAnotherGround(of: Case): Decision<RegistrantEvent> {
  return decideCase(of, [
    () => notRegistered(of),
    () => beforeRegistration(of),
    () => initiatedOnThatDay(of),
  ]);
}

function beforeRegistration({ day, dayField, state }: Case): Refusal | undefined {
  if (state.facts.some((fact) => isRegistration(fact) && fact.day <= day)) return undefined;
  return byRecord('DayBeforeRegistration', {
    detail: 'The person was not registered by then: check the day.',
    field: dayField,
  });
}

function initiatedOnThatDay({ day, dayField, state }: Case): Refusal | undefined {
  const recorded = state.facts.some(
    (fact) =>
      fact.type === 'RemovalProceedingsInitiated' &&
      fact.day === day &&
      fact.data.obligation === undefined,
  );
  if (!recorded) return undefined;
  return byRecord('ProceedingsAlreadyInitiated', {
    detail: `Proceedings are recorded for ${day} already: if what that says is wrong, correct it.`,
    field: dayField,
  });
}

function initiatedFor({ key, keyField, state }: ObligationCase): Refusal | undefined {
  const initiated = recordedFor(state, 'RemovalProceedingsInitiated', key);
  if (!initiated) return undefined;
  return byRecord('ProceedingsAlreadyInitiated', {
    detail:
      `Proceedings for this obligation were initiated on ${initiated.day}: if what that record says ` +
      'is wrong, correct it.',
    field: keyField,
  });
}

function withoutFailure({ status }: ReliedOn): readonly string[] {
  return status === 'missed' || status === 'met-late'
    ? []
    : [`The obligation is ${status} by that day: the proceedings rest on no failure of it.`];
}
