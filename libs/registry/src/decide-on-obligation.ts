import type { Decision, Refusal } from '#libs/kernel';
import { dutyTerms } from '#libs/policy';
import type { Case } from './case.js';
import { acceptedWith, formChecks } from './decide-case.js';
import type { ObligationKey, RegistrantDataByType, RegistrantEvent, ReliedOn } from './events.js';
import type { Fact } from './facts.js';
import { obligationName } from './obligation-name.js';
import { findAssessed } from './owed.js';
import { notRegistered } from './presence-checks.js';
import { byRecord, byRule, type Check, firstRefusal } from './refusals.js';
import type { Registrant } from './state.js';

/** Facts that keep what they relied on. */
type RelyingType =
  | 'GoodCauseAccepted'
  | 'WilfulnessDetermined'
  | 'RemovalProceedingsInitiated'
  | 'InadmissibilityPresumptionRebutted';

/** A decision about one obligation, before what it relies on is known. */
export interface ObligationCase extends Omit<Case, 'event'> {
  readonly event: {
    readonly [Type in RelyingType]: {
      readonly type: Type;
      readonly data: Omit<RegistrantDataByType[Type], 'reliedOn'>;
    };
  }[RelyingType];
  readonly key: ObligationKey;
  /** The field of the body that names the obligation. */
  readonly keyField: string;
}

interface Rules {
  /** What in the record contradicts the decision, whatever the assessment says. */
  readonly record: readonly Check[];
  /** What in the assessment contradicts it. */
  readonly assessed?: (reliedOn: ReliedOn) => Refusal | undefined;
  readonly warnings?: (reliedOn: ReliedOn) => readonly string[];
}

/**
 * Records a decision about an obligation together with what was assessed of it on the day of the
 * decision. Of what nobody owes, or not yet, nothing can be decided.
 */
export function decideOnObligation(of: ObligationCase, rules: Rules): Decision<RegistrantEvent> {
  const form = formChecks({ ...of, pending: ['reliedOn'] });
  const { event, facts, state, day, key } = of;
  const early = firstRefusal([...form, () => notRegistered(of), ...rules.record], facts.passing);
  if (early) return { refusal: early };
  const reliedOn = findAssessed(facts.obligationsOn(state, day), key)?.reliedOn;
  if (!reliedOn) return { refusal: notImposed(of) };
  const refusal = firstRefusal(
    [() => notYetOpen(of, reliedOn), () => rules.assessed?.(reliedOn)],
    facts.passing,
  );
  if (refusal) return { refusal };
  // The draft lacked this one field of its event: the cast says no more than that.
  const whole = { type: event.type, data: { ...event.data, reliedOn } } as RegistrantEvent;
  return acceptedWith(whole, rules.warnings?.(reliedOn) ?? []);
}

function notImposed({ day, facts, key, keyField }: ObligationCase): Refusal {
  return byRule('ObligationNotImposed', {
    detail:
      `As the record and the policy stand, no obligation ${key.duty} of ${key.anchorOn} was imposed ` +
      `by ${day}: name one that the assessment of that day lists, or correct the record first.`,
    field: keyField,
    law: dutyTerms(facts.policy, key.duty, key.anchorOn),
  });
}

function notYetOpen(of: ObligationCase, { status, opensOn }: ReliedOn): Refusal | undefined {
  if (status !== 'upcoming') return undefined;
  const { day, dayField, facts, key } = of;
  return byRule('ObligationNotYetOpen', {
    detail: `The obligation opens on ${opensOn}: on ${day} there is nothing to decide about it yet.`,
    field: dayField,
    law: dutyTerms(facts.policy, key.duty, key.anchorOn),
  });
}

/** Only a failure can be excused, or be wilful. */
export function notFailed(of: ObligationCase, { status }: ReliedOn): Refusal | undefined {
  if (status !== 'met' && status !== 'released') return undefined;
  return byRecord('ObligationNotFailed', {
    detail:
      `By ${of.day} the obligation is ${status}, so there is no failure to decide about: name ` +
      'another, or correct the record first.',
    field: of.keyField,
  });
}

/** Facts that name an obligation. */
type NamingType = Exclude<RelyingType, 'InadmissibilityPresumptionRebutted'>;

/** The first recorded fact of a type about one obligation. */
export function recordedFor<Type extends NamingType>(
  { facts }: Registrant,
  type: Type,
  key: ObligationKey,
): Fact<Type> | undefined {
  const name = obligationName(key);
  const found = facts
    .filter((fact): fact is Fact<NamingType> => fact.type === type)
    .find(({ data: { obligation } }) => obligation && obligationName(obligation) === name);
  return found as Fact<Type> | undefined;
}
